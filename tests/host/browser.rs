//! A browser as the core sees it: says what happens, does what the core wants done, moves the clock.

use std::collections::{HashMap, HashSet};

use serde_json::Value as Json;
use spoor::{
    config::Config,
    conversion::Found,
    delivery::{Outcome, Request},
    heatmap::Anchor,
    json::write_entries,
    signal::{PageFacts, Signal},
    time::Millis,
    tracker::{Effect, Input, Tracker},
    value::{Entries, Value},
    wire::{Envelope, Event},
};

/// When each journey begins.
pub const START: Millis = Millis(1_763_827_200_000);

/// Returns the value that `json` writes, its entries in the order written.
pub fn value(json: &str) -> Value {
    serde_json::from_str(json).expect(json)
}

/// Returns the entries of the object that `json` writes.
pub fn entries(json: &str) -> Entries {
    let Value::Map(entries) = value(json) else {
        panic!("no object: {json}");
    };
    entries
}

/// Returns the config that `json` writes, where every selector is one.
pub fn config(json: &str) -> Config {
    Config::read(&value(json), &|_| true).unwrap_or_else(|faults| panic!("{}", faults.as_str()))
}

/// Returns what the document at `url` says of itself.
pub fn page(url: &str) -> PageFacts {
    PageFacts {
        url: url.to_owned(),
        title: "Lamp".to_owned(),
        language: "en".to_owned(),
        viewport: [1280, 720],
        document: [1265, 3100],
        ..PageFacts::default()
    }
}

/// Returns the signal of the shop's own code.
pub fn tracked<'a>(name: &'a str, params: &str) -> Signal<'a> {
    Signal::tracked(name, value(params)).expect(name)
}

/// Returns the texts that the fields of a rule found.
pub fn acted(rule: usize, texts: &[&str]) -> Signal<'static> {
    let found = found(texts);
    Signal::Acted { rule, found }
}

/// Returns texts that fields found at an element of no list, that was not pressed.
pub fn found(texts: &[&str]) -> Found<'static> {
    Found {
        readings: texts.join("\u{1f}").leak(),
        ..Found::default()
    }
}

/// Returns the document in view down to this share of it, in percent.
pub fn scrolled(bottom: f64) -> Signal<'static> {
    Signal::Scrolled {
        top: 0.0,
        bottom,
        scroller: "",
    }
}

/// Returns a click on the element that `selector` names, at its corner.
pub fn pressed(selector: &str) -> Signal<'static> {
    Signal::Pressed {
        anchor: Anchor {
            selector: selector.to_owned(),
            rect: [100, 200, 80, 40],
        },
        offset: [4, 4],
        spared: false,
        link: "",
        download: false,
    }
}

/// One browser over several pages, with a collector behind it.
pub struct Browser {
    pub tracker: Tracker,
    pub now: Millis,
    /// Every request made, oldest first.
    pub sent: Vec<Request>,
    /// Requests that were not answered yet.
    pub flying: Vec<Request>,
    /// What the collector answers; `None` leaves requests without an answer.
    pub answer: Option<Outcome>,
    /// What the shop's own code was told.
    pub told: Vec<String>,
    pub wake_at: Option<Millis>,
    saved: String,
    loads: u64,
}

impl Browser {
    /// Opens the first page.
    pub fn open(config: Config, page: &PageFacts) -> Self {
        let (tracker, effects) = Tracker::start(config, page, "", "", [1, 2], START);
        let mut browser = Self {
            tracker,
            now: START,
            sent: Vec::new(),
            flying: Vec::new(),
            answer: Some(Outcome::Done),
            told: Vec::new(),
            wake_at: None,
            saved: String::new(),
            loads: 1,
        };
        browser.run(effects);
        browser
    }

    /// Leaves the page for another, which takes a fifth of a second to load.
    pub fn load(&mut self, page: &PageFacts) {
        self.hide();
        self.now = self.now.plus(200);
        self.loads += 1;
        (self.flying, self.wake_at) = (Vec::new(), None);
        let config = self.tracker.config().clone();
        let seed = [self.loads << 32, self.loads << 16];
        let (tracker, effects) = Tracker::start(config, page, &self.saved, "", seed, self.now);
        self.tracker = tracker;
        self.run(effects);
    }

