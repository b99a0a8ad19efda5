//! What spoor does on a page, as far as the core has to know it. js/config.js reads it out of what the page says, and keeps
//! to itself which elements the rules select.

use crate::{
    privacy::Scrub,
    value::{Entries, Value},
};

/// What spoor does on a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// Address of the collector: absolute, or from the page's origin.
    pub collector: String,
    /// Name of the shop; empty for the page's host.
    pub site: String,
    /// What is on, a bit each: [`SHARE`] and those after it.
    pub on: u32,
    /// Percentages of the document at which `scroll` is told, rising.
    pub scroll: Vec<u8>,
    /// Percentages of a video at which `video_progress` is told, rising.
    pub video_milestones: Vec<u8>,
    /// What may be kept, before anybody was asked.
    pub consent: Consent,
    /// Share of the visitors that is followed, above 0 up to 1.
    pub sample: f64,
    /// What may be kept of addresses.
    pub scrub: Scrub,
    /// Hosts whose referral never begins a visit, beside the usual ones.
    pub exclude: Vec<String>,
    /// Steps in order that are followed through a visit.
    pub funnels: Vec<Funnel>,
    /// What is worth an event of its own once it happened.
    pub goals: Vec<Goal>,
    /// When a batch is sent.
    pub batch: BatchLimits,
}

/// `share` by links and by the browser's own dialog.
pub const SHARE: u32 = 1;
/// `search`, where the address shows results.
pub const SEARCH: u32 = 1 << 1;
/// `file_download`.
pub const FILE_DOWNLOAD: u32 = 1 << 2;
/// `click` on a link that leads out.
pub const CLICK: u32 = 1 << 3;
/// `rage_click`.
pub const RAGE_CLICK: u32 = 1 << 5;
/// `quick_back`.
pub const QUICK_BACK: u32 = 1 << 9;
/// `user_engagement`.
pub const ATTENTION: u32 = 1 << 10;
/// Clicks become heatmap points.
pub const HEAT: u32 = 1 << 14;
/// Nothing may be remembered from page to page.
pub const NO_IDENTITY: u32 = 1 << 15;
/// Nothing is told of robots.
pub const NO_BOTS: u32 = 1 << 16;

impl Config {
    /// Reads the list that js/config.js packs; what is missing in it is empty.
    #[must_use]
    pub fn read(value: Value) -> Self {
        let mut members = list(value).into_iter();
        let mut next = || members.next().unwrap_or_default();
        Self {
            collector: text(next()),
            site: text(next()),
            on: number(next()) as u32,
            scroll: percentages(next()),
            video_milestones: percentages(next()),
            consent: match number(next()) as u32 {
                0 => Consent::Granted,
                1 => Consent::Cookieless,
                2 => Consent::Denied,
                _ => Consent::Required,
            },
            sample: number(next()),
            scrub: Scrub {
                query: texts(next()),
                paths: texts(next()),
            },
            exclude: texts(next()),
            funnels: list(next()).into_iter().map(Funnel::read).collect(),
            goals: list(next()).into_iter().map(Goal::read).collect(),
            batch: BatchLimits::default(),
        }
    }

    /// Returns whether any of these bits is on.
    #[must_use]
    pub fn has(&self, bits: u32) -> bool {
        self.on & bits != 0
    }
}

/// What the visitor allows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Consent {
    /// Everything.
    #[default]
    Granted,
    /// To be counted, but nothing may be stored in the browser.
    Cookieless,
    /// Nothing.
    Denied,
    /// Nobody has answered yet: what happens is held in memory.
    Required,
}

/// Steps in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Funnel {
    /// Its name.
    pub name: String,
    /// Names of events, or patterns of the paths of pages.
    pub steps: Vec<String>,
}

impl Funnel {
    /// Reads a list of its name and its steps.
    fn read(value: Value) -> Self {
        let mut texts = texts(value).into_iter();
        Self {
            name: texts.next().unwrap_or_default(),
            steps: texts.collect(),
        }
    }
}

/// What is worth an event of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Goal {
    /// Name of its event.
    pub name: String,
    /// Name of the event, or pattern of a page's path, that reaches it.
    pub when: String,
    /// Whether it is told each time, and not once in a visit.
    pub each: bool,
    /// Parameters that the event must have: numbers at least as great, texts the same.
    pub with: Entries,
    /// Parameters of its own event.
    pub params: Entries,
}

impl Goal {
    /// Reads a list of its members.
    fn read(value: Value) -> Self {
        let mut members = list(value).into_iter();
        let mut next = || members.next().unwrap_or_default();
        Self {
            name: text(next()),
            when: text(next()),
            each: next() == Value::Bool(true),
            with: entries(next()),
            params: entries(next()),
        }
    }
}

/// A batch is sent when the first of these is reached, and when the page is hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BatchLimits {
    /// Events in a batch.
    pub max_events: usize,
    /// Estimated bytes of a batch.
    pub max_bytes: usize,
    /// Age of its first event.
    pub max_age_ms: usize,
}

impl Default for BatchLimits {
    fn default() -> Self {
        // Two batches of 24 KiB and their frame pass together through the 64 KiB that a leaving page may have in flight.
        Self {
            max_events: 50,
            max_bytes: 24 * 1024,
            max_age_ms: 5000,
        }
    }
}

fn list(value: Value) -> Vec<Value> {
    match value {
        Value::List(items) => items,
        _ => Vec::new(),
    }
}

fn entries(value: Value) -> Entries {
    match value {
        Value::Map(entries) => entries,
        _ => Entries::new(),
    }
}

fn text(value: Value) -> String {
    match value {
        Value::Str(text) => text,
        _ => String::new(),
    }
}

fn number(value: Value) -> f64 {
    value.as_num().unwrap_or_default()
}

fn texts(value: Value) -> Vec<String> {
    list(value).into_iter().map(text).collect()
}

fn percentages(value: Value) -> Vec<u8> {
    list(value)
        .into_iter()
        .map(|item| number(item) as u8)
        .collect()
}
