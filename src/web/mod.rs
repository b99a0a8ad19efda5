//! The edge in the browser: hears the document, tells the core, does what the core wants done.
//!
//! The only folder that names web_sys, and this its only file with exports. Each export converts, calls, converts back.
//! They are functions and not methods, because a page has one tracker, and a class costs 1 KB brotli of glue.

use core::cell::RefCell;

use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::{
    config::Config,
    delivery::{Outcome, Request},
    heatmap::Anchor,
    selector,
    signal::{Navigation, Signal},
    text::{append, read_int},
    time::Millis,
    tracker::{Effect, Input, Tracker},
    value::Value,
};

mod convert;
mod observe;
mod shim;

pub use shim::Sink;

#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

struct Edge {
    tracker: Tracker,
    sink: Sink,
}

thread_local! {
    static EDGE: RefCell<Option<Edge>> = const { RefCell::new(None) };
}

/// Reads the config and begins the page's view, in place of what ran before. Not for shops: `init` of the package wraps
/// this module, guarded.
///
/// # Errors
/// A text with every fault of the config, one a line.
#[wasm_bindgen]
pub fn start(config: &JsValue, sink: Sink) -> Result<(), JsValue> {
    let config = Config::read(&convert::value(config), &|selector| {
        shim::is_selector(selector)
    })
    .map_err(|faults| JsValue::from_str(faults.as_str()))?;
    let seed = [shim::chance(), shim::chance()];
    let (tracker, effects) = Tracker::start(config, &observe::page(), &shim::load(), seed, now());
    EDGE.set(Some(Edge {
        tracker,
        sink: sink.clone(),
    }));
    run(&sink, effects);
    Ok(())
}

/// Hooks the document. Apart from `start`, so that nothing calls back before that has returned.
#[wasm_bindgen]
pub fn listen() {
    let config = with(|edge| {
        let config = edge.tracker.config();
        let mut rules = String::new();
        for rule in &config.rules {
            append(
                &mut rules,
                &[if rule.form { "f" } else { "c" }, &rule.selector, "\x1e"],
            );
        }
        (
            edge.sink.clone(),
            rules,
            config.video.clone(),
            !config.scroll.is_empty(),
            config.heat_clicks,
        )
    });
    // Replays what was done before: that calls back, so the tracker must be let go of.
    if let Some((sink, rules, video, scroll, heat)) = config {
        shim::listen(&sink, &rules, &video, scroll, heat);
    }
}

/// Frees all that is held.
#[wasm_bindgen]
pub fn stop() {
    EDGE.set(None);
}

/// `element`, which rule `rule` selects, was clicked or submitted at `time`.
#[wasm_bindgen]
pub fn acted(rule: usize, element: &Element, time: f64) {
    let readings = with(|edge| {
        edge.tracker
            .config()
            .rules
            .get(rule)
            .map(|rule| observe::fields(rule, element))
    });
    let readings = readings.flatten().unwrap_or_default();
    signal(Signal::Acted { rule, readings }, time);
}

/// A click fell at `time` on `element`, which has `data-spoor`.
#[wasm_bindgen]
pub fn marked(element: &Element, time: f64) {
    if let Value::Map(mut facts) = convert::value(&shim::marks(element))
        && let Some((_, Value::Str(name))) = facts.pop()
    {
        signal(Signal::Marked { name, facts }, time);
    }
}

/// A click fell at `time` on `element`, which stands at `left`, `top` of the page; `x`, `y` from there.
#[wasm_bindgen]
#[allow(clippy::too_many_arguments)] // numbers cross the border cheaper than an object of them
pub fn pressed(
    element: &Element,
    left: f64,
    top: f64,
    width: f64,
    height: f64,
    x: f64,
    y: f64,
    time: f64,
) {
    let rect = [left, top, width, height].map(observe::pixels);
    let anchor = Anchor {
        selector: selector::build(&shim::describe(element)),
        rect,
    };
    let offset = [x, y].map(observe::pixels);
    signal(Signal::Pressed { anchor, offset }, time);
}

