//! `GET /api/heatmap`: where a page was clicked, by element.

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use rusqlite::{Connection, OptionalExtension, named_params};
use serde::Serialize;

use super::{
    asked::{Asked, Scope, refuse},
    site_row,
};
use crate::collector::{app::Collector, refusal::Refusal};

/// Points told, unless asked otherwise: the newest. A picture of more looks the same.
const DEFAULT_LIMIT: i64 = 20_000;
/// Points told at most, some 2 MB of JSON.
const MAX_LIMIT: i64 = 100_000;
/// Devices by the width of their viewport, each up to the next one's, at the widths where most shops change their layout.
const DEVICES: [(&str, i64, i64); 3] = [
    ("phone", 0, 600),
    ("tablet", 600, 1024),
    ("desktop", 1024, i64::MAX),
];

/// The answer.
#[derive(Debug, Default, Serialize)]
pub struct Heatmap {
    path: String,
    /// Per device, whichever was asked for.
    devices: BTreeMap<&'static str, Seen>,
    /// Clicks told below; fewer than `devices` counts where there were more than the limit.
    told: usize,
    elements: Vec<Element>,
}

#[derive(Debug, Default, Serialize)]
struct Seen {
    views: i64,
    clicks: i64,
}

/// One element, most clicked first.
#[derive(Debug, Serialize)]
struct Element {
    /// ` >>> ` enters a shadow root; empty where none is known.
    selector: String,
    clicks: usize,
    /// For each click: its share of the element's width and height, of 32767; its place in the page in CSS pixels; the
    /// width of the page then.
    points: Vec<[i64; 5]>,
}

/// Answers for the page views that began within the period.
pub async fn heatmap(
    State(collector): State<Collector>,
    asked: Asked,
) -> Result<Json<Heatmap>, Refusal> {
    let asked = asked.only(&["site", "path", "from", "to", "bots", "device", "limit"])?;
    let (site, scope) = (asked.site()?, asked.scope()?);
    let path = asked.required("path", "/shop/index.html")?;
    let limit = asked.number("limit", DEFAULT_LIMIT, 1..=MAX_LIMIT)?;
    let device = asked.text("device");
    let widths = match device.as_deref() {
        None => (0, i64::MAX),
        Some(device) => DEVICES
            .iter()
            .find(|(name, ..)| *name == device)
            .map(|(_, least, below)| (*least, *below))
            .ok_or_else(|| {
                let reason = format!("device={device} is not known; give phone, tablet or desktop");
                refuse("device", reason)
            })?,
    };
    let found = collector
        .store
        .read(move |from| read(from, &site, path, scope, widths, limit))
        .await?;
    Ok(Json(found))
}

fn read(
    from: &Connection,
    site: &str,
    path: String,
    scope: Scope,
    widths: (i64, i64),
    limit: i64,
) -> rusqlite::Result<Heatmap> {
    let site = site_row(from, site)?;
    let row: Option<i64> = from
        .query_row(
            "SELECT id FROM paths WHERE site = ? AND path = ?",
            rusqlite::params![site, path],
            |row| row.get(0),
        )
        .optional()?;
    let mut found = Heatmap {
        path,
        ..Heatmap::default()
    };
    for (device, least, below) in DEVICES {
        let seen = seen(from, row, scope, (least, below))?;
        found.devices.insert(device, seen);
    }
    found.elements = elements(from, row, scope, widths, limit)?;
    found.told = found.elements.iter().map(|element| element.clicks).sum();
    Ok(found)
}

fn seen(
    from: &Connection,
    path: Option<i64>,
    scope: Scope,
    widths: (i64, i64),
) -> rusqlite::Result<Seen> {
    from.prepare_cached(
        "SELECT count(*), ifnull(sum((SELECT count(*) FROM points WHERE points.page = pages.id)), 0)
         FROM pages JOIN sessions ON sessions.id = pages.session AND (? OR sessions.bot = '')
         WHERE path = ? AND opened_at >= ? AND opened_at < ? AND viewport_width >= ? AND viewport_width < ?",
    )?
    .query_row(
        rusqlite::params![scope.bots, path, scope.from, scope.to, widths.0, widths.1],
        |row| {
            Ok(Seen {
                views: row.get(0)?,
                clicks: row.get(1)?,
            })
        },
    )
}

fn elements(
    from: &Connection,
    path: Option<i64>,
    scope: Scope,
    widths: (i64, i64),
    limit: i64,
) -> rusqlite::Result<Vec<Element>> {
    let mut statement = from.prepare_cached(
        "SELECT selectors.selector, points.share_x, points.share_y, points.x, points.y,
            pages.document_width
         FROM pages
         JOIN sessions ON sessions.id = pages.session AND (:bots OR sessions.bot = '')
         JOIN points ON points.page = pages.id
         JOIN selectors ON selectors.id = points.selector
         WHERE pages.path = :path AND pages.opened_at >= :from AND pages.opened_at < :to
            AND pages.viewport_width >= :least AND pages.viewport_width < :below
         ORDER BY pages.opened_at DESC LIMIT :limit",
    )?;
    let mut rows = statement.query(named_params! {
        ":path": path, ":from": scope.from, ":to": scope.to, ":bots": scope.bots,
        ":least": widths.0, ":below": widths.1, ":limit": limit,
    })?;
    let mut points: BTreeMap<String, Vec<[i64; 5]>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let point = [
            row.get(1)?,
            row.get(2)?,
            row.get(3)?,
            row.get(4)?,
            row.get(5)?,
        ];
        points.entry(row.get(0)?).or_default().push(point);
    }
    let mut elements: Vec<Element> = points
        .into_iter()
        .map(|(selector, points)| Element {
            selector,
            clicks: points.len(),
            points,
        })
        .collect();
    elements.sort_by_key(|element| std::cmp::Reverse(element.clicks));
    Ok(elements)
}
