//! Delivery under any schedule of clicks, pauses, answers and leaving: a model says what must hold.

use std::collections::{BTreeMap, HashMap, HashSet};

use proptest::prelude::*;
use spoor::{
    delivery::{MAX_KEPT_MS, Outcome, Request, Way},
    id::Id,
    time::Millis,
    tracker::{Effect, Input, Tracker},
    value::{Entries, Value},
};

use crate::browser::{START, config, entries, envelope, events, page, tracked};

/// As docs of `delivery` say: no more batches than this are held.
const MAX_BATCHES: u64 = 32;
const MAX_RETRY_MS: u64 = 60_000;

#[derive(Clone, Debug)]
enum Step {
    /// The shop reports this many events.
    Track(u8),
    /// An event that no request carries.
    TrackHuge,
    Flush,
    /// Time passes, and the timer rings where it is due.
    After(u32),
    /// The collector answers.
    Answer(Outcome),
    /// The page is hidden; the browser takes as many beacons as this.
    Hide(u8),
    /// The page is left for the next one; the browser takes as many beacons as this, and what is on its way arrives, or not.
    Turn(u8, bool),
}

/// What happens where the collector refuses nothing.
fn any_good_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => (1u8..4).prop_map(Step::Track),
        2 => Just(Step::Flush),
        2 => (0u32..90_000).prop_map(Step::After),
        2 => Just(Step::Answer(Outcome::Done)),
        2 => prop::option::of(0u64..100_000).prop_map(|ms| Step::Answer(Outcome::Later(ms))),
        1 => (0u8..3).prop_map(Step::Hide),
        2 => (0u8..3, any::<bool>()).prop_map(|(beacons, arrives)| Step::Turn(beacons, arrives)),
    ]
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (1u8..4).prop_map(Step::Track),
        1 => Just(Step::TrackHuge),
        4 => Just(Step::Flush),
        4 => (0u32..90_000).prop_map(Step::After),
        2 => Just(Step::Answer(Outcome::Done)),
        3 => prop::option::of(0u64..100_000).prop_map(|ms| Step::Answer(Outcome::Later(ms))),
        1 => Just(Step::Answer(Outcome::Refused)),
        1 => Just(Step::Answer(Outcome::TooLarge)),
        1 => (0u8..3).prop_map(Step::Hide),
    ]
}

/// A tracker, and what is known of it from outside.
struct Model {
    tracker: Tracker,
    now: Millis,
    wake_at: Option<Millis>,
    flying: Option<Request>,
    /// Whether the page is hidden, and how many beacons the browser still takes.
    beacons: Option<u8>,
    /// Events that came up, the page's view among them.
    made: u64,
    /// What the browser keeps for the next page.
    storage: BTreeMap<String, String>,
    pages: u64,
    /// Batches that the collector has: it drops repeats.
    known: HashSet<Id>,
    /// Events that the collector has, and losses that it was told of.
    arrived: u64,
    told_lost: u64,
    /// For each batch: its content at the first try, and how often it failed.
    tries: HashMap<Id, (Entries, u32)>,
    /// After a failure: when the next try may be at the earliest, and must be at the latest.
    wait: Option<(Millis, Millis)>,
}

