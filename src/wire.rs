//! The native wire format, version 1: one JSON envelope for one batch. Every field is described in docs/wire.md.
//!
//! Enters: what a visit's pages recorded. Leaves: the body of a request, and on the host the envelope read back from it.
//! The bytes are pinned by tests/fixtures; a change of them needs a new version.

#[cfg(not(target_arch = "wasm32"))]
use serde::Deserialize;

use crate::{
    id::Id,
    json::{Object, write_int, write_list, write_str},
    time::Millis,
    value::Entries,
};

/// The version that this code writes and reads.
pub const VERSION: u8 = 1;

/// One batch: what one browser has to say at one moment.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
pub struct Envelope {
    /// Version of the format.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        serde(rename = "v", deserialize_with = "read::version")
    )]
    pub version: u8,
    /// The shop, as named in the config.
    pub site: String,
    /// Id of the batch; the same when it is sent again.
    pub batch: Id,
    /// When this body was made, by the browser's clock.
    pub sent_at: Millis,
    /// The browser, over visits.
    pub visitor: Id,
    /// What the shop calls the customer, once `identify` was called.
    #[cfg_attr(not(target_arch = "wasm32"), serde(default))]
    pub user: String,
    /// The visit.
    pub session: Session,
    /// The pages on which something happened, oldest first.
    pub pages: Vec<Page>,
    /// What was lost since the batch before: reason and count.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        serde(default, deserialize_with = "crate::value::deserialize_entries")
    )]
    pub losses: Entries,
}

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
    /// Why this is hardly a person, as `bot::reason` says it; empty where nothing speaks against one.
    #[cfg_attr(not(target_arch = "wasm32"), serde(default))]
    pub bot: String,
}

/// A page view and what happened on it.
#[derive(Clone, Debug, Default, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
pub struct Page {
    /// Id of the page view.
    pub id: Id,
    /// When it began; the times of its events count from here.
    pub opened_at: Millis,
    /// Origin and path; no query, no fragment but a route.
    pub url: String,
    /// The document's title.
    #[cfg_attr(not(target_arch = "wasm32"), serde(default))]
    pub title: String,
    /// The page before, likewise without its query.
    #[cfg_attr(not(target_arch = "wasm32"), serde(default))]
    pub referrer: String,
    /// Language of the document, else of the browser.
    #[cfg_attr(not(target_arch = "wasm32"), serde(default))]
    pub language: String,
    /// Width and height of the window's content, in CSS pixels.
    pub viewport: [u32; 2],
    /// Width and height of the document, in CSS pixels.
    pub document: [u32; 2],
    /// What was recognised, in order.
    #[cfg_attr(not(target_arch = "wasm32"), serde(default))]
    pub events: Vec<Event>,
    /// Packed points of the heatmap.
    #[cfg_attr(not(target_arch = "wasm32"), serde(default))]
    pub heat: Vec<Heat>,
}

/// One recognised conversion or behaviour.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
pub struct Event {
    /// Number on its page, from 1, shared with `heat`. With the page's id it names the event for ever: a collector that
    /// has stored the pair has stored the event.
    pub seq: u32,
    /// Milliseconds since the page's `opened_at`.
    pub t: u32,
    /// Name, by GA4 where GA4 has one.
    pub name: String,
    /// Parameters, by GA4 where GA4 has one.
    #[cfg_attr(
        not(target_arch = "wasm32"),
        serde(default, deserialize_with = "crate::value::deserialize_entries")
    )]
    pub params: Entries,
}

/// A chunk of packed heatmap points.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(not(target_arch = "wasm32"), derive(Deserialize))]
pub struct Heat {
    /// Number on its page, shared with `events`.
    pub seq: u32,
    /// The chunk by `heatmap::pack`, in base64url without padding.
    pub data: String,
}

impl Envelope {
    /// Returns the body of the request.
    #[must_use]
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(1024);
        let mut body = Object::begin(&mut out);
        body.int("v", u64::from(self.version));
        write_str(body.key("site"), &self.site);
        write_id(body.key("batch"), self.batch);
        body.int("sent_at", self.sent_at.0);
        write_id(body.key("visitor"), self.visitor);
        body.text("user", &self.user);
        self.session.write(body.key("session"));
        write_list(body.key("pages"), &self.pages, |out, page| page.write(out));
        body.entries("losses", &self.losses);
        body.end();
        out
    }
}

impl Session {
    fn write(&self, out: &mut String) {
        let mut body = Object::begin(out);
        write_id(body.key("id"), self.id);
        body.int("number", u64::from(self.number));
        body.int("started_at", self.started_at.0);
        body.entries("source", &self.source);
        body.entries("first_source", &self.first_source);
        body.text("bot", &self.bot);
        body.end();
    }
}

