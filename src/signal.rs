//! What the edge reports: facts of the page and of what was done on it, with no judgement.

use crate::{
    conversion::Found,
    form::FormEvent,
    heatmap::Spot,
    value::{Entries, Value},
};

/// What the document says of itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PageFacts<'a> {
    /// The address, as the browser has it.
    pub url: &'a str,
    /// The title.
    pub title: &'a str,
    /// The page before, as the browser has it.
    pub referrer: &'a str,
    /// Language of the document, else of the browser, as BCP 47.
    pub language: &'a str,
    /// Width and height of the window's content, in CSS pixels.
    pub viewport: [u32; 2],
    /// Width and height of the document, in CSS pixels.
    pub document: [u32; 2],
    /// Where the address shows results of a search, `=` and what was searched, as far as that may be kept; else nothing.
    pub search: &'a str,
    /// The campaign's parameters of the address, each name and value, decoded, separated by [`TOKEN`](crate::pack::TOKEN):
    /// `CAMPAIGN` in src/web/dom.js.
    pub campaign: &'a str,
    /// The parameters that the config lets through, likewise. The edge reads no others.
    pub query: &'a str,
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
    /// Whether it cannot be heard.
    pub muted: bool,
    /// Whether at least half of it is in view.
    pub visible: bool,
}

/// Something done on the page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Signal<'a> {
    /// The address changed without a load.
    Navigated(Navigation, PageFacts<'a>),
    /// What a rule of the config selects, or markup names, was clicked, submitted or seen, or is on the page.
    Acted(Found<'a>),
    /// A media element that `Config::video` selects did something; its facts are told the first time.
    Media(Media, Option<MediaFacts<'a>>),
    /// The document is in view from `top` to `bottom`, in percent, and nobody has scrolled it.
    Viewed {
        /// Upper edge of what is in view.
        top: f64,
        /// Lower edge of it.
        bottom: f64,
    },
    /// The document, or a box in it, was scrolled, and is in view from `top` to `bottom`, in percent.
    Scrolled {
        /// Upper edge of what is in view.
        top: f64,
        /// Lower edge of it.
        bottom: f64,
        /// Selector of what was scrolled; empty for the document.
        scroller: &'a str,
    },
    /// A click fell on an element, or the pointer came by, or stayed.
    Pointed {
        /// Where, and on what.
        spot: &'a Spot<'a>,
        /// Whether clicking it often, or in vain, means nothing.
        spared: bool,
        /// Where the link around it leads, as the browser resolves it; empty where there is none.
        link: &'a str,
        /// Whether that link says that it is a download.
        download: bool,
    },
    /// The pointer moves.
    Moved {
        /// Whether it turned back from where it went.
        turned: bool,
    },
    /// Nothing came of the last click.
    Unanswered,
    /// An error of the page that nobody caught: its name, and where in the code.
    Erred(&'a str),
    /// Something happened to a form.
    Form {
        /// Number of the form on its page.
        form: u32,
        /// What happened.
        event: FormEvent,
        /// Name of the field.
        field: &'a str,
        /// The form's name, or what is wrong with the field.
        detail: &'a str,
    },
    /// The browser's own dialog has shared the page.
    Shared,
    /// The item that the page says it shows, see [`Offer::item`](crate::offer::Offer::item).
    Offered(&'a str),
    /// The shop pushed an event of GA4's ecommerce to its `dataLayer`.
    Pushed {
        /// Its name.
        name: &'a str,
        /// Its `ecommerce`.
        facts: &'a Value,
    },
    /// The shop's own code reports an event.
    Tracked {
        /// Its name.
        name: &'a str,
        /// Its parameters.
        params: &'a Entries,
    },
    /// The shop's own code says that a page was entered.
    PageEntered(PageFacts<'a>),
    /// The shop's own code names the customer.
    Identified(&'a str),
}

/// What names a medium.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MediaFacts<'a> {
    /// Its title, from the element's `title` or `aria-label`.
    pub title: &'a str,
    /// Its address.
    pub url: &'a str,
    /// Who plays it: `html5`, `youtube` or `vimeo`.
    pub provider: &'static str,
}
