//! A browser as the core sees it: says what happens, does what the core wants done, moves the clock.

use std::collections::{HashMap, HashSet};

use serde_json::Value as Json;
use spoor::{
    config::{
        ATTENTION, CLICK, Config, Consent, FILE_DOWNLOAD, Funnel, Goal, HEAT, NO_BOTS, NO_IDENTITY,
        QUICK_BACK, RAGE_CLICK, SEARCH, SHARE,
    },
    conversion::Found,
    delivery::{Outcome, Request, Way},
    heatmap::Spot,
    json::write_entries,
    privacy::Scrub,
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

/// Returns what js/config.js makes of the config that `json` writes: all but the rules, which the page keeps to itself.
pub fn config(json: &str) -> Config {
    let said: Json = serde_json::from_str(json).expect(json);
    let texts = |list: &Json| {
        let texts: Vec<String> = serde_json::from_value(list.clone()).unwrap_or_default();
        texts.join("\n")
    };
    let percentages = |said: &Json, usual: &str| match said {
        Json::Null => String::new(),
        Json::Array(list) => list
            .iter()
            .map(Json::to_string)
            .collect::<Vec<_>>()
            .join(" "),
        _ => usual.to_owned(),
    };
    let track = |name: &str| said["track"][name] == true;
    let on = [
        (track("share"), SHARE),
        (track("search"), SEARCH),
        (track("file_download"), FILE_DOWNLOAD),
        (track("click"), CLICK),
        (track("rage_click"), RAGE_CLICK),
        (track("quick_back"), QUICK_BACK),
        (track("attention"), ATTENTION),
        (said["heatmap"] == true, HEAT),
        (said["identity"] == "none", NO_IDENTITY),
        (said["bots"] == "drop", NO_BOTS),
    ];
    let funnels = said["funnels"].as_object().into_iter().flatten();
    let goals = match value(json).get("goals") {
        Some(Value::List(goals)) => goals.iter().map(goal).collect(),
        _ => Vec::new(),
    };
    Config {
        site: said["site"].as_str().unwrap_or_default().to_owned(),
        on: on
            .iter()
            .filter(|(is_on, _)| *is_on)
            .map(|(_, bit)| bit)
            .sum(),
        scroll: percentages(&said["track"]["scroll"], "25 50 75 90"),
        video_milestones: percentages(&said["track"]["video"], "10 25 50 75"),
        consent: match said["consent"].as_str() {
            Some("cookieless") => Consent::Cookieless,
            Some("denied") => Consent::Denied,
            Some("required") => Consent::Required,
            _ => Consent::Granted,
        },
        sample: said["sample"].as_f64().unwrap_or(1.0),
        scrub: Scrub {
            paths: texts(&said["privacy"]["paths"]),
        },
        exclude: texts(&said["exclude"]),
        queue_bytes: said["queue"]["bytes"].as_u64().unwrap_or(512 * 1024) as u32,
        queue_ms: said["queue"]["days"].as_u64().unwrap_or(7) * 86_400_000,
        funnels: funnels
            .map(|(name, steps)| Funnel {
                name: name.clone(),
                steps: texts(steps),
            })
            .collect(),
        goals,
    }
}

fn goal(said: &Value) -> Goal {
    let Value::Map(members) = said else {
        panic!("no goal: {said:?}");
    };
    let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let when = said.get("when").expect("when");
    let (event, with) = match when {
        Value::Map(with) => (when.get("event"), with.as_slice()),
        _ => (Some(when), &[][..]),
    };
    let but = |entries: &[(String, Value)], keys: [&str; 3]| -> Entries {
        let mut kept = entries.to_vec();
        kept.retain(|(key, _)| !keys.contains(&key.as_str()));
        kept
    };
    Goal {
        name: text(said.get("name")),
        when: text(event),
        each: text(said.get("once")) == "each",
        with: but(with, ["event"; 3]),
        params: but(members, ["name", "when", "once"]),
    }
}

/// Returns what the document at `url` says of itself.
pub fn page(url: &str) -> PageFacts<'static> {
    PageFacts {
        url: url.to_owned().leak(),
        title: "Lamp",
        language: "en",
        viewport: [1280, 720],
        document: [1265, 3100],
        ..PageFacts::default()
    }
}

/// Returns the signal of the shop's own code.
pub fn tracked<'a>(name: &'a str, params: &str) -> Signal<'a> {
    let params = match value(params) {
        Value::Map(params) => params,
        _ => Entries::new(),
    };
    let params = Box::leak(Box::new(params));
    Signal::Tracked { name, params }
}

/// Returns the signal of a rule by the name of its event, and key and text of what it found, by the keys of [`Found::said`].
pub fn acted(said: &[&str]) -> Signal<'static> {
    Signal::Acted(found(said))
}

/// Returns what a rule found at an element of no list, that was not pressed.
pub fn found(said: &[&str]) -> Found<'static> {
    Found {
        said: said.join("\u{1f}").leak(),
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
pub fn pressed(selector: &str) -> Signal<'_> {
    Signal::Pointed {
        spot: Box::leak(Box::new(Spot::click(selector, [100, 200, 80, 40], [4, 4]))),
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
    pub fn open(config: Config, page: &PageFacts<'_>) -> Self {
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
    pub fn load(&mut self, page: &PageFacts<'_>) {
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
                Effect::Send(request) if request.way == Way::Over => {}
                Effect::Send(request) => {
                    self.sent.push(request.clone());
                    if request.way == Way::Last {
                        self.input(Input::Settled(request.id, Outcome::Done));
                    } else {
                        self.flying.push(request);
                    }
                }
                Effect::WakeAt(at) => self.wake_at = Some(at),
                Effect::Save(text) => self.saved = text,
                Effect::Tell(name, params) => self.told.push(format!("{name} {params}")),
                Effect::Answer(_) | Effect::Keep(..) | Effect::Drop(_) | Effect::Draft(..) => {}
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
