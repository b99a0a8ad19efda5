//! The edge in the browser: hears the document, tells the core, does what the core wants done.
//!
//! The only folder that names web_sys, and this its only file with exports. Each export converts, calls, converts back.

use core::cell::RefCell;

use gloo_timers::callback::Timeout;
use wasm_bindgen::prelude::*;
use web_sys::Element;

use crate::{
    config::Config,
    delivery::{Outcome, Request},
    heatmap::Anchor,
    selector,
    signal::{Navigation, Signal},
    text::append,
    time::Millis,
    tracker::{Effect, Input, Tracker},
    value::Value,
};

mod clock;
mod convert;
mod observe;
mod send;
mod shim;
mod store;

pub use shim::Sink;

#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

/// The tracker of one page. Not for shops: `init` of the package wraps it, guarded.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Spoor {
    tracker: RefCell<Tracker>,
    timer: RefCell<Option<Timeout>>,
    sink: Sink,
}

#[wasm_bindgen]
impl Spoor {
    /// Reads the config and begins the page's view.
    ///
    /// # Errors
    /// A text with every fault of the config, one a line.
    #[wasm_bindgen(constructor)]
    pub fn new(config: &JsValue, sink: Sink) -> Result<Spoor, JsValue> {
        let config = Config::read(&convert::value(config), &|selector| {
            shim::is_selector(selector)
        })
        .map_err(|faults| JsValue::from_str(faults.as_str()))?;
        let page = observe::page();
        let saved = store::load();
        let (tracker, effects) =
            Tracker::start(config, &page, saved.as_deref(), clock::seed(), clock::now());
        let spoor = Self {
            tracker: RefCell::new(tracker),
            timer: RefCell::new(None),
            sink,
        };
        spoor.run(effects);
        Ok(spoor)
    }

    /// Hooks the document. Apart from the constructor, so that the sink can know this before it is called.
    pub fn listen(&self) {
        let tracker = self.tracker.borrow();
        let config = tracker.config();
        let mut rules = String::new();
        for rule in &config.rules {
            append(
                &mut rules,
                &[if rule.form { "f" } else { "c" }, &rule.selector, "\x1e"],
            );
        }
        shim::listen(
            &self.sink,
            &rules,
            &config.video,
            !config.scroll.is_empty(),
            config.heat_clicks,
        );
    }

    /// `element`, which rule `rule` selects, was clicked or submitted.
    pub fn acted(&self, rule: usize, element: &Element, time_stamp: f64) {
        let readings = self
            .tracker
            .borrow()
            .config()
            .rules
            .get(rule)
            .map(|rule| observe::fields(rule, element));
        self.signal_at(
            Signal::Acted {
                rule,
                readings: readings.unwrap_or_default(),
            },
            clock::at(time_stamp),
        );
    }

    /// A click fell on `element`, which has `data-spoor`.
    pub fn marked(&self, element: &Element, time_stamp: f64) {
        if let Value::Map(mut facts) = convert::value(&shim::marks(element))
            && let Some((_, Value::Str(name))) = facts.pop()
        {
            self.signal_at(Signal::Marked { name, facts }, clock::at(time_stamp));
        }
    }

    /// A click fell on `element`, which stands at `left`, `top` of the page; `x`, `y` from there.
    #[allow(clippy::too_many_arguments)] // numbers cross the border cheaper than an object of them
    pub fn pressed(
        &self,
        element: &Element,
        left: f64,
        top: f64,
        width: f64,
        height: f64,
        x: f64,
        y: f64,
        time_stamp: f64,
    ) {
        let rect = [left, top, width, height].map(observe::pixels);
        let anchor = Anchor {
            selector: selector::build(&shim::describe(element)),
            rect,
        };
        let offset = [x, y].map(observe::pixels);
        self.signal_at(Signal::Pressed { anchor, offset }, clock::at(time_stamp));
    }

    /// A media element reports; `element` comes with its first report.
    pub fn media(
        &self,
        code: u32,
        number: u32,
        at_s: f64,
        duration_s: f64,
        element: Option<Element>,
    ) {
        if let Some(media) = observe::media(code, number, at_s, duration_s) {
            self.signal(Signal::Media(
                media,
                element.as_ref().map(observe::media_facts),
            ));
        }
    }

    /// This share of the document has been in view, in percent.
    pub fn scrolled(&self, percent: f64) {
        self.signal(Signal::Scrolled(percent));
    }

    /// The address changed without a load.
    pub fn navigated(&self, replace: bool) {
        let navigation = if replace {
            Navigation::Replace
        } else {
            Navigation::Push
        };
        self.signal(Signal::Navigated(navigation, observe::page()));
    }

    /// The page is no longer in view.
    pub fn hidden(&self) {
        self.handle(Input::Hidden);
    }

    /// The time that was waited for has come.
    pub fn woke(&self) {
        self.handle(Input::Woke);
    }

    /// A request was answered with `status`; 0 where it failed.
    pub fn settled(&self, id: u32, status: u16, retry_after: &str) {
        self.handle(Input::Settled(
            id,
            Outcome::of_status(status, send::retry_after_ms(retry_after)),
        ));
    }

    /// The shop's own code reports an event.
    ///
    /// # Errors
    /// Where `name` is no event's name or `params` is no object.
    pub fn track(&self, name: String, params: &JsValue) -> Result<(), JsValue> {
        let signal = Signal::tracked(name, convert::value(params))
            .map_err(|fault| JsValue::from_str(&fault))?;
        self.signal(signal);
        Ok(())
    }

    /// The shop's own code names the customer.
    pub fn identify(&self, user: String) {
        self.signal(Signal::Identified(user));
    }

    /// A page was entered: said by the shop's own code, or the page came back from the back/forward cache.
    pub fn page(&self) {
        self.signal(Signal::PageEntered(observe::page()));
    }

    /// Sends all that waits.
    pub fn flush(&self) {
        self.handle(Input::Flush);
    }

    /// Returns how things stand.
    pub fn status(&self) -> JsValue {
        convert::to_js(self.tracker.borrow().status(clock::now()))
    }
}

impl Spoor {
    fn signal(&self, signal: Signal) {
        self.handle(Input::Signal(signal));
    }

    fn signal_at(&self, signal: Signal, now: Millis) {
        self.handle_at(Input::Signal(signal), now);
    }

    fn handle(&self, input: Input) {
        self.handle_at(input, clock::now());
    }

    /// Lets go of the tracker before the effects are done: one of them may call back.
    fn handle_at(&self, input: Input, now: Millis) {
        let effects = self.tracker.borrow_mut().handle(input, now);
        self.run(effects);
    }

    fn run(&self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Send(request) => self.send(&request),
                Effect::WakeAt(at) => self.wake_at(at),
                Effect::Save(text) => store::save(&text),
                Effect::Tell(conversion) => self
                    .sink
                    .tell(&conversion.name, convert::to_js(conversion.params)),
            }
        }
    }

    fn send(&self, request: &Request) {
        if !request.leaving {
            shim::post(&self.sink, request.id, &request.url, &request.body);
            return;
        }
        let outcome = send::beacon(&request.url, &request.body);
        self.handle(Input::Settled(request.id, outcome));
    }

    fn wake_at(&self, at: Millis) {
        let sink = self.sink.clone();
        let wait_ms = u32::try_from(at.since(clock::now())).unwrap_or(u32::MAX);
        // Replacing a timer cancels it.
        *self.timer.borrow_mut() = Some(Timeout::new(wait_ms, move || sink.woke()));
    }
}