impl Model {
    fn open() -> Self {
        let (tracker, effects) = Tracker::start(
            config(r#"{"collector": "/collect"}"#),
            &page("https://shop.example/a"),
            "",
            "",
            [3, 4],
            START,
        );
        let mut model = Self {
            tracker,
            now: START,
            wake_at: None,
            flying: None,
            beacons: None,
            made: 1,
            storage: BTreeMap::new(),
            pages: 1,
            known: HashSet::new(),
            arrived: 0,
            told_lost: 0,
            tries: HashMap::new(),
            wait: None,
        };
        model.run(effects);
        model
    }

    /// Plays `steps` to the end, at which the collector is well again.
    fn play(steps: Vec<Step>) -> Self {
        let mut model = Self::open();
        for step in steps {
            model.step(step);
        }
        model.finish();
        model
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Track(count) => {
                for _ in 0..count {
                    let number = self.made.to_string();
                    self.made += 1;
                    self.input(Input::Signal(tracked(
                        "step",
                        &format!("{{\"n\": {number}}}"),
                    )));
                }
            }
            Step::TrackHuge => {
                self.made += 1;
                let note = format!(r#"{{"note": "{}"}}"#, "x".repeat(17 * 1024));
                self.input(Input::Signal(tracked("huge", &note)));
            }
            Step::Flush => self.input(Input::Flush),
            Step::After(ms) => self.after(u64::from(ms)),
            Step::Answer(outcome) => {
                if let Some(request) = self.flying.take() {
                    self.settle(&request, outcome);
                }
            }
            Step::Hide(beacons) => {
                self.beacons = Some(beacons);
                self.input(Input::Hidden);
                self.beacons = None;
            }
            Step::Turn(beacons, arrives) => self.turn(beacons, arrives),
        }
        self.assert_bounds();
    }

    fn turn(&mut self, beacons: u8, arrives: bool) {
        self.beacons = Some(beacons);
        self.input(Input::Left(false));
        self.beacons = None;
        if let Some(request) = self.flying.take()
            && arrives
        {
            self.arrive(&request);
        }
        self.pages += 1;
        self.made += 1;
        (self.wake_at, self.wait) = (None, None);
        for (_, tries) in self.tries.values_mut() {
            *tries = 0;
        }
        let (tracker, effects) = Tracker::start(
            self.tracker.config().clone(),
            &page("https://shop.example/b"),
            "",
            "",
            [self.pages << 32, self.pages << 16],
            self.now,
        );
        self.tracker = tracker;
        self.run(effects);
        for (key, text) in self.storage.clone() {
            self.input(Input::Adopted(&key, &text));
        }
    }

    fn after(&mut self, ms: u64) {
        let end = self.now.plus(ms);
        while let Some(at) = self.wake_at.filter(|at| *at <= end) {
            self.now = self.now.max(at);
            self.wake_at = None;
            self.input(Input::Woke);
        }
        self.now = end;
    }

    fn input(&mut self, input: Input) {
        let effects = self.tracker.handle(input, self.now);
        self.run(effects);
    }

    fn run(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Send(request) => self.send(request),
                Effect::WakeAt(at) => self.wake_at = Some(at),
                Effect::Drop(batch) => {
                    self.storage.remove(&batch);
                }
                Effect::Save(_) | Effect::Tell(..) | Effect::Answer(_) => {}
            }
        }
    }

    fn send(&mut self, request: Request) {
        let batch = envelope(&request);
        assert_eq!(batch.sent_at, self.now);
        let content = vec![
            (
                "pages".to_owned(),
                Value::from(format!("{:?}", batch.pages)),
            ),
            ("losses".to_owned(), Value::Map(batch.losses)),
        ];
        let (first, _) = self
            .tries
            .entry(batch.batch)
            .or_insert((content.clone(), 0));
        assert_eq!(*first, content, "a batch says the same at each try");
        if matches!(request.way, Way::Post | Way::Claim) {
            assert!(self.flying.is_none(), "one request at a time");
            if let Some((earliest, _)) = self.wait {
                assert!(self.now >= earliest, "tried again too early");
            }
            let kept = self.storage.remove(&key(&request));
            assert_eq!(kept.is_some(), request.way == Way::Claim);
            self.flying = Some(request);
            return;
        }
        if request.way == Way::Copy {
            return self.keep(&request);
        }
        if request.way == Way::Keep {
            assert!(self.wait.is_some(), "the collector answered");
            return self.keep_instead(&request);
        }
        let beacons = self.beacons.as_mut().expect("beacons are for leaving");
        let taken = *beacons > 0;
        *beacons = beacons.saturating_sub(1);
        if taken {
            self.settle(&request, Outcome::Done);
        } else {
            self.keep_instead(&request);
        }
    }

    fn keep(&mut self, request: &Request) {
        let text = format!("{}{}", request.events, request.body);
        self.storage.insert(key(request), text);
    }

    fn keep_instead(&mut self, request: &Request) {
        self.keep(request);
        self.settle(request, Outcome::Kept);
    }

    fn arrive(&mut self, request: &Request) {
        let batch = envelope(request);
        if self.known.insert(batch.batch) {
            self.arrived += events(&batch).len() as u64;
            self.told_lost += total(&batch.losses);
        }
    }

    fn settle(&mut self, request: &Request, outcome: Outcome) {
        let batch = envelope(request);
        let tries = &mut self.tries.get_mut(&batch.batch).expect("was sent").1;
        match outcome {
            Outcome::Done => {
                self.arrive(request);
                self.wait = None;
            }
            Outcome::Kept => {
                let soon = self.now.plus(1000);
                let (earliest, latest) = self.wait.unwrap_or((soon, soon));
                self.wait = Some((earliest.max(soon), latest.max(soon)));
            }
            Outcome::Later(retry_after_ms) => {
                let most = (1000 << (*tries).min(16)).min(MAX_RETRY_MS);
                let (least, most) = retry_after_ms.map_or((most / 2, most), |ms| (ms, ms));
                self.wait = Some((self.now.plus(least), self.now.plus(most)));
                *tries += 1;
            }
            Outcome::Refused | Outcome::TooLarge => {}
        }
        if outcome != Outcome::Kept {
            self.storage.remove(&key(request));
        }
        self.input(Input::Settled(request.id, outcome));
    }

    /// Nothing is forgotten, and nothing held without bound.
    fn assert_bounds(&self) {
        let status = self.tracker.status(self.now);
        let status: serde_json::Value = serde_json::from_str(&status).unwrap();
        let waiting = status["batches_waiting"].as_u64().unwrap();
        assert!(waiting <= MAX_BATCHES, "{waiting} batches");
        if waiting > 0 && self.flying.is_none() {
            let wake_at = self.wake_at.expect("a batch waits, and nobody wakes it");
            let (_, latest) = self.wait.expect("a batch waits for no reason");
            assert!(
                wake_at <= latest.max(self.now),
                "{wake_at:?} is later than {latest:?}"
            );
        }
    }

    /// The collector is well again: all that is held arrives, and a last batch tells of the losses.
    fn finish(&mut self) {
        for _ in 0..=2 * MAX_BATCHES {
            self.step(Step::Answer(Outcome::Done));
            self.after(3_600_000);
        }
        self.step(Step::Track(1));
        self.step(Step::Flush);
        self.step(Step::Answer(Outcome::Done));
        assert!(self.flying.is_none());
        let status = self.tracker.status(self.now);
        assert!(
            status.contains(r#""events_waiting":0,"batches_waiting":0"#),
            "{status}"
        );
        assert!(!status.contains("losses"), "{status}");
    }
}

