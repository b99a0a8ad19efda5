//! Says whether a body may be stored, and makes it ready for it.
//!
//! Enters: a body and when it came. Leaves: a [`Batch`] whose every number fits its column, or why not. Stores nothing.

mod batch;
mod limits;
mod place;
mod refused;

use crate::{
    base64,
    heatmap::Broken,
    json,
    time::Millis,
    value::{Entries, Value},
    wire::{Envelope, Page},
};

use self::refused::Found;
pub use self::{
    batch::{Batch, Happening, Heat, PageView, Visit},
    refused::Refused,
};

/// Returns what `body`, received at `now`, stores.
///
/// # Errors
/// Where the body is no envelope, or holds more than one may: says which field, where, and why.
pub fn check(body: &str, now: Millis) -> Result<Batch, Refused> {
    let envelope = Envelope::parse(body)?;
    batch(envelope, now).map_err(|found| found.within(body))
}

fn batch(envelope: Envelope, now: Millis) -> Result<Batch, Found> {
    limits::text("site", &envelope.site, 1, limits::MAX_SITE_BYTES)?;
    limits::text("user", &envelope.user, 0, limits::MAX_USER_BYTES)?;
    limits::text(
        "session.bot",
        &envelope.session.bot,
        0,
        limits::MAX_NAME_BYTES,
    )?;
    limits::totals(&envelope)?;
    let received_at = limits::time("received_at", now)?;
    let sent_at = limits::time("sent_at", envelope.sent_at)?;
    Ok(Batch {
        id: envelope.batch,
        site: envelope.site,
        received_at,
        visitor: envelope.visitor,
        user: envelope.user,
        session: Visit {
            id: envelope.session.id,
            number: envelope.session.number,
            started_at: limits::time("session.started_at", envelope.session.started_at)?,
            source: object(
                "session.source",
                envelope.session.source,
                limits::MAX_SOURCE_BYTES,
            )?,
            first_source: object(
                "session.first_source",
                envelope.session.first_source,
                limits::MAX_SOURCE_BYTES,
            )?,
            bot: envelope.session.bot,
            skew_ms: received_at - sent_at,
        },
        pages: envelope
            .pages
            .into_iter()
            .enumerate()
            .map(|(index, page)| page_view(&format!("pages[{index}]"), page))
            .collect::<Result<_, _>>()?,
        losses: losses(&envelope.losses)?,
    })
}

fn page_view(field: &str, page: Page) -> Result<PageView, Found> {
    let url_field = format!("{field}.url");
    limits::text(&url_field, &page.url, 1, limits::MAX_URL_BYTES)?;
    let path = path_of(&page.url).ok_or_else(|| {
        Found::wrong(
            url_field,
            format!(
                "\"{}\" has no path; give scheme, host and path, such as https://shop.example/p/lamp",
                page.url
            ),
        )
    })?;
    let mut events = Vec::with_capacity(page.events.len());
    for (index, event) in page.events.into_iter().enumerate() {
        let field = format!("{field}.events[{index}]");
        limits::number(&format!("{field}.seq"), event.seq)?;
        limits::text(
            &format!("{field}.name"),
            &event.name,
            1,
            limits::MAX_NAME_BYTES,
        )?;
        events.push(Happening {
            seq: event.seq,
            t: event.t,
            name: event.name,
            params: object(
                &format!("{field}.params"),
                event.params,
                limits::MAX_PARAMS_BYTES,
            )?,
        });
    }
    let mut chunks = Vec::with_capacity(page.heat.len());
    for (index, part) in page.heat.into_iter().enumerate() {
        let field = format!("{field}.heat[{index}]");
        limits::number(&format!("{field}.seq"), part.seq)?;
        chunks.push(heat(&field, part.seq, &part.data)?);
    }
    Ok(PageView {
        id: page.id,
        opened_at: limits::time(&format!("{field}.opened_at"), page.opened_at)?,
        path,
        title: limits::shorten(page.title),
        referrer: limits::shorten(page.referrer),
        language: limits::shorten(page.language),
        viewport: page.viewport,
        document: page.document,
        events,
        heat: chunks,
    })
}

/// Returns the path of a URL, with the route in its fragment, without its query: what a report is asked for.
fn path_of(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let (before, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let before = before.split('?').next().unwrap_or(before);
    let path = before.find('/').and_then(|slash| before.get(slash..));
    let route = if fragment.starts_with('/') {
        format!("#{}", fragment.split('?').next().unwrap_or(fragment))
    } else {
        String::new()
    };
    Some(format!("{}{route}", path.unwrap_or("/")))
}

fn object(field: &str, entries: Entries, most: usize) -> Result<Option<String>, Found> {
    if entries.is_empty() {
        return Ok(None);
    }
    let mut text = String::new();
    json::write_value(&mut text, &Value::Map(entries));
    limits::text(field, &text, 0, most)?;
    Ok(Some(text))
}

fn losses(entries: &Entries) -> Result<Vec<(String, i64)>, Found> {
    let counted = entries.iter().map(|(reason, count)| {
        let field = format!("losses.{reason}");
        limits::text(&field, reason, 1, limits::MAX_NAME_BYTES)?;
        match count.as_num() {
            Some(count) if (0.0..=limits::MAX_COUNT).contains(&count) => {
                Ok((reason.clone(), count as i64))
            }
            _ => Err(Found::wrong(
                field,
                "not a count; give a whole number from 0 to 1000000000",
            )),
        }
    });
    counted.collect()
}

fn heat(field: &str, seq: u32, data: &str) -> Result<Heat, Found> {
    let field = format!("{field}.data");
    let bytes = base64::decode(data).map_err(|at| {
        let reason = format!("not base64url without padding at character {at}");
        Found::wrong(&field, reason)
    })?;
    Heat::of(seq, bytes).map_err(|Broken { offset, reason }| {
        let reason = format!("not a heatmap chunk at its byte {offset}: {reason}");
        Found::wrong(&field, reason)
    })
}

#[cfg(test)]
mod tests;