    /// Hands something in, does what the core wants done, and returns it.
    pub fn input(&mut self, input: Input<'_>) -> Vec<Effect> {
        let effects = self.tracker.handle(input, self.now);
        self.run(effects.clone());
        effects
    }

    pub fn signal(&mut self, signal: Signal<'_>) -> Vec<Effect> {
        self.input(Input::Signal(signal))
    }

    /// Returns what is kept for the next page.
    pub fn saved(&self) -> &str {
        &self.saved
    }

    /// Returns whether anything is kept.
    pub fn has_saved(&self) -> bool {
        !self.saved.is_empty()
    }

    /// The page goes out of view; the browser takes each beacon.
    pub fn hide(&mut self) -> Vec<Effect> {
        self.input(Input::Hidden)
    }

    /// Lets `ms` pass: the collector answers first, then the timer rings when it is due.
    pub fn after(&mut self, ms: u64) {
        let end = self.now.plus(ms);
        loop {
            if let Some(outcome) = self.answer {
                while !self.flying.is_empty() {
                    let request = self.flying.remove(0);
                    self.input(Input::Settled(request.id, outcome));
                }
            }
            let Some(at) = self.wake_at.filter(|at| *at <= end) else {
                break;
            };
            self.now = self.now.max(at);
            self.wake_at = None;
            self.input(Input::Woke);
        }
        self.now = end;
    }

    fn run(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Send(request) => {
                    self.sent.push(request.clone());
                    if request.leaving {
                        self.input(Input::Settled(request.id, Outcome::Done));
                    } else {
                        self.flying.push(request);
                    }
                }
                Effect::WakeAt(at) => self.wake_at = Some(at),
                Effect::Save(text) => self.saved = text,
                Effect::Tell(name, params) => self.told.push(format!("{name} {params}")),
            }
        }
    }

    /// Returns what went out, oldest first.
    pub fn batches(&self) -> Vec<Envelope> {
        self.sent.iter().map(envelope).collect()
    }

    /// Returns the names of the events in each batch.
    pub fn names(&self) -> Vec<Vec<String>> {
        let batches = self.batches();
        batches.iter().map(|batch| names(&events(batch))).collect()
    }

    pub fn status(&self) -> Json {
        serde_json::from_str(&self.tracker.status(self.now)).unwrap()
    }
}

/// Returns the envelope that a request carries.
pub fn envelope(request: &Request) -> Envelope {
    Envelope::parse(&request.body).unwrap_or_else(|fault| panic!("{fault}: {}", request.body))
}

/// Returns the events of a batch, over its pages.
pub fn events(batch: &Envelope) -> Vec<Event> {
    let pages = batch.pages.iter();
    pages.flat_map(|page| page.events.clone()).collect()
}

/// Returns the names of events.
pub fn names(events: &[Event]) -> Vec<String> {
    events.iter().map(|event| event.name.clone()).collect()
}

/// Returns each event as `name params`, the parameters as they stand on the wire.
pub fn lines(events: &[Event]) -> Vec<String> {
    events.iter().map(line).collect()
}

fn line(event: &Event) -> String {
    let mut out = format!("{} ", event.name);
    write_entries(&mut out, &event.params);
    out
}

/// Fails where an event went out twice, or where the numbers of a page have a gap; returns how many events there were.
pub fn assert_each_once(batches: &[Envelope]) -> usize {
    let mut seen = HashSet::new();
    let mut last = HashMap::new();
    for page in batches.iter().flat_map(|batch| &batch.pages) {
        let seqs = page.events.iter().map(|event| event.seq);
        let mut seqs: Vec<u32> = seqs.chain(page.heat.iter().map(|heat| heat.seq)).collect();
        seqs.sort_unstable();
        for seq in seqs {
            assert!(seen.insert((page.id, seq)), "{:?} {seq} twice", page.id);
            let before = last.insert(page.id, seq).unwrap_or(0);
            assert_eq!(seq, before + 1, "a gap on {}", page.url);
        }
    }
    batches.iter().map(|batch| events(batch).len()).sum()
}
