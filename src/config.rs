//! What spoor does on a page, as far as the core has to know it. js/config.js reads it out of what the page says, and keeps
//! to itself which elements the rules select.

use crate::{
    pack::unpack,
    privacy::Scrub,
    text::{cut, parts, read_int},
    value::{Entries, Value},
};

/// What spoor does on a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// Name of the shop; empty for the page's host.
    pub site: String,
    /// What is on, a bit each: [`SHARE`] and those after it.
    pub on: u32,
    /// Percentages of the document at which `scroll` is told, rising, with spaces between them.
    pub scroll: String,
    /// Percentages of a video at which `video_progress` is told, likewise.
    pub video_milestones: String,
    /// What may be kept, before anybody was asked.
    pub consent: Consent,
    /// Share of the visitors that is followed, above 0 up to 1.
    pub sample: f64,
    /// What may be kept of addresses.
    pub scrub: Scrub,
    /// Bytes of bodies that wait for the collector at most.
    pub queue_bytes: u32,
    /// Milliseconds after which a batch that nobody could send is given up.
    pub queue_ms: u64,
    /// Hosts whose referral never begins a visit, beside the usual ones, a line each.
    pub exclude: String,
    /// Steps in order that are followed through a visit.
    pub funnels: Vec<Funnel>,
    /// What is worth an event of its own once it happened.
    pub goals: Vec<Goal>,
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

/// Separates the members of what js/config.js writes, and the funnels and goals in them.
const MEMBER: u8 = 0x1e;
const GROUP: u8 = 0x1d;
/// A sample is told in millionths.
const MILLION: f64 = 1_000_000.0;

impl Config {
    /// Reads what js/config.js writes; what is missing in it is empty.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let mut members = parts(text, MEMBER);
        let mut next = || members.next().unwrap_or_default();
        let mut config = Self {
            site: next().to_owned(),
            on: read_int(next()).unwrap_or(0) as u32,
            scroll: next().to_owned(),
            video_milestones: next().to_owned(),
            consent: match next() {
                "0" => Consent::Granted,
                "1" => Consent::Cookieless,
                "2" => Consent::Denied,
                _ => Consent::Required,
            },
            sample: read_int(next()).unwrap_or(0) as f64 / MILLION,
            scrub: Scrub {
                paths: next().to_owned(),
            },
            exclude: next().to_owned(),
            queue_bytes: read_int(next()).unwrap_or_default() as u32,
            queue_ms: read_int(next()).unwrap_or_default(),
            ..Self::default()
        };
        for funnel in parts(next(), GROUP) {
            if let Some((name, steps)) = cut(funnel, b'\n') {
                config.funnels.push(Funnel {
                    name: name.to_owned(),
                    steps: steps.to_owned(),
                });
            }
        }
        for goal in parts(next(), GROUP) {
            let mut members = parts(goal, b'\n');
            if let (Some(name), Some(when)) = (members.next(), members.next()) {
                let each = members.next() == Some("1");
                let mut entries = || match unpack(members.next().unwrap_or_default()) {
                    Value::Map(entries) => entries,
                    _ => Entries::new(),
                };
                config.goals.push(Goal {
                    name: name.to_owned(),
                    when: when.to_owned(),
                    each,
                    with: entries(),
                    params: entries(),
                });
            }
        }
        config
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
    /// Names of events, or patterns of the paths of pages, a line each.
    pub steps: String,
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
