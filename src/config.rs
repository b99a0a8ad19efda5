//! What spoor does on a page: rules that hold, options within their bounds. Read out of JavaScript's object by
//! [`crate::options`].

use crate::{privacy::Scrub, text::is_listed, value::Value};

/// What spoor does on a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// Address of the collector: absolute, or from the page's origin.
    pub collector: String,
    /// Name of the shop; empty for the page's host.
    pub site: String,
    /// Conversions told by clicks, submitted forms, pages and what is seen of them.
    pub rules: Vec<Rule>,
    /// What holds one item in a list; empty where nothing says it.
    pub card: String,
    /// Where an item's facts stand, for rules that say nothing of their own.
    pub item: Vec<Field>,
    /// Names of [`BUILT_INS`] that are on, each a bit by its place in the list.
    pub built_ins: u32,
    /// Which videos are followed; empty for none.
    pub video: String,
    /// Percentages of a video at which `video_progress` is told, rising.
    pub video_milestones: Vec<u8>,
    /// Percentages of the document at which `scroll` is told, rising.
    pub scroll: Vec<u8>,
    /// Steps in order that are followed through a visit.
    pub funnels: Vec<Funnel>,
    /// What is worth an event of its own once it happened.
    pub goals: Vec<Goal>,
    /// Whether clicks become heatmap points.
    pub heat_clicks: bool,
    /// What may be kept, before anybody was asked.
    pub consent: Consent,
    /// Whether nothing may be remembered from page to page.
    pub without_identity: bool,
    /// Whether nothing is told of robots.
    pub without_bots: bool,
    /// Share of the visitors that is followed, above 0 up to 1.
    pub sample: f64,
    /// What may be kept of addresses.
    pub scrub: Scrub,
    /// Hosts whose referral never begins a visit, beside the usual ones.
    pub exclude: Vec<String>,
    /// When a batch is sent.
    pub batch: BatchLimits,
}

/// What `track: { name: true }` switches on; src/web/listen.js knows them by their places.
pub const BUILT_INS: &str = "share search file_download click form rage_click dead_click error_click thrashed_cursor quick_back attention view_item select_item view_item_list";

impl Config {
    /// Returns whether the built-in recogniser `name` is on.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        built_in(name) & self.built_ins != 0
    }
}

/// Returns the bit of a built-in recogniser, 0 where there is none of that name.
#[must_use]
pub fn built_in(name: &str) -> u32 {
    let place = crate::text::parts(BUILT_INS, b' ').position(|known| known == name);
    place.map_or(0, |place| 1 << place)
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

/// What makes a rule's conversion.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trigger {
    /// A click.
    #[default]
    Click,
    /// A form that was really sent.
    Submit,
    /// A page at which an address or an element is.
    Page,
    /// An element that came into view.
    Seen,
}

/// A conversion told by an element or a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rule {
    /// Name of the event.
    pub name: String,
    /// What it needs.
    pub trigger: Trigger,
    /// Which elements.
    pub selector: String,
    /// Of [`Trigger::Page`]: pattern of the path, or with `?` or `=` in it of path and query; empty for any.
    pub url: String,
    /// What must be shown, or pattern of what must be answered, until it counts; empty for nothing.
    pub success: String,
    /// Which elements are pressed already, so that a click takes back; empty for none.
    pub toggle: String,
    /// Of [`Trigger::Seen`]: share of the element that must be in view, in percent.
    pub share: u32,
    /// Of [`Trigger::Seen`]: for how long without a break.
    pub dwell_ms: u32,
    /// Where its parameters stand on the page.
    pub fields: Vec<Field>,
}

/// One parameter of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Whether it describes the item, and not the event itself.
    pub of_item: bool,
    /// Name of the parameter.
    pub key: String,
    /// Where its value comes from.
    pub source: Source,
}

/// Where a parameter's value comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// From the config itself.
    Literal(Value),
    /// From the page, near the element that was acted on.
    Read {
        /// The element to read, in the nearest ancestor that holds one; empty for the nearest ancestor with the attribute.
        selector: String,
        /// The attribute to read; empty for the text.
        attribute: String,
    },
}

/// Steps in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Funnel {
    /// Its name.
    pub name: String,
    /// Names of events, or patterns of the paths of pages.
    pub steps: Vec<String>,
}

/// What is worth an event of its own.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Goal {
    /// Name of its event.
    pub name: String,
    /// Name of the event, or pattern of a page's path, that reaches it.
    pub when: String,
    /// Parameters that the event must have: numbers at least as great, texts the same.
    pub with: Vec<(String, Value)>,
    /// Parameters of its own event.
    pub params: Vec<(String, Value)>,
    /// Whether it is told each time, and not once in a visit.
    pub each: bool,
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

/// GA4 takes no longer event names; other collectors' limits lie above.
const MAX_NAME: usize = 40;

/// Returns whether collectors take `name` for an event.
#[must_use]
pub fn is_event_name(name: &str) -> bool {
    name.len() <= MAX_NAME
        && name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'_')
}

/// Events of one item, which a page that shows an item describes.
const OF_ITEM: &str = "view_item view_item_list select_item add_to_cart remove_from_cart add_to_wishlist remove_from_wishlist share";

impl Rule {
    /// Returns whether the config's `item` describes what the rule finds: an event of one item, of which it says nothing itself.
    #[must_use]
    pub fn wants_item(&self) -> bool {
        is_listed(OF_ITEM, &self.name) && self.fields.iter().all(|field| !field.of_item)
    }
}
