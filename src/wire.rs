//! The native wire format, version 1: one JSON envelope for one batch. Every field is described in docs/wire.md.
//!
//! Enters: what a visit's pages recorded. Leaves: the tree of values whose JSON is the body of a request, and on the host
//! the envelope read back from it. The bytes are pinned by tests/fixtures; a change of them needs a new version.

#[cfg(not(target_arch = "wasm32"))]
use serde::Deserialize;

use crate::{
    id::Id,
    json::write_int,
    text::{before, cut, find, find_str, part, parts, read_int},
    time::Millis,
    value::{Entries, Value, put, put_list, put_map, put_num, put_text, set},
};

#[cfg(not(target_arch = "wasm32"))]
mod envelope;

#[cfg(not(target_arch = "wasm32"))]
pub use envelope::{Envelope, Event, Heat, Malformed, Page};

/// The version that this code writes and reads.
pub const VERSION: u8 = 1;
/// Key of the time at which the body was made, by the browser's clock, and how its value begins.
const SENT_AT: &str = "sent_at";
const STAMP: &str = r#""sent_at":"#;

/// A visit: ends after 30 minutes without anything done, and after a day.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
pub struct Session {
    /// Id of the visit.
    pub id: Id,
    /// 1 for the visitor's first visit, 2 for the second.
    pub number: u32,
    /// When it began.
    pub started_at: Millis,
    /// Where it came from: `referrer`, the `utm_*` parameters and click ids of its first page, and the `channel` by them.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        serde(default, deserialize_with = "crate::value::deserialize_entries")
    )]
    pub source: Entries,
    /// The source of the visitor's first visit that had one; empty where that is `source`.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        serde(default, deserialize_with = "crate::value::deserialize_entries")
    )]
    pub first_source: Entries,
    /// Why this is hardly a person, as js/bot.js says it; empty where nothing speaks against one.
    #[cfg_attr(not(target_arch = "wasm32"), serde(default))]
    pub bot: String,
}

/// Returns the envelope of one batch, that was not sent yet.
#[must_use]
pub fn envelope(
    site: &str,
    batch: Id,
    visitor: Id,
    user: &str,
    session: &Session,
    pages: Vec<Value>,
    losses: Entries,
) -> Entries {
    let mut out = Entries::new();
    put_num(&mut out, "v", VERSION.into());
    put(&mut out, "site", Value::from(site));
    put_id(&mut out, "batch", batch);
    put(&mut out, SENT_AT, Value::Null);
    put_id(&mut out, "visitor", visitor);
    put_text(&mut out, "user", user);
    put(&mut out, "session", Value::Map(session.to_entries()));
    put(&mut out, "pages", Value::List(pages));
    put_map(&mut out, "losses", losses);
    out
}

/// Returns `body`, an envelope as JSON, as it is sent at `now`.
#[must_use]
pub fn stamped(body: &str, now: Millis) -> String {
    let mut out = String::new();
    // No text in it has a quote that is not escaped.
    let at = find_str(body, STAMP).map_or(0, |at| at + STAMP.len());
    let rest = part(body, at, body.len());
    out.push_str(part(body, 0, at));
    write_int(&mut out, now.0);
    out.push_str(part(rest, find(rest, b',').unwrap_or(0), rest.len()));
    out
}

