//! Says whether a body may be stored, and makes it ready for it.
//!
//! Enters: a body and when it came. Leaves: a [`Batch`] whose every number fits its column, or why not. Stores nothing.

mod batch;
mod limits;
mod place;
mod refused;

use std::sync::Arc;

use crate::{
    base64,
    heatmap::{Anchor, Chunk, Kind, Point},
    json,
    time::Millis,
    value::{Entries, Value},
    wire::{Envelope, Page},
};

use self::refused::Found;
pub use self::{
    batch::{Batch, Happening, HeatPoint, PageView, Visit, WHOLE},
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
    let mut heat = Vec::with_capacity(page.heat.len());
    for (index, part) in page.heat.into_iter().enumerate() {
        let field = format!("{field}.heat[{index}]");
        limits::number(&format!("{field}.seq"), part.seq)?;
        heat.push((part.seq, points(&format!("{field}.data"), &part.data)?));
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
        heat,
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

fn points(field: &str, data: &str) -> Result<Vec<HeatPoint>, Found> {
    let bytes = base64::decode(data).map_err(|at| {
        Found::wrong(
            field,
            format!("not base64url without padding at character {at}"),
        )
    })?;
    let chunk = Chunk::unpack(&bytes).map_err(|broken| {
        Found::wrong(
            field,
            format!(
                "not a heatmap chunk at its byte {}: {}",
                broken.offset, broken.reason
            ),
        )
    })?;
    let selectors: Vec<Arc<str>> = chunk
        .selectors
        .iter()
        .map(|selector| selector.as_str().into())
        .collect();
    // Only clicks are asked for by reports yet.
    let clicks = chunk
        .points
        .iter()
        .filter(|point| point.kind == Kind::Click);
    let anchored = clicks.filter_map(|point| {
        let anchor = chunk.anchors.get(point.anchor as usize)?;
        let selector = selectors.get(anchor.selector as usize)?;
        Some(heat_point(anchor, Arc::clone(selector), *point))
    });
    Ok(anchored.collect())
}

fn heat_point(anchor: &Anchor, selector: Arc<str>, point: Point) -> HeatPoint {
    let [_, _, width, height] = anchor.rect;
    let [dx, dy] = point.offset(anchor);
    HeatPoint {
        selector,
        t: point.t,
        share: [share(dx, width), share(dy, height)],
        at: point.at.map(i64::from),
    }
}

fn share(offset: u32, size: u32) -> u32 {
    let share = (u64::from(offset) * u64::from(WHOLE)).checked_div(u64::from(size));
    // An element without a size has only a middle.
    share.map_or(WHOLE / 2, |share| share.min(u64::from(WHOLE)) as u32)
}

#[cfg(test)]
mod tests;