/// A media element reports; `element` comes with its first report.
#[wasm_bindgen]
pub fn media(code: u32, number: u32, at_s: f64, duration_s: f64, element: Option<Element>) {
    if let Some(media) = observe::media(code, number, at_s, duration_s) {
        signal(
            Signal::Media(media, element.as_ref().map(observe::media_facts)),
            shim::at(),
        );
    }
}

/// This share of the document has been in view, in percent.
#[wasm_bindgen]
pub fn scrolled(percent: f64) {
    signal(Signal::Scrolled(percent), shim::at());
}

/// The address changed without a load.
#[wasm_bindgen]
pub fn navigated(replace: bool) {
    let navigation = if replace {
        Navigation::Replace
    } else {
        Navigation::Push
    };
    signal(Signal::Navigated(navigation, observe::page()), shim::at());
}

/// The page is no longer in view.
#[wasm_bindgen]
pub fn hidden() {
    handle(Input::Hidden, now());
}

/// The time that was waited for has come.
#[wasm_bindgen]
pub fn woke() {
    handle(Input::Woke, now());
}

/// Request `id` was answered with `status`; 0 where it failed.
#[wasm_bindgen]
pub fn settled(id: u32, status: u16, retry_after: &str) {
    let retry_after_ms = read_int(retry_after).map(|seconds| seconds.saturating_mul(1000));
    handle(
        Input::Settled(id, Outcome::of_status(status, retry_after_ms)),
        now(),
    );
}

/// The shop's own code reports an event.
///
/// # Errors
/// Where `name` is no event's name or `params` is no object.
#[wasm_bindgen]
pub fn track(name: String, params: &JsValue) -> Result<(), JsValue> {
    let tracked =
        Signal::tracked(name, convert::value(params)).map_err(|fault| JsValue::from_str(&fault))?;
    signal(tracked, shim::at());
    Ok(())
}

/// The shop's own code names the customer.
#[wasm_bindgen]
pub fn identify(user: String) {
    signal(Signal::Identified(user), shim::at());
}

/// A page was entered: said by the shop's own code, or the page came back from the back/forward cache.
#[wasm_bindgen]
pub fn page() {
    signal(Signal::PageEntered(observe::page()), shim::at());
}

/// Sends all that waits.
#[wasm_bindgen]
pub fn flush() {
    handle(Input::Flush, now());
}

/// Returns how things stand.
#[wasm_bindgen]
pub fn status() -> JsValue {
    let status = with(|edge| edge.tracker.status(now()));
    convert::to_js(status.unwrap_or_default())
}

fn with<T>(ask: impl FnOnce(&mut Edge) -> T) -> Option<T> {
    EDGE.with_borrow_mut(|edge| edge.as_mut().map(ask))
}

fn now() -> Millis {
    Millis(shim::at() as u64)
}

fn signal(signal: Signal, time: f64) {
    handle(Input::Signal(signal), Millis(time as u64));
}

/// Lets go of the tracker before the effects are done: one of them may call back.
fn handle(input: Input, now: Millis) {
    if let Some((sink, effects)) = with(|edge| (edge.sink.clone(), edge.tracker.handle(input, now)))
    {
        run(&sink, effects);
    }
}

fn run(sink: &Sink, effects: Vec<Effect>) {
    for effect in effects {
        match effect {
            Effect::Send(request) => send(sink, &request),
            Effect::WakeAt(at) => shim::wake(sink, at.since(now()) as f64),
            Effect::Save(text) => shim::save(&text),
            Effect::Tell(conversion) => {
                sink.tell(&conversion.name, convert::to_js(conversion.params))
            }
        }
    }
}

fn send(sink: &Sink, request: &Request) {
    if !request.leaving {
        shim::post(sink, request.id, &request.url, &request.body);
    } else if shim::beacon(&request.url, &request.body) {
        // A beacon tells no status: that the browser took it counts as done.
        handle(Input::Settled(request.id, Outcome::Done), now());
    } else {
        handle(Input::Settled(request.id, Outcome::Later(None)), now());
    }
}
