//! `GET /api/sites`: which shops have sent anything, and what they lost.

use std::collections::BTreeMap;

use axum::{Json, extract::State};
use rusqlite::Connection;
use serde::Serialize;

use super::asked::Asked;
use crate::collector::{app::Collector, refusal::Refusal};

/// The answer.
#[derive(Debug, Serialize)]
pub struct Sites {
    sites: Vec<Site>,
}

/// One shop.
#[derive(Debug, Serialize)]
struct Site {
    site: String,
    /// Those of persons, and those of bots.
    visits: i64,
    bots: i64,
    first_at: i64,
    last_at: i64,
    losses: BTreeMap<String, i64>,
}

/// Answers with all sites by name.
pub async fn sites(
    State(collector): State<Collector>,
    asked: Asked,
) -> Result<Json<Sites>, Refusal> {
    asked.only(&[])?;
    let sites = collector.store.read(read).await?;
    Ok(Json(Sites { sites }))
}

fn read(from: &Connection) -> rusqlite::Result<Vec<Site>> {
    let mut losses = from
        .prepare_cached("SELECT reason, sum(count) FROM losses WHERE site = ? GROUP BY reason")?;
    let mut statement = from.prepare_cached(
        "SELECT sites.id, sites.name,
            (SELECT count(*) FROM sessions WHERE site = sites.id AND bot = ''),
            (SELECT count(*) FROM sessions WHERE site = sites.id AND bot <> ''),
            (SELECT ifnull(min(started_at), 0) FROM sessions WHERE site = sites.id),
            (SELECT ifnull(max(started_at), 0) FROM sessions WHERE site = sites.id)
         FROM sites ORDER BY sites.name",
    )?;
    let rows = statement.query_map([], |row| {
        let counted = losses.query_map([row.get::<_, i64>(0)?], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })?;
        Ok(Site {
            site: row.get(1)?,
            visits: row.get(2)?,
            bots: row.get(3)?,
            first_at: row.get(4)?,
            last_at: row.get(5)?,
            losses: counted.collect::<rusqlite::Result<_>>()?,
        })
    })?;
    rows.collect()
}
