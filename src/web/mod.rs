//! The edge in the browser: hears the document, tells the core, does what the core wants done.
//!
//! This file holds the exports; each converts, calls, converts back. They are functions and not methods, because a page has
//! one tracker, and a class costs glue and a count of references.

use core::{cell::RefCell, mem::ManuallyDrop};

use wasm_bindgen::prelude::wasm_bindgen;

use crate::{
    bot,
    config::{Config, Consent},
    conversion::Found,
    delivery::{Outcome, Request},
    form::FormEvent,
    heatmap::Anchor,
    pack::{TOKEN, unpack},
    signal::{Media, MediaEvent, MediaFacts, Navigation, PageFacts, Signal},
    text::{cut, parts, read_int},
    time::Millis,
    tracker::{Effect, Input, Tracker},
    value::{Entries, Value},
};

mod shim;

/// Separates what [`pressed`] is told.
const PART: u8 = 0x1d;
/// Separates the facts of a page from the parameters of its address.
const LIST: u8 = 0x1e;

#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

thread_local! {
    /// Never dropped but by the next `start`: a page has no end at which Wasm could clean up.
    static TRACKER: RefCell<ManuallyDrop<Option<Tracker>>> = const { RefCell::new(ManuallyDrop::new(None)) };
}

/// Begins the page's view, in place of what ran before; returns whether this visitor is followed at all. `config` is what
/// js/config.js writes, `agent` the browser's name, or `webdriver` where a program drives it. Not for shops: `init` of the
/// package wraps this module, guarded.
#[wasm_bindgen]
pub fn start(
    config: &str,
    page: &str,
    saved: &str,
    agent: &str,
    seed: u64,
    further_seed: u64,
    time: f64,
) -> bool {
    let now = Millis(time as u64);
    let (tracker, effects) = Tracker::start(
        Config::read(config),
        &page_facts(page),
        saved,
        bot::reason(agent),
        [seed, further_seed],
        now,
    );
    let is_followed = tracker.is_followed();
    if is_followed {
        TRACKER.with_borrow_mut(|slot| **slot = Some(tracker));
        run(effects, now);
    }
    is_followed
}

/// What rules.js gathered: `flags` 1 pressed before, 2 in a card, 4 its item is the config's or the page's, 8 nobody acted.
fn found(flags: u32, said: &str) -> Found<'_> {
    Found {
        said,
        pressed: flags & 1 != 0,
        in_card: flags & 2 != 0,
        is_derived: flags & 4 != 0,
        is_shown: flags & 8 != 0,
    }
}

/// What a rule selects, or markup names, was clicked or submitted at `time`, or is on the page. Returns whether it had something
/// to tell.
#[wasm_bindgen]
pub fn acted(flags: u32, said: &str, time: f64) -> bool {
    signal(Signal::Acted(found(flags, said)), time);
    TRACKER.with_borrow(|slot| slot.as_ref().is_some_and(Tracker::has_told))
}

/// Of element number `element`, which rule `rule` selects, `enough` came into view, or no longer is; after `dwell_ms` it is seen.
#[wasm_bindgen]
#[allow(clippy::too_many_arguments)] // numbers cross the border cheaper than an object of them
pub fn seen(
    rule: u32,
    element: u32,
    enough: bool,
    dwell_ms: f64,
    flags: u32,
    said: &str,
    time: f64,
) {
    signal(
        Signal::Seen {
            what: [rule, element],
            enough,
            dwell_ms,
            found: found(flags, said),
        },
        time,
    );
}

/// A click fell at `time` on an element that stands at `left`, `top` of the page; `x`, `y` from there. `said` holds flags (1:
/// clicking it means nothing, 2: the link around it is a download), where that link leads, and the element's selector.
#[wasm_bindgen]
#[allow(clippy::too_many_arguments)] // numbers cross the border cheaper than an object of them
pub fn pressed(
    said: &str,
    left: u32,
    top: u32,
    width: u32,
    height: u32,
    x: u32,
    y: u32,
    time: f64,
) {
    let mut said = parts(said, PART);
    let mut next = || said.next().unwrap_or_default();
    let flags = read_int(next()).unwrap_or(0);
    let link = next();
    let anchor = Anchor {
        selector: next().to_owned(),
        rect: [left, top, width, height],
    };
    signal(
        Signal::Pressed {
            anchor: &anchor,
            offset: [x, y],
            spared: flags & 1 != 0,
            link,
            download: flags & 2 != 0,
        },
        time,
    );
}

