//! Writes one batch within a transaction. Repeats are told from news by page id and number.

use rusqlite::{Connection, OptionalExtension, Result, named_params, params};

use super::Stored;
use crate::{
    collector::check::{Batch, Heat, PageView},
    id::Id,
};

/// Rows of the visit that pages and events refer to.
struct Visit {
    site: i64,
    session: i64,
    skew_ms: i64,
    received_at: i64,
}

impl Visit {
    /// Returns a browser's time by the collector's clock. What a browser did lies neither before 1970 nor after its receipt.
    fn at(&self, opened_at: i64, t: u32) -> i64 {
        (opened_at + i64::from(t) + self.skew_ms).clamp(0, self.received_at)
    }
}

/// Writes `batch`; says how much of it was new, and the newest event's row.
pub fn insert(to: &Connection, batch: &Batch) -> Result<Stored> {
    let visit = visit(to, batch)?;
    let mut stored = Stored::default();
    for page in &batch.pages {
        let row = page_row(to, &visit, page)?;
        events(to, &visit, row, page, &mut stored)?;
        heat(to, row, page, &mut stored)?;
    }
    for (reason, count) in &batch.losses {
        to.prepare_cached(
            "INSERT INTO losses (batch, reason, count, site, at) VALUES (?, ?, ?, ?, ?)
             ON CONFLICT DO NOTHING",
        )?
        .execute(params![
            blob(batch.id),
            reason,
            count,
            visit.site,
            batch.received_at
        ])?;
    }
    Ok(stored)
}

fn visit(to: &Connection, batch: &Batch) -> Result<Visit> {
    let site = row_of(
        to,
        "SELECT id FROM sites WHERE name = ?",
        "INSERT INTO sites (name) VALUES (?)",
        [&batch.site],
    )?;
    let uuid = blob(batch.visitor);
    let visitor = row_of(
        to,
        "SELECT id FROM visitors WHERE uuid = ?",
        "INSERT INTO visitors (uuid) VALUES (?)",
        [&uuid],
    )?;
    if !batch.user.is_empty() {
        to.prepare_cached("UPDATE visitors SET user = ?2 WHERE id = ?1 AND user <> ?2")?
            .execute(params![visitor, batch.user])?;
    }
    let session = &batch.session;
    let uuid = blob(session.id);
    let known = to
        .prepare_cached("SELECT id, skew_ms FROM sessions WHERE site = ? AND uuid = ?")?
        .query_row(params![site, uuid], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let mut visit = Visit {
        site,
        session: 0,
        skew_ms: session.skew_ms,
        received_at: batch.received_at,
    };
    if let Some(known) = known {
        (visit.session, visit.skew_ms) = known;
        // What shows itself as a bot on a later page was one before.
        if !session.bot.is_empty() {
            to.prepare_cached("UPDATE sessions SET bot = ?2 WHERE id = ?1 AND bot = ''")?
                .execute(params![visit.session, session.bot])?;
        }
        return Ok(visit);
    }
    to.prepare_cached(
        "INSERT INTO sessions (site, uuid, visitor, number, started_at, skew_ms, source, first_source, bot)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?
    .execute(params![
        site,
        uuid,
        visitor,
        session.number,
        visit.at(session.started_at, 0),
        session.skew_ms,
        session.source,
        session.first_source,
        session.bot,
    ])?;
    visit.session = to.last_insert_rowid();
    Ok(visit)
}

fn page_row(to: &Connection, visit: &Visit, page: &PageView) -> Result<i64> {
    let path = row_of(
        to,
        "SELECT id FROM paths WHERE site = ? AND path = ?",
        "INSERT INTO paths (site, path) VALUES (?, ?)",
        (visit.site, &page.path),
    )?;
    // Title and size are those last heard of: a page grows while it loads.
    to.prepare_cached(
        "INSERT INTO pages (uuid, session, path, opened_at, title, referrer, language,
            viewport_width, viewport_height, document_width, document_height)
         VALUES (:uuid, :session, :path, :opened_at, :title, :referrer, :language, :vw, :vh, :dw, :dh)
         ON CONFLICT (uuid) DO UPDATE SET title = :title, viewport_width = :vw, viewport_height = :vh,
            document_width = :dw, document_height = :dh
         RETURNING id",
    )?
    .query_row(
        named_params! {
            ":uuid": blob(page.id),
            ":session": visit.session,
            ":path": path,
            ":opened_at": visit.at(page.opened_at, 0),
            ":title": page.title,
            ":referrer": page.referrer,
            ":language": page.language,
            ":vw": page.viewport[0],
            ":vh": page.viewport[1],
            ":dw": page.document[0],
            ":dh": page.document[1],
        },
        |row| row.get(0),
    )
}

fn events(
    to: &Connection,
    visit: &Visit,
    row: i64,
    page: &PageView,
    stored: &mut Stored,
) -> Result<()> {
    let mut insert = to.prepare_cached(
        "INSERT INTO events (page, seq, site, session, name, at, params) VALUES (?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (page, seq) DO NOTHING",
    )?;
    for event in &page.events {
        let name = row_of(
            to,
            "SELECT id FROM names WHERE name = ?",
            "INSERT INTO names (name) VALUES (?)",
            [&event.name],
        )?;
        let changed = insert.execute(params![
            row,
            event.seq,
            visit.site,
            visit.session,
            name,
            visit.at(page.opened_at, event.t),
            event.params,
        ])?;
        if changed == 0 {
            stored.repeats += 1;
        } else {
            stored.stored += 1;
            stored.newest = to.last_insert_rowid();
        }
    }
    Ok(())
}

fn heat(to: &Connection, row: i64, page: &PageView, stored: &mut Stored) -> Result<()> {
    for heat in &page.heat {
        if chunk(to, row, i64::from(heat.seq), page.document[0], heat)? {
            stored.stored += 1;
        } else {
            stored.repeats += 1;
        }
    }
    Ok(())
}

/// Writes a chunk of the page `row` under the number `seq`; tells whether it is new.
pub fn chunk(to: &Connection, row: i64, seq: i64, page_width: u32, heat: &Heat) -> Result<bool> {
    let mut insert = to.prepare_cached(
        "INSERT INTO heat (page, seq, page_width, clicks, moves, hovers, rages, dead, pointers, data)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (page, seq) DO NOTHING",
    )?;
    let [clicks, moves, hovers, rages, dead] = heat.counts;
    let changed = insert.execute(params![
        row,
        seq,
        page_width,
        clicks,
        moves,
        hovers,
        rages,
        dead,
        heat.pointers,
        heat.bytes,
    ])?;
    Ok(changed > 0)
}

/// Returns the row that `find` finds, else the one that `add` adds, with the same parameters.
fn row_of<P: rusqlite::Params + Copy>(
    to: &Connection,
    find: &str,
    add: &str,
    params: P,
) -> Result<i64> {
    let known = to
        .prepare_cached(find)?
        .query_row(params, |row| row.get(0))
        .optional()?;
    if let Some(row) = known {
        return Ok(row);
    }
    to.prepare_cached(add)?.execute(params)?;
    Ok(to.last_insert_rowid())
}

fn blob(id: Id) -> [u8; 16] {
    id.to_bits().to_be_bytes()
}
