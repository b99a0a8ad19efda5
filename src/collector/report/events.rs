//! `GET /api/events`: what was recognised, newest first.

use axum::{Json, extract::State};
use rusqlite::{Connection, Row, ToSql};
use serde::Serialize;
use serde_json::value::RawValue;

use super::{asked::Asked, id_text, site_row};
use crate::collector::{app::Collector, refusal::Refusal};

/// Events told at once, unless asked otherwise.
const DEFAULT_LIMIT: i64 = 100;
/// Events told at once at most.
const MAX_LIMIT: i64 = 1000;

/// The answer.
#[derive(Debug, Serialize)]
pub struct Events {
    events: Vec<Told>,
}

/// One event.
#[derive(Debug, Serialize)]
pub struct Told {
    /// Its row: grows in the order of receipt.
    pub id: i64,
    site: String,
    name: String,
    at: i64,
    seq: u32,
    page_id: String,
    session_id: String,
    visitor_id: String,
    /// Why its visit is hardly a person's; empty for a person's.
    bot: String,
    path: String,
    params: Option<Box<RawValue>>,
}

/// Which way events are told.
#[derive(Clone, Copy, Debug)]
pub enum Order {
    NewestFirst,
    OldestFirst,
}

/// Answers with events received after `after`.
pub async fn events(
    State(collector): State<Collector>,
    asked: Asked,
) -> Result<Json<Events>, Refusal> {
    let asked = asked.only(&["site", "limit", "after"])?;
    let site = asked.text("site");
    let limit = asked.number("limit", DEFAULT_LIMIT, 1..=MAX_LIMIT)?;
    let after = asked.number("after", 0, 0..=i64::MAX)?;
    let events = collector
        .store
        .read(move |from| read(from, site.as_deref(), after, limit, Order::NewestFirst))
        .await?;
    Ok(Json(Events { events }))
}

/// Reads up to `limit` events of the rows after `after`.
pub fn read(
    from: &Connection,
    site: Option<&str>,
    after: i64,
    limit: i64,
    order: Order,
) -> rusqlite::Result<Vec<Told>> {
    let mut only = "";
    let mut parameters: Vec<Box<dyn ToSql>> = vec![Box::new(after), Box::new(limit)];
    if let Some(site) = site {
        let Some(row) = site_row(from, site)? else {
            return Ok(Vec::new());
        };
        only = "AND events.site = ?3";
        parameters.push(Box::new(row));
    }
    let order = match order {
        Order::NewestFirst => "DESC",
        Order::OldestFirst => "ASC",
    };
    let sql = format!(
        "SELECT events.id, sites.name, names.name, events.at, events.seq, pages.uuid, sessions.uuid,
            visitors.uuid, paths.path, events.params, sessions.bot
         FROM events
         JOIN sites ON sites.id = events.site
         JOIN names ON names.id = events.name
         JOIN pages ON pages.id = events.page
         JOIN paths ON paths.id = pages.path
         JOIN sessions ON sessions.id = events.session
         JOIN visitors ON visitors.id = sessions.visitor
         WHERE events.id > ?1 {only}
         ORDER BY events.id {order} LIMIT ?2"
    );
    let mut statement = from.prepare_cached(&sql)?;
    let rows = statement.query_map(rusqlite::params_from_iter(parameters), told)?;
    rows.collect()
}

fn told(row: &Row<'_>) -> rusqlite::Result<Told> {
    let params: Option<String> = row.get(9)?;
    Ok(Told {
        id: row.get(0)?,
        site: row.get(1)?,
        name: row.get(2)?,
        at: row.get(3)?,
        seq: row.get(4)?,
        page_id: id_text(row.get(5)?),
        session_id: id_text(row.get(6)?),
        visitor_id: id_text(row.get(7)?),
        bot: row.get(10)?,
        path: row.get(8)?,
        // Written by us as JSON; were the file damaged, the event is told without.
        params: RawValue::from_string(params.unwrap_or_else(|| "{}".to_owned())).ok(),
    })
}