/// The pointer moves, and `turned` back.
#[wasm_bindgen]
pub fn moved(turned: bool, time: f64) {
    signal(Signal::Moved { turned }, time);
}

/// Media element number `element` reports; title and address come with its first report. `flags` 1: muted, 2: in view, and
/// four times the number of its provider: HTML5, YouTube, Vimeo.
#[wasm_bindgen]
pub fn media(
    code: u32,
    element: u32,
    at_s: f64,
    duration_s: f64,
    flags: u32,
    facts: &str,
    time: f64,
) {
    let event = match code {
        0 => MediaEvent::Play,
        1 => MediaEvent::Progress,
        2 => MediaEvent::Seek,
        _ => MediaEvent::Ended,
    };
    let provider = match flags >> 2 {
        0 => "html5",
        1 => "youtube",
        _ => "vimeo",
    };
    let facts = cut(facts, TOKEN).map(|(title, url)| MediaFacts {
        title,
        url,
        provider,
    });
    signal(
        Signal::Media(
            Media {
                element,
                event,
                at_s,
                duration_s,
                muted: flags & 1 != 0,
                visible: flags & 2 != 0,
            },
            facts,
        ),
        time,
    );
}

/// The document, or the box that `scroller` selects, is in view from `top` to `bottom`, in percent; a point alone stands for the
/// document where nobody has scrolled it.
#[wasm_bindgen]
pub fn scrolled(top: f64, bottom: f64, scroller: &str, time: f64) {
    signal(
        match scroller {
            "." => Signal::Viewed { top, bottom },
            _ => Signal::Scrolled {
                top,
                bottom,
                scroller,
            },
        },
        time,
    );
}

/// Something happened to `field` of form number `number`; the codes stand in src/web/form.js.
#[wasm_bindgen]
pub fn form(code: u32, number: u32, field: &str, detail: &str, time: f64) {
    let event = match code {
        0 => FormEvent::Focus,
        1 => FormEvent::Blur,
        2 => FormEvent::Input,
        3 => FormEvent::Change,
        4 => FormEvent::Invalid,
        _ => FormEvent::Sent,
    };
    signal(
        Signal::Form {
            form: number,
            event,
            field,
            detail,
        },
        time,
    );
}

/// The edge noted something that needs no number: 0 nothing came of the last click, 1 an error, 2 shared by the browser's own
/// dialog, 3 the item that the page says it shows, 4 an event of the shop's dataLayer, 5 what another tab has saved, 6 the
/// visitor's answer and what is saved.
#[wasm_bindgen]
pub fn noted(code: u32, text: &str, time: f64) {
    let (first, rest) = cut(text, TOKEN).unwrap_or((text, ""));
    let facts = unpack(rest);
    let input = match code {
        0 => Input::Signal(Signal::Unanswered),
        1 => Input::Signal(Signal::Erred(text)),
        2 => Input::Signal(Signal::Shared),
        3 => Input::Signal(Signal::Offered(text)),
        4 => Input::Signal(Signal::Pushed {
            name: first,
            facts: &facts,
        }),
        5 => Input::Saved(text),
        _ => {
            let consent = match first {
                "granted" => Consent::Granted,
                "cookieless" => Consent::Cookieless,
                _ => Consent::Denied,
            };
            Input::Answered(consent, rest)
        }
    };
    handle(input, time);
}

/// The page turned into another without a load; `code` 0: to another place in its history, 1: its address was replaced,
/// 2: the shop's own code says so, or it came back from the back/forward cache. Returns whether that is another page.
#[wasm_bindgen]
pub fn turned(code: u32, page: &str, time: f64) -> bool {
    let views = || TRACKER.with_borrow(|slot| slot.as_ref().map(Tracker::views));
    let before = views();
    let page = page_facts(page);
    signal(
        match code {
            0 => Signal::Navigated(Navigation::Push, page),
            1 => Signal::Navigated(Navigation::Replace, page),
            _ => Signal::PageEntered(page),
        },
        time,
    );
    before != views()
}

