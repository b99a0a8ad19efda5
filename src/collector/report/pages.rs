//! `GET /api/pages`: which pages were seen, most seen first.

use axum::{Json, extract::State};
use rusqlite::{Connection, named_params};
use serde::Serialize;

use super::{
    asked::{Asked, Scope},
    site_row,
};
use crate::collector::{app::Collector, refusal::Refusal};

/// Pages told at once, unless asked otherwise.
const DEFAULT_LIMIT: i64 = 200;
/// Pages told at once at most.
const MAX_LIMIT: i64 = 1000;

/// The answer.
#[derive(Debug, Default, Serialize)]
pub struct Pages {
    pages: Vec<Seen>,
}

/// One path.
#[derive(Debug, Serialize)]
struct Seen {
    path: String,
    /// Of its newest view.
    title: String,
    views: i64,
    visits: i64,
    clicks: i64,
}

/// Answers for the page views that began within the period.
pub async fn pages(
    State(collector): State<Collector>,
    asked: Asked,
) -> Result<Json<Pages>, Refusal> {
    let asked = asked.only(&["site", "from", "to", "bots", "limit"])?;
    let (site, scope) = (asked.site()?, asked.scope()?);
    let limit = asked.number("limit", DEFAULT_LIMIT, 1..=MAX_LIMIT)?;
    let pages = collector
        .store
        .read(move |from| read(from, &site, scope, limit))
        .await?;
    Ok(Json(Pages { pages }))
}

fn read(from: &Connection, site: &str, scope: Scope, limit: i64) -> rusqlite::Result<Vec<Seen>> {
    let Some(site) = site_row(from, site)? else {
        return Ok(Vec::new());
    };
    // Beside a lone max(), SQLite takes the other columns from the row that has it: https://sqlite.org/quirks.html#aggregate
    let mut statement = from.prepare_cached(
        "SELECT paths.path, pages.title, count(*) AS views, count(DISTINCT pages.session),
            sum((SELECT ifnull(sum(clicks), 0) FROM heat WHERE heat.page = pages.id)), max(pages.opened_at)
         FROM paths JOIN pages ON pages.path = paths.id
         JOIN sessions ON sessions.id = pages.session AND (:bots OR sessions.bot = '')
         WHERE paths.site = :site AND pages.opened_at >= :from AND pages.opened_at < :to
         GROUP BY paths.id ORDER BY views DESC, paths.path LIMIT :limit",
    )?;
    let rows = statement.query_map(
        named_params! { ":site": site, ":from": scope.from, ":to": scope.to, ":bots": scope.bots, ":limit": limit },
        |row| {
            Ok(Seen {
                path: row.get(0)?,
                title: row.get(1)?,
                views: row.get(2)?,
                visits: row.get(3)?,
                clicks: row.get(4)?,
            })
        },
    )?;
    rows.collect()
}
