//! How much one batch may hold. A shop's page stays far below; what exceeds them is a fault or an attack.

use super::Found;
use crate::{time::Millis, wire::Envelope};

/// A site's name is chosen once, by a person.
pub const MAX_SITE_BYTES: usize = 128;
/// A customer's number or address in the shop.
pub const MAX_USER_BYTES: usize = 256;
/// Pages in one batch: an hour offline, a page a minute.
pub const MAX_PAGES: usize = 64;
/// Events in one batch: ten a page.
pub const MAX_EVENTS: usize = 640;
/// Heat chunks in one batch: three a page.
pub const MAX_CHUNKS: usize = 192;
/// GA4 takes 40 characters; others send more.
pub const MAX_NAME_BYTES: usize = 100;
/// A purchase of a hundred items.
pub const MAX_PARAMS_BYTES: usize = 32 * 1024;
/// Click ids have a few hundred bytes each.
pub const MAX_SOURCE_BYTES: usize = 8 * 1024;
/// Browsers and servers take no longer one.
pub const MAX_URL_BYTES: usize = 8 * 1024;
/// Titles, referrers and languages are cut here: no batch is refused for the shop's long headline.
pub const MAX_LABEL_CHARS: usize = 512;
/// Reasons of losses in one batch; there are fewer than ten.
pub const MAX_LOSSES: usize = 32;
/// Losses of one reason in one batch; sums over all batches stay within SQLite's integers.
pub const MAX_COUNT: f64 = 1e9;
/// 9999-12-31, the last day that SQLite's date functions know.
const MAX_TIME: i64 = 253_402_300_799_999;

/// Refuses a text of fewer than `least` or more than `most` bytes.
pub fn text(field: &str, text: &str, least: usize, most: usize) -> Result<(), Found> {
    let bytes = text.len();
    if bytes < least {
        Err(Found::wrong(field, "empty; give a text"))
    } else if bytes > most {
        let reason = format!("{bytes} bytes, at most {most} are taken; send less");
        Err(Found::wrong(field, reason))
    } else {
        Ok(())
    }
}

/// Returns a time as SQLite takes it.
pub fn time(field: &str, time: Millis) -> Result<i64, Found> {
    let stored = i64::try_from(time.0).ok().filter(|ms| *ms <= MAX_TIME);
    stored.ok_or_else(|| {
        Found::wrong(
            field,
            format!("{} is no time; give milliseconds since 1970", time.0),
        )
    })
}

/// Refuses 0, which no page gives out.
pub fn number(field: &str, seq: u32) -> Result<(), Found> {
    if seq == 0 {
        Err(Found::wrong(field, "0 is no number; count from 1"))
    } else {
        Ok(())
    }
}

/// Refuses a batch of too many parts.
pub fn totals(envelope: &Envelope) -> Result<(), Found> {
    at_most("pages", envelope.pages.len(), MAX_PAGES, "pages")?;
    let (mut events, mut chunks) = (0, 0);
    for (index, page) in envelope.pages.iter().enumerate() {
        events += page.events.len();
        chunks += page.heat.len();
        let field = format!("pages[{index}]");
        at_most(&format!("{field}.events"), events, MAX_EVENTS, "events")?;
        at_most(&format!("{field}.heat"), chunks, MAX_CHUNKS, "heat chunks")?;
    }
    at_most("losses", envelope.losses.len(), MAX_LOSSES, "reasons")
}

fn at_most(field: &str, count: usize, most: usize, what: &str) -> Result<(), Found> {
    if count > most {
        Err(Found::too_much(field, count, most, what))
    } else {
        Ok(())
    }
}

/// Cuts a text that only describes.
pub fn shorten(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(MAX_LABEL_CHARS) {
        text.truncate(end);
    }
    text
}