impl Page {
    /// Returns the same page with nothing that happened on it.
    #[must_use]
    pub fn head(&self) -> Self {
        Self {
            id: self.id,
            opened_at: self.opened_at,
            url: self.url.clone(),
            title: self.title.clone(),
            referrer: self.referrer.clone(),
            language: self.language.clone(),
            viewport: self.viewport,
            document: self.document,
            events: Vec::new(),
            heat: Vec::new(),
        }
    }

    fn write(&self, out: &mut String) {
        let mut body = Object::begin(out);
        write_id(body.key("id"), self.id);
        body.int("opened_at", self.opened_at.0);
        write_str(body.key("url"), &self.url);
        body.text("title", &self.title);
        body.text("referrer", &self.referrer);
        body.text("language", &self.language);
        for (key, size) in [("viewport", self.viewport), ("document", self.document)] {
            write_list(body.key(key), &size, |out, px| {
                write_int(out, u64::from(*px))
            });
        }
        if !self.events.is_empty() {
            write_list(body.key("events"), &self.events, |out, event| {
                event.write(out)
            });
        }
        if !self.heat.is_empty() {
            write_list(body.key("heat"), &self.heat, |out, heat| heat.write(out));
        }
        body.end();
    }
}

impl Event {
    fn write(&self, out: &mut String) {
        let mut body = Object::begin(out);
        body.int("seq", u64::from(self.seq));
        body.int("t", u64::from(self.t));
        write_str(body.key("name"), &self.name);
        body.entries("params", &self.params);
        body.end();
    }
}

impl Heat {
    fn write(&self, out: &mut String) {
        let mut body = Object::begin(out);
        body.int("seq", u64::from(self.seq));
        write_str(body.key("data"), &self.data);
        body.end();
    }
}

fn write_id(out: &mut String, id: Id) {
    out.push('"');
    id.write(out);
    out.push('"');
}

#[cfg(not(target_arch = "wasm32"))]
mod read {
    //! Reading, which the collector and the tests do.

    use core::fmt;

    use serde::{Deserialize, Deserializer, de::Error};

    use super::{Envelope, VERSION};
    use crate::{id::Id, time::Millis};

    impl<'de> Deserialize<'de> for Id {
        fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
            let text = String::deserialize(source)?;
            Self::parse(&text)
                .ok_or_else(|| D::Error::custom(format_args!("\"{text}\" is not a UUID")))
        }
    }

    impl<'de> Deserialize<'de> for Millis {
        fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
            u64::deserialize(source).map(Self)
        }
    }

    pub fn version<'de, D: Deserializer<'de>>(source: D) -> Result<u8, D::Error> {
        let version = u8::deserialize(source)?;
        if version == VERSION {
            return Ok(version);
        }
        Err(D::Error::custom(format_args!(
            "version {version} is not known here, only {VERSION}; update the collector"
        )))
    }

    /// Why a body is not an envelope.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Malformed {
        /// The field, such as `pages[0].events[3].seq`; `.` for the whole body.
        pub field: String,
        /// Byte of the body at which reading stopped, from 0.
        pub byte: usize,
        /// What is wrong there.
        pub reason: String,
    }

    impl fmt::Display for Malformed {
        fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(
                out,
                "field {} (byte {}): {}",
                self.field, self.byte, self.reason
            )
        }
    }

    impl std::error::Error for Malformed {}

    impl Envelope {
        /// Returns the envelope that `body` holds. Fields it does not know are passed over.
        ///
        /// # Errors
        /// Where the body is not JSON, lacks a field, or holds something else in one: says which, where, and why.
        pub fn parse(body: &str) -> Result<Self, Malformed> {
            let mut source = serde_json::Deserializer::from_str(body);
            let envelope: Self =
                serde_path_to_error::deserialize(&mut source).map_err(|error| {
                    let field = error.path().to_string();
                    Malformed::at(body, field, &error.into_inner())
                })?;
            source
                .end()
                .map_err(|error| Malformed::at(body, ".".to_owned(), &error))?;
            Ok(envelope)
        }
    }

    impl Malformed {
        fn at(body: &str, field: String, error: &serde_json::Error) -> Self {
            let before: usize = body
                .split_inclusive('\n')
                .take(error.line().saturating_sub(1))
                .map(str::len)
                .sum();
            let text = error.to_string();
            let reason = text.split(" at line ").next().unwrap_or(&text).to_owned();
            Self {
                field,
                byte: (before + error.column()).saturating_sub(1),
                reason,
            }
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub use read::Malformed;
