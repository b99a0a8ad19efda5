//! `GET /api/heatmap`: where a page was clicked, moved over or stayed on, by element.
//!
//! Enters: which views of the page, and which points on them. Leaves: totals over all of these points, and the newest points
//! themselves, or how many fell into each cell of a grid. Only chunks that may hold such points are unpacked.

mod points;
mod tally;
mod visitors;

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use rusqlite::{Connection, Row, ToSql};
use serde::Serialize;

use self::{
    points::{Points, Way},
    tally::{Element, Tally},
    visitors::Visitors,
};
use super::{
    asked::Asked,
    views::{self, DEVICES, Device, Views},
};
use crate::{
    collector::{app::Collector, refusal::Refusal},
    heatmap::Chunk,
};

/// Elements told at most, those with the most points: further ones are single points on long lists.
const MAX_ELEMENTS: usize = 2000;

/// The answer.
#[derive(Debug, Serialize)]
pub struct Heatmap {
    path: String,
    kind: &'static str,
    /// Per device, whichever was asked for.
    devices: BTreeMap<&'static str, Seen>,
    /// Points told below; fewer than `devices` counts where there were more than the limit, or few in a cell.
    told: u64,
    /// Most points first.
    elements: Vec<Element>,
}

#[derive(Debug, Default, Serialize)]
struct Seen {
    /// All views that were asked for, with such points or without, and whose they were.
    views: u64,
    visitors: usize,
    points: u64,
    #[serde(skip)]
    by: Visitors,
}

/// Answers for the page views that began within the period.
pub async fn heatmap(
    State(collector): State<Collector>,
    asked: Asked,
) -> Result<Json<Heatmap>, Refusal> {
    let mut known = Views::PARAMETERS.to_vec();
    known.extend(["kind", "pointer", "limit", "grid", "min"]);
    let asked = asked.only(&known)?;
    let views = Views::of(&asked)?;
    let (points, way) = (Points::of(&asked)?, Way::of(&asked)?);
    let found = collector
        .store
        .read(move |from| read(from, views, points, way))
        .await?;
    Ok(Json(found))
}

fn read(from: &Connection, views: Views, points: Points, way: Way) -> rusqlite::Result<Heatmap> {
    let rows = views.rows(from)?;
    let buyers = views.buyers(from, &rows)?.into_iter().collect();
    let (kind, column) = points.names();
    // What lies behind is read from the disk only where it is asked for: chunks on the devices that are, and others where they
    // alone tell how many of their points are by the pointer.
    let sql = format!(
        "SELECT pages.id, pages.viewport_width, sessions.visitor,
            EXISTS (SELECT 1 FROM events INDEXED BY events_by_name WHERE events.session = sessions.id AND events.name = :goal),
            ifnull(heat.{column}, 0), heat.page_width,
            CASE WHEN heat.pointers <> :pointer OR (pages.viewport_width >= :least AND pages.viewport_width < :below)
                THEN heat.data END
         FROM {} LEFT JOIN heat ON heat.page = pages.id AND heat.{column} > 0
            AND (:pointer IS NULL OR heat.pointers & :pointer)
         WHERE {}
         ORDER BY pages.opened_at DESC, pages.id DESC, heat.seq DESC",
        views::FROM,
        views::WHERE
    );
    let device = views.device.unwrap_or(ALL);
    let pointer = points.pointer.map(|pointer| 1u32 << pointer as u32);
    let mut bound = views.bound(&rows);
    let more: [(&str, &dyn ToSql); 3] = [
        (":pointer", &pointer),
        (":least", &device.least),
        (":below", &device.below),
    ];
    bound.extend(more);
    let mut statement = from.prepare_cached(&sql)?;
    let mut rows = statement.query(bound.as_slice())?;
    let mut reading = Reading {
        points,
        device,
        devices: DEVICES.map(|device| (device, Seen::default())),
        tally: Tally::new(points, way, buyers),
        page: None,
    };
    while let Some(row) = rows.next()? {
        reading.add(row)?;
    }
    Ok(reading.end(views.path, kind))
}

/// Any device.
const ALL: Device = Device {
    name: "any",
    least: 0,
    below: i64::MAX,
};

/// What was read so far.
struct Reading {
    points: Points,
    device: Device,
    devices: [(Device, Seen); 3],
    tally: Tally,
    /// The view that was read last.
    page: Option<i64>,
}

impl Reading {
    /// Adds a row: a view, and a chunk on it, if there is one.
    fn add(&mut self, row: &Row<'_>) -> rusqlite::Result<()> {
        let (page, width, visitor) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let mut devices = self.devices.iter_mut();
        // Some device has any width.
        let Some((_, seen)) = devices.find(|(device, _)| device.has(width)) else {
            return Ok(());
        };
        if self.page != Some(page) {
            self.page = Some(page);
            seen.views += 1;
            seen.by.add(visitor);
            if row.get(3)? {
                self.tally.buys(visitor);
            }
        }
        let mut count = u64::from(row.get::<_, u32>(4)?);
        // Stored after it was read once; were the file damaged, the chunk is passed over.
        if let Some(bytes) = row.get_ref(6)?.as_blob_or_null()?
            && let Ok(chunk) = Chunk::unpack(bytes)
        {
            if self.points.pointer.is_some() {
                count = chunk
                    .points
                    .iter()
                    .filter(|point| self.points.has(point))
                    .count() as u64;
            }
            if self.device.has(width) {
                self.tally.add(&chunk, row.get(5)?, visitor);
            }
        }
        seen.points += count;
        Ok(())
    }

    fn end(self, path: String, kind: &'static str) -> Heatmap {
        let devices = self.devices.into_iter().map(|(device, mut seen)| {
            seen.visitors = seen.by.sorted().len();
            (device.name, seen)
        });
        let devices = devices.collect();
        let (told, elements) = self.tally.end(MAX_ELEMENTS);
        Heatmap {
            path,
            kind,
            devices,
            told,
            elements,
        }
    }
}
