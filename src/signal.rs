//! What the edge reports: facts of the page and of what was done on it, with no judgement.

use crate::{
    config::is_event_name,
    heatmap::Anchor,
    text::concat,
    value::{Entries, Value},
};

/// What the document says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PageFacts {
    /// The address, as the browser has it.
    pub url: String,
    /// The title.
    pub title: String,
    /// The page before, as the browser has it.
    pub referrer: String,
    /// Language of the document, else of the browser, as BCP 47.
    pub language: String,
    /// Width and height of the window's content, in CSS pixels.
    pub viewport: [u32; 2],
    /// Width and height of the document, in CSS pixels.
    pub document: [u32; 2],
    /// The campaign's parameters of the address, decoded; the edge reads no others: `CAMPAIGN` in src/web/dom.js.
    pub campaign: Entries,
}

/// How the document came to another address without being loaded.
/// <https://html.spec.whatwg.org/multipage/nav-history-apis.html#navigationtype>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Navigation {
    /// `pushState`, a link to a fragment, back or forward.
    Push,
    /// `replaceState`: the same place under another address, unless its path differs.
    Replace,
}

/// What a media element did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaEvent {
    /// Plays, or plays on.
    Play,
    /// Has come further, and is playing.
    Progress,
    /// Was moved to another time.
    Seek,
    /// Came to its end.
    Ended,
}

/// A media element at the time of an event.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Media {
    /// Number of the element on its page.
    pub element: u32,
    /// What it did.
    pub event: MediaEvent,
    /// Where in the medium it stands, in seconds.
    pub at_s: f64,
    /// How long the medium is, in seconds; not finite for a stream.
    pub duration_s: f64,
}

/// Something done on the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Signal {
    /// The address changed without a load.
    Navigated(Navigation, PageFacts),
    /// What rule `rule` of the config selects was clicked, or submitted.
    Acted {
        /// Index of the rule.
        rule: usize,
        /// The texts that its fields found, in their order; empty where a field found nothing.
        readings: Vec<Value>,
    },
    /// A click fell on an element with `data-spoor`.
    Marked {
        /// The attribute's value.
        name: String,
        /// The element's `data-spoor-*` attributes, without that prefix.
        facts: Entries,
    },
    /// A media element that `Config::video` selects did something; its facts are told the first time.
    Media(Media, Option<MediaFacts>),
    /// The document was scrolled until this share of it, in percent, had been in view.
    Scrolled(f64),
    /// A point of the heatmap.
    Pressed {
        /// The element, with its selector.
        anchor: Anchor,
        /// Offset from the element's left and top edge, in CSS pixels.
        offset: [u32; 2],
    },
    /// The shop's own code reports an event.
    Tracked {
        /// Its name.
        name: String,
        /// Its parameters.
        params: Entries,
    },
    /// The shop's own code says that a page was entered.
    PageEntered(PageFacts),
    /// The shop's own code names the customer.
    Identified(String),
}

/// What names a medium.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MediaFacts {
    /// Its title, from the element's `title` or `aria-label`.
    pub title: String,
    /// Its address.
    pub url: String,
}

impl Signal {
    /// Returns the report of the shop's own code; `null` stands for no parameters.
    ///
    /// # Errors
    /// What is wrong with it, and the remedy.
    pub fn tracked(name: &str, params: Value) -> Result<Self, String> {
        if !is_event_name(name) {
            return Err(concat(&[
                "track: \"",
                name,
                "\" is no event name; use up to 40 letters, digits and _",
            ]));
        }
        match params {
            Value::Map(params) => Ok(Self::Tracked {
                name: name.to_owned(),
                params,
            }),
            Value::Null => Ok(Self::Tracked {
                name: name.to_owned(),
                params: Entries::new(),
            }),
            _ => Err(concat(&[
                "track: the parameters of \"",
                name,
                "\" must be an object",
            ])),
        }
    }
}
