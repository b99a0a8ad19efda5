//! The envelope as the host has it: read from a body, and in tests written as the browser writes it.

use core::fmt;

use serde::{Deserialize, Deserializer, de::Error};

use super::{Session, VERSION};
use crate::{
    id::Id,
    json::write_entries,
    time::Millis,
    value::{Entries, Value},
};

/// One batch: what one browser has to say at one moment.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Envelope {
    /// Version of the format.
    #[serde(rename = "v", deserialize_with = "version")]
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
    #[serde(default)]
    pub user: String,
    /// The visit.
    pub session: Session,
    /// The pages on which something happened, oldest first.
    pub pages: Vec<Page>,
    /// What was lost since the batch before: reason and count.
    #[serde(default, deserialize_with = "crate::value::deserialize_entries")]
    pub losses: Entries,
}

/// A page view and what happened on it.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub struct Page {
    /// Id of the page view.
    pub id: Id,
    /// When it began; the times of its events count from here.
    pub opened_at: Millis,
    /// Origin and path; no query, no fragment but a route.
    pub url: String,
    /// The document's title.
    #[serde(default)]
    pub title: String,
    /// The page before, likewise without its query.
    #[serde(default)]
    pub referrer: String,
    /// Language of the document, else of the browser.
    #[serde(default)]
    pub language: String,
    /// Width and height of the window's content, in CSS pixels.
    pub viewport: [u32; 2],
    /// Width and height of the document, in CSS pixels.
    pub document: [u32; 2],
    /// What was recognised, in order.
    #[serde(default)]
    pub events: Vec<Event>,
    /// Packed points of the heatmap.
    #[serde(default)]
    pub heat: Vec<Heat>,
}

/// One recognised conversion or behaviour.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Event {
    /// Number on its page, from 1, shared with `heat`. With the page's id it names the event for ever: a collector that
    /// has stored the pair has stored the event.
    pub seq: u32,
    /// Milliseconds since the page's `opened_at`.
    pub t: u32,
    /// Name, by GA4 where GA4 has one.
    pub name: String,
    /// Parameters, by GA4 where GA4 has one.
    #[serde(default, deserialize_with = "crate::value::deserialize_entries")]
    pub params: Entries,
}

/// A chunk of packed heatmap points.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct Heat {
    /// Number on its page, shared with `events`.
    pub seq: u32,
    /// The chunk by `heatmap::pack`, in base64url without padding.
    pub data: String,
}

impl Envelope {
    /// Returns the body of the request, by the functions that write it in the browser.
    #[must_use]
    pub fn to_json(&self) -> String {
        let pages = self.pages.iter().map(Page::to_value).collect();
        let envelope = super::envelope(
            &self.site,
            self.batch,
            self.visitor,
            &self.user,
            &self.session,
            pages,
            self.losses.clone(),
        );
        let mut out = String::new();
        write_entries(&mut out, &envelope);
        super::stamped(&out, self.sent_at)
    }
}

impl Page {
    fn to_value(&self) -> Value {
        let about = [&self.title, &self.referrer, &self.language].map(String::as_str);
        let sizes = [self.viewport, self.document];
        let mut page = super::page(self.id, self.opened_at, self.url.clone(), about, sizes);
        let events = self.events.iter().cloned();
        let events = events.map(|event| super::event(event.seq, event.t, event.name, event.params));
        let heat = self.heat.iter().cloned();
        let heat = heat.map(|heat| super::heat(heat.seq, heat.data));
        super::fill(&mut page, events.collect(), heat.collect());
        Value::Map(page)
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        let text = String::deserialize(source)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom(format_args!("\"{text}\" is not a UUID")))
    }
}

impl<'de> Deserialize<'de> for Millis {
    fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        u64::deserialize(source).map(Self)
    }
}

fn version<'de, D: Deserializer<'de>>(source: D) -> Result<u8, D::Error> {
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
        let envelope: Self = serde_path_to_error::deserialize(&mut source).map_err(|error| {
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