/// The page is no longer in view.
#[wasm_bindgen]
pub fn hidden(time: f64) {
    handle(Input::Hidden, time);
}

/// The page is being left; `closing` where nothing on it led away.
#[wasm_bindgen]
pub fn left(closing: bool, time: f64) {
    handle(Input::Left(closing), time);
}

/// The time that was waited for has come.
#[wasm_bindgen]
pub fn woke(time: f64) {
    handle(Input::Woke, time);
}

/// Request `id` was answered with `status`; 0 where it failed.
#[wasm_bindgen]
pub fn settled(id: u32, status: u16, retry_after: &str, time: f64) {
    let retry_after_ms = read_int(retry_after).map(|seconds| u64::from(seconds as u32) * 1000);
    handle(
        Input::Settled(id, Outcome::of_status(status, retry_after_ms)),
        time,
    );
}

/// The shop's own code reports an event, with an object of parameters or none.
#[wasm_bindgen]
pub fn track(name: &str, params: &str, time: f64) {
    let params = match unpack(params) {
        Value::Map(params) => params,
        _ => Entries::new(),
    };
    signal(
        Signal::Tracked {
            name,
            params: &params,
        },
        time,
    );
}

/// The shop's own code names the customer.
#[wasm_bindgen]
pub fn identify(user: &str, time: f64) {
    signal(Signal::Identified(user), time);
}

/// Sends all that waits.
#[wasm_bindgen]
pub fn flush(time: f64) {
    handle(Input::Flush, time);
}

/// Answers how things stand, as JSON.
#[wasm_bindgen]
pub fn status(time: f64) {
    TRACKER.with_borrow(|slot| {
        if let Some(tracker) = &**slot {
            shim::answer(&tracker.status(Millis(time as u64)));
        }
    });
}

/// Reads what `page` of dom.js wrote: the facts of the document in their order, then the parameters of its address, those of
/// its campaign and those of the config.
fn page_facts(facts: &str) -> PageFacts<'_> {
    let mut lists = parts(facts, LIST);
    let mut list = || lists.next().unwrap_or_default();
    let mut facts = parts(list(), TOKEN);
    let mut next = || facts.next().unwrap_or_default();
    let [url, title, referrer, language, search] = [(); 5].map(|()| next());
    let [width, height, document_width, document_height] =
        [(); 4].map(|()| read_int(next()).unwrap_or_default() as u32);
    PageFacts {
        url,
        title,
        referrer,
        language,
        viewport: [width, height],
        document: [document_width, document_height],
        search,
        campaign: list(),
        query: list(),
    }
}

fn signal(signal: Signal<'_>, time: f64) {
    handle(Input::Signal(signal), time);
}

/// Lets go of the tracker before the effects are done: one of them may call back.
fn handle(input: Input<'_>, time: f64) {
    let now = Millis(time as u64);
    let mut effects = Vec::new();
    TRACKER.with_borrow_mut(|slot| {
        if let Some(tracker) = &mut **slot {
            effects = tracker.handle(input, now);
        }
    });
    run(effects, now);
}

fn run(effects: Vec<Effect>, now: Millis) {
    for effect in effects {
        match effect {
            Effect::Send(request) => send(&request, now),
            Effect::WakeAt(at) => shim::wake(at.since(now) as f64),
            Effect::Save(text) => shim::save(&text),
            Effect::Tell(name, params) => shim::tell(&name, &params),
        }
    }
}

fn send(request: &Request, now: Millis) {
    if !request.leaving {
        return shim::post(request.id, &request.url, &request.body);
    }
    // A beacon tells no status: that the browser took it counts as done.
    let taken = shim::beacon(&request.url, &request.body);
    let outcome = if taken {
        Outcome::Done
    } else {
        Outcome::Later(None)
    };
    handle(Input::Settled(request.id, outcome), now.0 as f64);
}