/// Returns the losses that `body`, an envelope as JSON, tells: its last member, where it has one.
#[must_use]
pub fn losses(body: &str) -> Entries {
    let mut out = Entries::new();
    let at = body
        .bytes()
        .rposition(|byte| byte == b'{')
        .unwrap_or_default();
    let rest = part(body, at + 1, body.len());
    // A parameter of that name would stand deeper.
    if part(body, 0, at).ends_with(r#""losses":"#) && find(rest, b'}') == rest.len().checked_sub(2)
    {
        for entry in parts(before(rest, b'}'), b',') {
            if let Some((name, count)) = cut(entry, b':') {
                let count = read_int(count).unwrap_or_default();
                let reason = part(name, 1, name.len().saturating_sub(1));
                put_num(&mut out, reason, count as f64);
            }
        }
    }
    out
}

/// Returns a page on which nothing happened yet; `about` holds its title, referrer and language, `sizes` the window's and the
/// document's width and height.
#[must_use]
pub fn page(
    id: Id,
    opened_at: Millis,
    url: String,
    about: [&str; 3],
    sizes: [[u32; 2]; 2],
) -> Entries {
    let mut out = Entries::new();
    put_id(&mut out, "id", id);
    put_num(&mut out, "opened_at", opened_at.0 as f64);
    put(&mut out, "url", Value::Str(url));
    put_text(&mut out, "title", about[0]);
    put_text(&mut out, "referrer", about[1]);
    put_text(&mut out, "language", about[2]);
    put_size(&mut out, "viewport", sizes[0]);
    put_size(&mut out, "document", sizes[1]);
    out
}

/// Makes of `page` another view of it, that began at `now`.
pub fn renew(page: &mut Entries, id: Id, now: Millis) {
    set(page, "id", Value::Str(id.to_text()));
    set(page, "opened_at", Value::Num(now.0 as f64));
}

/// Adds what happened on it to `page`.
pub fn fill(page: &mut Entries, events: Vec<Value>, heat: Vec<Value>) {
    put_list(page, "events", events);
    put_list(page, "heat", heat);
}

/// Returns number `seq` of its page: an event, `t` milliseconds after the page was opened.
#[must_use]
pub fn event(seq: u32, t: u32, name: String, params: Entries) -> Value {
    let mut out = Entries::new();
    put_num(&mut out, "seq", seq.into());
    put_num(&mut out, "t", t.into());
    put(&mut out, "name", Value::Str(name));
    put_map(&mut out, "params", params);
    Value::Map(out)
}

/// Returns number `seq` of its page: points as `heatmap::Chunk` packs them, in base64url.
#[must_use]
pub fn heat(seq: u32, data: String) -> Value {
    let mut out = Entries::new();
    put_num(&mut out, "seq", seq.into());
    put(&mut out, "data", Value::Str(data));
    Value::Map(out)
}

impl Session {
    fn to_entries(&self) -> Entries {
        let mut out = Entries::new();
        put_id(&mut out, "id", self.id);
        put_num(&mut out, "number", self.number.into());
        put_num(&mut out, "started_at", self.started_at.0 as f64);
        put_map(&mut out, "source", self.source.clone());
        put_map(&mut out, "first_source", self.first_source.clone());
        put_text(&mut out, "bot", &self.bot);
        out
    }
}

#[inline(never)]
fn put_id(out: &mut Entries, key: &str, id: Id) {
    put(out, key, Value::Str(id.to_text()));
}

fn put_size(out: &mut Entries, key: &str, [width, height]: [u32; 2]) {
    let size = vec![Value::Num(width.into()), Value::Num(height.into())];
    put(out, key, Value::List(size));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn losses_are_the_last_member() {
        for (body, expected) in [
            (
                r#"{"pages":[],"losses":{"refused":3,"too_large":12}}"#,
                vec![("refused", 3.0), ("too_large", 12.0)],
            ),
            (r#"{"pages":[]}"#, vec![]),
            (
                r#"{"pages":[{"events":[{"params":{"losses":{"refused":3}}}]}]}"#,
                vec![],
            ),
            (r#"{"pages":[{"title":"\"losses\":{"}]}"#, vec![]),
            ("", vec![]),
        ] {
            let expected: Entries = expected
                .into_iter()
                .map(|(reason, count)| (reason.to_owned(), Value::Num(count)))
                .collect();
            assert_eq!(losses(body), expected, "{body}");
        }
    }

    proptest! {
        #[test]
        fn any_body_is_survived(body in ".{0,20}|.{0,5}\"losses\":\\{[a-z\":,0-9]{0,9}}}") {
            let _ = losses(&body);
            let _ = stamped(&body, Millis(7));
        }
    }
}
