//! The edge in the browser: hears the document, tells the core, does what the core wants done.
//!
//! This file holds the exports; each converts, calls, converts back. They are functions and not methods, because a page has
//! one tracker, and a class costs glue and a count of references.

use core::{cell::RefCell, mem::ManuallyDrop};

use wasm_bindgen::prelude::wasm_bindgen;

use crate::{
    config::{Config, Source},
    delivery::{Outcome, Request},
    heatmap::Anchor,
    pack::{TOKEN, unpack},
    selector,
    signal::{Media, MediaEvent, MediaFacts, Navigation, PageFacts, Signal},
    text::{Parts, append, cut, parts, read_int},
    time::Millis,
    tracker::{Effect, Input, Tracker},
    value::{Entries, Value},
};

mod shim;

#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

thread_local! {
    /// Never dropped but by the next `start`: a page has no end at which Wasm could clean up.
    static TRACKER: RefCell<ManuallyDrop<Option<Tracker>>> = const { RefCell::new(ManuallyDrop::new(None)) };
}

/// Reads the config, begins the page's view and hooks the document, in place of what ran before. Answers the faults of the
/// config, one a line. Not for shops: `init` of the package wraps this module, guarded.
#[wasm_bindgen]
pub fn start(config: &str, page: &str, saved: &str, seed: u64, further_seed: u64, time: f64) {
    let config = match Config::read(&unpack(config), &|selector| shim::is_selector(selector)) {
        Ok(config) => config,
        Err(faults) => return shim::answer(faults.as_str()),
    };
    let plan = plan(&config);
    let (video, scroll, heat) = (
        config.video.clone(),
        !config.scroll.is_empty(),
        config.heat_clicks,
    );
    let now = Millis(time as u64);
    let (tracker, effects) =
        Tracker::start(config, &page_facts(page), saved, [seed, further_seed], now);
    TRACKER.with_borrow_mut(|slot| **slot = Some(tracker));
    run(effects, now);
    shim::listen(&plan, &video, scroll, heat);
}

/// Returns the rules as dom.js takes them: per rule `c` (click) or `f` (form), its selector, and selector and attribute of
/// each of its fields.
fn plan(config: &Config) -> String {
    let mut out = String::new();
    for rule in &config.rules {
        append(
            &mut out,
            &[if rule.form { "f" } else { "c" }, "\x1f", &rule.selector],
        );
        for field in &rule.fields {
            let (selector, attribute) = match &field.source {
                Source::Literal(_) => ("", ""),
                Source::Read {
                    selector,
                    attribute,
                } => (selector.as_str(), attribute.as_str()),
            };
            append(&mut out, &["\x1f", selector, "\x1f", attribute]);
        }
        out.push('\x1e');
    }
    out
}

/// What rule `rule` selects was clicked or submitted at `time`; its fields found `texts`.
#[wasm_bindgen]
pub fn acted(rule: usize, texts: &str, time: f64) {
    let readings = parts(texts, TOKEN).map(Value::from).collect();
    signal(Signal::Acted { rule, readings }, time);
}

/// A click fell at `time` on an element with `data-spoor`: the event's name, then name and value of each fact.
#[wasm_bindgen]
pub fn marked(facts: &str, time: f64) {
    let mut texts = parts(facts, TOKEN);
    let name = texts.next().unwrap_or_default().to_owned();
    signal(
        Signal::Marked {
            name,
            facts: pairs(texts),
        },
        time,
    );
}

/// A click fell at `time` on the element that `description` describes, which stands at `left`, `top` of the page; `x`, `y`
/// from there.
#[wasm_bindgen]
#[allow(clippy::too_many_arguments)] // numbers cross the border cheaper than an object of them
pub fn pressed(
    description: &str,
    left: u32,
    top: u32,
    width: u32,
    height: u32,
    x: u32,
    y: u32,
    time: f64,
) {
    let anchor = Anchor {
        selector: selector::build(description),
        rect: [left, top, width, height],
    };
    signal(
        Signal::Pressed {
            anchor,
            offset: [x, y],
        },
        time,
    );
}

/// Media element number `element` reports; title and address come with its first report.
#[wasm_bindgen]
pub fn media(code: u32, element: u32, at_s: f64, duration_s: f64, facts: &str, time: f64) {
    let event = match code {
        0 => MediaEvent::Play,
        1 => MediaEvent::Progress,
        2 => MediaEvent::Seek,
        _ => MediaEvent::Ended,
    };
    let facts = cut(facts, TOKEN).map(|(title, url)| MediaFacts {
        title: title.to_owned(),
        url: url.to_owned(),
    });
    signal(
        Signal::Media(
            Media {
                element,
                event,
                at_s,
                duration_s,
            },
            facts,
        ),
        time,
    );
}

/// This share of the document has been in view, in percent.
#[wasm_bindgen]
pub fn scrolled(percent: f64, time: f64) {
    signal(Signal::Scrolled(percent), time);
}

/// The page turned into another without a load; `code` 0: to another place in its history, 1: its address was replaced,
/// 2: the shop's own code says so, or it came back from the back/forward cache.
#[wasm_bindgen]
pub fn turned(code: u32, page: &str, time: f64) {
    let page = page_facts(page);
    signal(
        match code {
            0 => Signal::Navigated(Navigation::Push, page),
            1 => Signal::Navigated(Navigation::Replace, page),
            _ => Signal::PageEntered(page),
        },
        time,
    );
}

/// The page is no longer in view.
#[wasm_bindgen]
pub fn hidden(time: f64) {
    handle(Input::Hidden, time);
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

/// The shop's own code reports an event. Answers what is wrong with it.
#[wasm_bindgen]
pub fn track(name: &str, params: &str, time: f64) {
    match Signal::tracked(name, unpack(params)) {
        Ok(tracked) => signal(tracked, time),
        Err(fault) => shim::answer(&fault),
    }
}

/// The shop's own code names the customer.
#[wasm_bindgen]
pub fn identify(user: &str, time: f64) {
    signal(Signal::Identified(user.to_owned()), time);
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

/// Reads what `page` of dom.js wrote: the facts of the document in their order, then its campaign parameters.
fn page_facts(facts: &str) -> PageFacts {
    let mut facts = parts(facts, TOKEN);
    let mut page = PageFacts::default();
    for slot in [
        &mut page.url,
        &mut page.title,
        &mut page.referrer,
        &mut page.language,
    ] {
        facts.next().unwrap_or_default().clone_into(slot);
    }
    for slot in page.viewport.iter_mut().chain(&mut page.document) {
        *slot = facts.next().and_then(read_int).unwrap_or_default() as u32;
    }
    page.campaign = pairs(facts);
    page
}

fn pairs(mut texts: Parts<'_>) -> Entries {
    let mut out = Entries::new();
    while let (Some(key), Some(text)) = (texts.next(), texts.next()) {
        out.push((key.to_owned(), Value::from(text)));
    }
    out
}

fn signal(signal: Signal, time: f64) {
    handle(Input::Signal(signal), time);
}

/// Lets go of the tracker before the effects are done: one of them may call back.
fn handle(input: Input, time: f64) {
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