/// Returns what the batch of a request is kept under.
fn key(request: &Request) -> String {
    envelope(request).batch.to_text()
}

fn total(losses: &Entries) -> u64 {
    let counts = losses.iter().filter_map(|(_, count)| count.as_num());
    counts.sum::<f64>() as u64
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_event_arrives_or_is_counted_as_lost(steps in prop::collection::vec(any_step(), 0..120)) {
        let model = Model::play(steps);
        prop_assert_eq!(model.made, model.arrived + model.told_lost);
    }

    #[test]
    fn what_one_page_cannot_send_the_next_one_does(steps in prop::collection::vec(any_good_step(), 0..40)) {
        let model = Model::play(steps);
        prop_assert_eq!((model.arrived, model.told_lost), (model.made, 0));
        prop_assert_eq!(model.storage.len(), 0);
    }
}

#[test]
fn nothing_is_kept_for_ever_and_nothing_taken_in_that_nobody_wrote() {
    let kept = r#"3{"v":1,"sent_at":null,"pages":[]}"#;
    let id = |at: Millis| Id::new(at, [7, 7]).to_text();
    let long_ago = Millis(START.0 - MAX_KEPT_MS - 1);
    for (batch, text, waiting, losses) in [
        (id(Millis(START.0 - MAX_KEPT_MS)), kept, 1, ""),
        (id(long_ago), kept, 0, r#""losses":{"expired":3}"#),
        (id(START), "3", 0, ""),
        (id(START), "", 0, ""),
        ("settings".to_owned(), kept, 0, ""),
    ] {
        let mut model = Model::open();
        let effects = model.tracker.handle(Input::Adopted(&batch, text), START);
        let dropped = effects.contains(&Effect::Drop(batch.clone()));
        assert_eq!(dropped, !losses.is_empty(), "{batch} {text}");
        let status = model.tracker.status(START);
        let expected = format!(r#""batches_waiting":{waiting}"#);
        assert!(status.contains(&expected), "{batch} {text}: {status}");
        assert!(status.contains(losses), "{batch} {text}: {status}");
    }
}

#[test]
fn where_nothing_may_be_stored_nothing_is_kept() {
    for (consent, keeps) in [("granted", true), ("cookieless", false)] {
        let (mut tracker, _) = Tracker::start(
            config(&format!(
                r#"{{"collector": "/collect", "consent": "{consent}"}}"#
            )),
            &page("https://shop.example/a"),
            "",
            "",
            [3, 4],
            START,
        );
        let sent = tracker.handle(Input::Flush, START);
        assert!(matches!(sent[..], [Effect::Send(_), ..]), "{sent:?}");
        let _ = tracker.handle(Input::Signal(tracked("step", "null")), START);
        let effects = tracker.handle(Input::Hidden, START);
        let sent: Vec<_> = effects
            .iter()
            .filter_map(|effect| match effect {
                Effect::Send(request) => Some((request.way, request.stores)),
                _ => None,
            })
            .collect();
        let expected: &[_] = if keeps {
            &[(Way::Copy, true), (Way::Beacon, true)]
        } else {
            &[(Way::Beacon, false)]
        };
        assert_eq!(sent, expected, "{consent}");
    }
}

#[test]
fn a_full_queue_gives_up_its_oldest_batch_and_counts_it() {
    let mut model = Model::open();
    for _ in 0..40 {
        model.step(Step::Track(2));
        model.step(Step::Flush);
    }
    // The first is on its way and stays; of the 39 others, 31 are held.
    model.finish();
    assert_eq!(model.made, model.arrived + model.told_lost);
    assert_eq!(model.told_lost, 8 * 2);
}

#[test]
fn a_batch_that_a_full_queue_gives_up_is_not_lost_where_it_is_kept() {
    let mut model = Model::open();
    for _ in 0..20 {
        model.step(Step::Track(2));
        model.step(Step::Flush);
        model.step(Step::Answer(Outcome::Later(Some(60_000))));
    }
    model.step(Step::Turn(0, false));
    for _ in 0..20 {
        model.step(Step::Track(2));
        model.step(Step::Flush);
    }
    model.step(Step::Turn(0, false));
    model.step(Step::Turn(0, false));
    model.finish();
    model.step(Step::Turn(0, false));
    model.finish();
    assert_eq!((model.arrived, model.told_lost), (model.made, 0));
    assert_eq!(model.storage.len(), 0);
}

#[test]
fn a_lost_batch_hands_its_own_report_of_losses_on() {
    let mut model = Model::open();
    model.step(Step::TrackHuge);
    model.step(Step::Flush);
    model.step(Step::Answer(Outcome::Refused));
    let status = model.tracker.status(model.now);
    assert!(
        status.contains(r#""losses":{"refused":1,"too_large":1}"#),
        "{status}"
    );
    model.step(Step::Track(1));
    model.step(Step::Flush);
    let request = model.flying.clone().unwrap();
    let expected = entries(r#"{"refused": 1, "too_large": 1}"#);
    assert_eq!(envelope(&request).losses, expected);
}

#[test]
fn a_batch_that_was_tried_again_is_the_same_batch_of_a_later_hour() {
    let mut model = Model::open();
    model.step(Step::Flush);
    let first = model.flying.clone().unwrap();
    model.step(Step::Answer(Outcome::Later(Some(90_000))));
    model.step(Step::After(89_999));
    assert_eq!(model.flying, None, "Retry-After is honoured");
    model.step(Step::After(1));
    let second = model.flying.clone().unwrap();
    assert_ne!(first.id, second.id);
    let (first, mut second) = (envelope(&first), envelope(&second));
    assert_eq!(second.sent_at, first.sent_at.plus(90_000));
    second.sent_at = first.sent_at;
    assert_eq!(first, second);
}

#[test]
fn an_answer_that_comes_twice_changes_nothing() {
    let mut model = Model::open();
    model.step(Step::Flush);
    let request = model.flying.take().unwrap();
    model.settle(&request, Outcome::Done);
    model.input(Input::Settled(request.id, Outcome::Refused));
    let status = model.tracker.status(model.now);
    assert_eq!(
        status,
        r#"{"events_waiting":0,"batches_waiting":0,"last_outcome":"done"}"#
    );
}
