//! Delivery under any schedule of steps, pauses, answers, leaving and crashes, over several pages of one browser: a model of the
//! browser's storage, locks and requests says what must hold.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use proptest::prelude::*;
use spoor::{
    delivery::{Outcome, Request, Way},
    id::Id,
    time::Millis,
    tracker::{Effect, Input, Tracker},
    value::Entries,
    wire::Envelope,
};

use crate::browser::{START, config, envelope, page, tracked};

/// As docs of `delivery` say.
const MIN_ADOPTED_MS: u64 = 10_000;
const MAX_RETRY_MS: u64 = 120_000;
/// Room for some dozens of events.
const LITTLE: u32 = 6_000;
/// Digits before the body of a kept batch.
const MAX_DIGITS: usize = 4;

#[derive(Clone, Debug)]
enum Step {
    /// The shop reports this many events on one of the pages.
    Track(usize, u8),
    /// What shops are there for.
    Purchase(usize),
    /// An event that no request carries.
    Huge(usize),
    Flush(usize),
    /// Time passes, and timers ring where they are due.
    After(u32),
    /// The collector answers the page.
    Answer(usize, Outcome),
    /// The page is hidden; whether the browser takes beacons.
    Hide(usize, bool),
    /// The page is left for the next one; whether what is on its way arrives.
    Turn(usize, bool),
    /// The page is gone at once; whether what is on its way arrives, and what the browser holds for it.
    Crash(usize, bool),
    /// A further page is opened.
    Open,
    /// The page takes in what others have kept.
    Adopt(usize),
    /// The network is back.
    Connect(usize),
    /// The storage takes no more, or does again.
    Fill(bool),
}

fn any_answer() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        2 => Just(Outcome::Done),
        2 => prop::option::of(0u64..100_000).prop_map(Outcome::Later),
    ]
}

/// What happens on several pages where the collector refuses nothing.
fn any_good_step() -> impl Strategy<Value = Step> {
    let at = || 0..MAX_PAGES;
    prop_oneof![
        4 => (at(), 1u8..4).prop_map(|(at, count)| Step::Track(at, count)),
        1 => at().prop_map(Step::Purchase),
        3 => at().prop_map(Step::Flush),
        4 => (0u32..40_000).prop_map(Step::After),
        5 => (at(), any_answer()).prop_map(|(at, outcome)| Step::Answer(at, outcome)),
        1 => (at(), any::<bool>()).prop_map(|(at, beacons)| Step::Hide(at, beacons)),
        2 => (at(), any::<bool>()).prop_map(|(at, arrives)| Step::Turn(at, arrives)),
        2 => Just(Step::Open),
        2 => at().prop_map(Step::Adopt),
        1 => at().prop_map(Step::Connect),
    ]
}

fn any_step_to_a_crash() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => any_good_step(),
        1 => (0..MAX_PAGES, any::<bool>()).prop_map(|(at, arrives)| Step::Crash(at, arrives)),
    ]
}

/// What happens on one page, and the page stays.
fn any_bad_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (1u8..40).prop_map(|count| Step::Track(0, count)),
        1 => Just(Step::Purchase(0)),
        1 => Just(Step::Huge(0)),
        4 => Just(Step::Flush(0)),
        4 => (0u32..90_000).prop_map(Step::After),
        3 => any_answer().prop_map(|outcome| Step::Answer(0, outcome)),
        1 => Just(Step::Answer(0, Outcome::Refused)),
        1 => Just(Step::Answer(0, Outcome::TooLarge)),
        1 => any::<bool>().prop_map(|beacons| Step::Hide(0, beacons)),
        1 => any::<bool>().prop_map(Step::Fill),
    ]
}

/// An event: its page view, and its number there.
type Key = (Id, u32);

/// One page, as its own tracker and src/web/post.js have it.
struct Page {
    tracker: Tracker,
    wake_at: Option<Millis>,
    /// Posts that were not answered yet.
    flying: Vec<Request>,
    /// A post that waits for another page to let go of the batch.
    queued: Option<Request>,
    /// Batches that it has put into the storage, or found there, and the drafted one.
    stored: BTreeSet<String>,
    drafted: String,
    /// Requests that the browser makes should the page be gone, by their batch.
    deferred: BTreeMap<String, String>,
    /// Bytes of the bodies that it holds.
    held: BTreeMap<String, usize>,
    /// After a failure: when the next try must be at the latest.
    latest: Option<Millis>,
}

const MAX_PAGES: usize = 4;

/// A browser, and a collector that drops repeats.
struct World {
    config: String,
    now: Millis,
    pages: Vec<Option<Page>>,
    opened: u64,
    storage: BTreeMap<String, String>,
    is_full: bool,
    takes_beacons: bool,
    /// Which page holds the lock on a batch.
    locks: HashMap<String, usize>,
    /// Events that came up, and those that a crash took before they were stored.
    made: u64,
    known: HashSet<Id>,
    arrived: HashSet<Key>,
    told_lost: u64,
    crashed: bool,
    /// What each batch said at its first try.
    said: HashMap<Id, String>,
}

impl World {
    fn open(config: &str) -> Self {
        let mut world = Self {
            config: config.to_owned(),
            now: START,
            pages: (0..MAX_PAGES).map(|_| None).collect(),
            opened: 0,
            storage: BTreeMap::new(),
            is_full: false,
            takes_beacons: true,
            locks: HashMap::new(),
            made: 0,
            known: HashSet::new(),
            arrived: HashSet::new(),
            told_lost: 0,
            crashed: false,
            said: HashMap::new(),
        };
        world.open_page(0);
        world
    }

    fn open_page(&mut self, at: usize) {
        self.opened += 1;
        self.made += 1;
        let (tracker, effects) = Tracker::start(
            config(&self.config),
            &page("https://shop.example/a"),
            "",
            "",
            [self.opened << 32, self.opened << 16],
            self.now,
        );
        self.pages[at] = Some(Page {
            tracker,
            wake_at: None,
            flying: Vec::new(),
            queued: None,
            stored: BTreeSet::new(),
            drafted: String::new(),
            deferred: BTreeMap::new(),
            held: BTreeMap::new(),
            latest: None,
        });
        self.run(at, effects);
        self.adopt(at);
    }

    /// Returns the page at `at`, where there is one; the model goes on to use it only then.
    fn page(&mut self, at: usize) -> &mut Page {
        self.pages[at].as_mut().expect("the page is there")
    }

    fn step(&mut self, step: Step) {
        let at = match step {
            Step::Track(at, _)
            | Step::Purchase(at)
            | Step::Huge(at)
            | Step::Flush(at)
            | Step::Answer(at, _)
            | Step::Hide(at, _)
            | Step::Turn(at, _)
            | Step::Crash(at, _)
            | Step::Adopt(at)
            | Step::Connect(at) => at,
            Step::After(_) | Step::Open | Step::Fill(_) => 0,
        };
        if self.pages[at].is_none() {
            return;
        }
        match step {
            Step::Track(at, count) => {
                for _ in 0..count {
                    self.track(at, "step", "null");
                }
            }
            Step::Purchase(at) => {
                let order = format!(r#"{{"transaction_id": "T{}"}}"#, self.made);
                self.track(at, "purchase", &order);
            }
            Step::Huge(at) => {
                let note = format!(r#"{{"note": "{}"}}"#, "x".repeat(17 * 1024));
                self.track(at, "huge", &note);
            }
            Step::Flush(at) => self.input(at, Input::Flush),
            Step::After(ms) => self.after(u64::from(ms)),
            Step::Answer(at, outcome) => {
                if !self.page(at).flying.is_empty() {
                    let request = self.page(at).flying.remove(0);
                    if outcome == Outcome::Done {
                        self.arrive(&request.body);
                    }
                    self.settle(at, &request, outcome);
                }
            }
            Step::Hide(at, beacons) => {
                self.takes_beacons = beacons;
                self.input(at, Input::Hidden);
                self.takes_beacons = true;
            }
            Step::Turn(at, arrives) => {
                self.input(at, Input::Left(false));
                self.close(at, arrives, false);
                self.open_page(at);
            }
            Step::Crash(at, arrives) => {
                self.crashed = true;
                self.close(at, arrives, arrives);
                self.open_page(at);
            }
            Step::Open => {
                if let Some(free) = self.pages.iter().position(Option::is_none) {
                    self.open_page(free);
                }
            }
            Step::Adopt(at) => self.adopt(at),
            Step::Connect(at) => {
                self.input(at, Input::Connected);
                self.input(at, Input::Woke);
            }
            Step::Fill(is_full) => self.is_full = is_full,
        }
        self.assert_bounds();
    }

    fn track(&mut self, at: usize, name: &str, params: &str) {
        self.made += 1;
        self.input(at, Input::Signal(tracked(name, params)));
    }

    /// The page is gone: what is on its way arrives, or not; the browser makes the requests that it holds, or not.
    fn close(&mut self, at: usize, arrives: bool, defers: bool) {
        let page = self.pages[at].take().expect("the page is there");
        if arrives {
            for request in &page.flying {
                self.arrive(&request.body);
            }
        }
        if defers {
            for body in page.deferred.values() {
                self.arrive(body);
            }
        }
        let held: Vec<_> = self.locks.iter().filter(|(_, page)| **page == at).collect();
        let held: Vec<_> = held.into_iter().map(|(batch, _)| batch.clone()).collect();
        for batch in held {
            self.unlock(&batch);
        }
    }

    fn adopt(&mut self, at: usize) {
        for (batch, text) in self.storage.clone() {
            if batch != self.page(at).drafted {
                self.page(at).stored.insert(batch.clone());
                let held = self.page(at).held.contains_key(&batch);
                let given_up = text.starts_with('0');
                if !held && (given_up || self.age(&batch) >= MIN_ADOPTED_MS) {
                    let bytes = text.len();
                    self.page(at).held.insert(batch.clone(), bytes);
                }
                self.input(at, Input::Adopted(&batch, &text, given_up));
            }
        }
    }

    fn age(&self, batch: &str) -> u64 {
        self.now.since(Id::parse(batch).expect(batch).made_at())
    }

    fn after(&mut self, ms: u64) {
        let end = self.now.plus(ms);
        loop {
            let due = (0..MAX_PAGES).filter_map(|at| Some((self.pages[at].as_ref()?.wake_at?, at)));
            let Some((wake_at, at)) = due.min().filter(|(wake_at, _)| *wake_at <= end) else {
                break;
            };
            self.now = self.now.max(wake_at);
            self.page(at).wake_at = None;
            self.input(at, Input::Woke);
        }
        self.now = end;
    }

    fn input(&mut self, at: usize, input: Input) {
        let now = self.now;
        let effects = self.page(at).tracker.handle(input, now);
        self.run(at, effects);
    }

    fn run(&mut self, at: usize, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Send(request) => self.send(at, request),
                Effect::WakeAt(wake_at) => self.page(at).wake_at = Some(wake_at),
                Effect::Keep(batch, text) => {
                    self.page(at).held.insert(batch.clone(), text.len());
                    self.keep(at, &batch, text);
                }
                Effect::Drop(batch) => {
                    self.page(at).held.remove(&batch);
                    self.drop(at, &batch);
                }
                Effect::Draft(batch, text) => {
                    let before = core::mem::replace(&mut self.page(at).drafted, batch.clone());
                    if !batch.is_empty() {
                        self.keep(at, &batch, text.clone());
                        let body = text[text.find('{').expect("a body")..].to_owned();
                        self.page(at).deferred.insert(batch, body);
                    }
                    self.drop(at, &before);
                }
                Effect::Save(_) | Effect::Tell(..) | Effect::Answer(_) => {}
            }
        }
    }

    fn keep(&mut self, at: usize, batch: &str, text: String) {
        if !self.is_full {
            self.storage.insert(batch.to_owned(), text);
            self.page(at).stored.insert(batch.to_owned());
        }
    }

    fn drop(&mut self, at: usize, batch: &str) {
        self.page(at).deferred.remove(batch);
        if self.page(at).stored.remove(batch) {
            self.storage.remove(batch);
        }
    }

    fn send(&mut self, at: usize, request: Request) {
        let batch = envelope(&request);
        assert_eq!(batch.batch.to_text(), request.batch);
        assert_eq!(batch.sent_at, self.now);
        let said = format!("{:?}{:?}", batch.pages, batch.losses);
        let first = self.said.entry(batch.batch).or_insert_with(|| said.clone());
        assert_eq!(*first, said, "a batch says the same at each try");
        let is_stored = self.page(at).stored.contains(&request.batch);
        match request.way {
            Way::Over if !is_stored => {
                let body = request.body;
                self.page(at).deferred.insert(request.batch, body);
            }
            Way::Over => {
                if let Some(text) = self.storage.get_mut(&request.batch)
                    && !text.starts_with('0')
                {
                    text.insert(0, '0');
                }
            }
            Way::Last if !is_stored => {
                let taken = self.takes_beacons;
                if taken {
                    self.arrive(&request.body);
                }
                let outcome = if taken {
                    Outcome::Done
                } else {
                    Outcome::Later(None)
                };
                self.settle(at, &request, outcome);
            }
            Way::Last => self.turn(at, request),
            Way::Post | Way::Large => {
                let page = self.page(at);
                let busy = page.queued.is_some() || !page.flying.is_empty();
                assert!(!busy, "one request at a time");
                if !is_stored {
                    self.turn(at, request);
                } else if self.locks.contains_key(&request.batch) {
                    self.page(at).queued = Some(request);
                } else {
                    self.locks.insert(request.batch.clone(), at);
                    self.turn(at, request);
                }
            }
        }
    }

    /// The page may post the batch, if no other has.
    fn turn(&mut self, at: usize, request: Request) {
        let gone = !self.storage.contains_key(&request.batch);
        if self.page(at).stored.contains(&request.batch) && gone {
            return self.settle(at, &request, Outcome::Done);
        }
        self.page(at).deferred.remove(&request.batch);
        if request.way != Way::Last {
            let twice = self.pages.iter().flatten().any(|page| {
                let mut flying = page.flying.iter();
                flying.any(|other| other.batch == request.batch && other.way != Way::Last)
            });
            assert!(!twice, "a batch is on its way twice");
        }
        self.page(at).flying.push(request);
    }

    fn unlock(&mut self, batch: &str) {
        self.locks.remove(batch);
        let waits = |page: &Page| matches!(&page.queued, Some(queued) if queued.batch == batch);
        let next = (0..MAX_PAGES).find(|at| self.pages[*at].as_ref().is_some_and(waits));
        if let Some(at) = next {
            self.locks.insert(batch.to_owned(), at);
            let request = self.page(at).queued.take().expect("it waits");
            self.turn(at, request);
        }
    }

    fn arrive(&mut self, body: &str) {
        let batch = Envelope::parse(body).expect(body);
        if self.known.insert(batch.batch) {
            self.arrived.extend(keys(&batch));
            self.told_lost += total(&batch.losses);
        }
    }

    fn settle(&mut self, at: usize, request: &Request, outcome: Outcome) {
        let now = self.now;
        let page = self.page(at);
        match outcome {
            Outcome::Later(retry_after_ms) => {
                let wait_ms = retry_after_ms.unwrap_or(MAX_RETRY_MS);
                page.latest = Some(now.plus(wait_ms));
            }
            Outcome::Done | Outcome::Split => page.latest = None,
            Outcome::Refused | Outcome::TooLarge => {}
        }
        self.input(at, Input::Settled(request.id, outcome));
        if self.locks.get(&request.batch) == Some(&at) {
            self.unlock(&request.batch);
        }
    }

    /// Nothing is forgotten, and nothing held without bound.
    fn assert_bounds(&self) {
        let most = config(&self.config).queue_bytes as usize;
        for page in self.pages.iter().flatten() {
            let status = page.tracker.status(self.now);
            let status: serde_json::Value = serde_json::from_str(&status).unwrap();
            let waiting = status["batches_waiting"].as_u64().unwrap();
            // What is on its way cannot give way.
            let flying = |batch: &str| page.flying.iter().any(|request| request.batch == batch);
            let waits = page.held.iter().filter(|(batch, _)| !flying(batch));
            let bytes: usize = waits.map(|(_, bytes)| bytes - MAX_DIGITS).sum();
            assert!(bytes <= most, "{bytes} bytes wait");
            assert!(waiting as usize <= page.held.len(), "{status}");
            if waiting > 0 && page.flying.is_empty() && page.queued.is_none() {
                let wake_at = page.wake_at.expect("a batch waits, and nobody wakes it");
                let latest = page.latest.unwrap_or(self.now);
                assert!(
                    wake_at <= latest.max(self.now),
                    "{wake_at:?} is later than {latest:?}"
                );
            }
        }
    }

    /// The collector is well again: all that is held arrives, a page takes in what others have left, and a last batch tells of the
    /// losses.
    fn finish(&mut self) {
        self.is_full = false;
        for round in 0..60 {
            for at in 0..MAX_PAGES {
                self.step(Step::Answer(at, Outcome::Done));
                if round == 30 {
                    self.step(Step::Adopt(at));
                }
            }
            self.after(MAX_RETRY_MS);
        }
        self.step(Step::Flush(0));
        self.step(Step::Answer(0, Outcome::Done));
        for page in self.pages.iter().flatten() {
            assert!(page.flying.is_empty() && page.queued.is_none());
            let status = page.tracker.status(self.now);
            assert!(
                status.contains(r#""events_waiting":0,"batches_waiting":0"#),
                "{status}"
            );
            assert!(!status.contains("losses"), "{status}");
            assert_eq!((page.deferred.len(), page.held.len()), (0, 0));
        }
        assert_eq!(self.storage.len(), 0);
    }
}

fn keys(batch: &Envelope) -> impl Iterator<Item = Key> {
    let pages = batch.pages.iter();
    pages.flat_map(|page| page.events.iter().map(|event| (page.id, event.seq)))
}

fn total(losses: &Entries) -> u64 {
    let counts = losses.iter().filter_map(|(_, count)| count.as_num());
    counts.sum::<f64>() as u64
}

const ROOMY: &str = r#"{"collector": "/collect"}"#;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn every_event_arrives_or_is_counted_as_lost(
        steps in prop::collection::vec(any_bad_step(), 0..120),
    ) {
        let little = format!(r#"{{"collector": "/collect", "queue": {{"bytes": {LITTLE}}}}}"#);
        let mut world = World::open(&little);
        steps.into_iter().for_each(|step| world.step(step));
        world.finish();
        prop_assert_eq!(world.made, world.arrived.len() as u64 + world.told_lost);
    }

    #[test]
    fn what_several_pages_tell_arrives_once(
        steps in prop::collection::vec(any_good_step(), 0..120),
    ) {
        let mut world = World::open(ROOMY);
        steps.into_iter().for_each(|step| world.step(step));
        world.finish();
        prop_assert_eq!((world.arrived.len() as u64, world.told_lost), (world.made, 0));
    }

    #[test]
    fn what_was_stored_before_a_crash_arrives(
        steps in prop::collection::vec(any_step_to_a_crash(), 0..120),
    ) {
        let mut world = World::open(ROOMY);
        let mut stored = HashSet::new();
        for step in steps {
            world.step(step);
            for text in world.storage.values() {
                let unsent = &text[text.find('{').expect("a body")..];
                let body = unsent.replace(r#""sent_at":null"#, r#""sent_at":1"#);
                stored.extend(keys(&Envelope::parse(&body).expect(&body)));
            }
        }
        world.finish();
        let missing: Vec<_> = stored.difference(&world.arrived).collect();
        prop_assert!(missing.is_empty(), "{:?}", missing);
        prop_assert!(world.crashed || world.arrived.len() as u64 == world.made);
        prop_assert_eq!(world.told_lost, 0);
    }
}

#[test]
fn nothing_is_kept_for_ever_and_nothing_taken_in_that_nobody_wrote() {
    const WEEK_MS: u64 = 7 * 86_400_000;
    let kept = r#"13{"v":1,"sent_at":null,"pages":[]}"#;
    let id = |age_ms: u64| Id::new(Millis(START.0 - age_ms), [7, 7]).to_text();
    for (batch, text, given_up, waiting, expired) in [
        (id(WEEK_MS), kept, false, 1, false),
        (id(WEEK_MS + 1), kept, false, 0, true),
        (id(MIN_ADOPTED_MS), kept, false, 1, false),
        (id(MIN_ADOPTED_MS - 1), kept, false, 0, false),
        (id(0), kept, true, 1, false),
        (id(WEEK_MS), "13", false, 0, false),
        (id(WEEK_MS), "", false, 0, false),
        (id(WEEK_MS), "the shop's own", false, 0, false),
        ("settings".to_owned(), kept, true, 0, false),
    ] {
        let mut world = World::open(ROOMY);
        let tracker = &mut world.page(0).tracker;
        let effects = tracker.handle(Input::Adopted(&batch, text, given_up), START);
        let dropped = effects.contains(&Effect::Drop(batch.clone()));
        assert_eq!(dropped, expired, "{batch} {text}");
        let status = tracker.status(START);
        let expected = format!(r#""batches_waiting":{waiting}"#);
        assert!(status.contains(&expected), "{batch} {text}: {status}");
        let counted = status.contains(r#""losses":{"expired":3}"#);
        assert_eq!(counted, expired, "{batch} {text}: {status}");
    }
}

/// Returns the requests that are to be made.
fn sends(effects: Vec<Effect>) -> impl Iterator<Item = Request> {
    effects.into_iter().filter_map(|effect| match effect {
        Effect::Send(request) => Some(request),
        _ => None,
    })
}

/// Returns the steps of each request made on leaving and its way, of a page that told `names`, each in a batch of its own and as
/// large as this, while the first is on its way.
fn left_with(names: &[&str], bytes: usize) -> Vec<(String, Way)> {
    let mut tracker = Tracker::start(
        config(ROOMY),
        &page("https://shop.example/a"),
        "",
        "",
        [3, 4],
        START,
    )
    .0;
    let note = format!(r#"{{"note": "{}"}}"#, "x".repeat(bytes));
    let _ = tracker.handle(Input::Flush, START);
    for name in names {
        let _ = tracker.handle(Input::Signal(tracked(name, &note)), START);
        let _ = tracker.handle(Input::Flush, START);
    }
    sends(tracker.handle(Input::Hidden, START))
        .map(|request| {
            let batch = envelope(&request);
            (batch.pages[0].events[0].name.clone(), request.way)
        })
        .collect()
}

#[test]
fn a_page_that_is_left_sends_the_most_important_as_far_as_the_browser_carries_it() {
    let names = ["scroll", "add_to_cart", "scroll", "purchase", "sign_up"];
    let sent = left_with(&names, 14_000);
    let expected = [
        ("purchase", Way::Last),
        ("add_to_cart", Way::Last),
        ("sign_up", Way::Last),
        ("scroll", Way::Last),
        ("scroll", Way::Over),
    ];
    assert_eq!(sent, expected.map(|(name, way)| (name.to_owned(), way)));
    let sent = left_with(&["sign_up"; 10], 10);
    let over = sent.iter().filter(|(_, way)| *way == Way::Over).count();
    assert_eq!(
        (sent.len(), over),
        (10, 2),
        "nine requests, one of them before"
    );
}

/// Chrome lets the page's requests fail just before `pagehide`, and yet they arrive.
#[test]
fn what_breaks_off_as_the_page_is_left_holds_nothing_back() {
    for (wait, outcome, expected) in [
        (30, Outcome::Later(None), Way::Last),
        (260, Outcome::Later(None), Way::Over),
        (30, Outcome::Later(Some(60_000)), Way::Over),
    ] {
        let facts = page("https://shop.example/a");
        let mut tracker = Tracker::start(config(ROOMY), &facts, "", "", [3, 4], START).0;
        let on_its_way = sends(tracker.handle(Input::Flush, START)).next();
        let on_its_way = on_its_way.expect("the page view");
        let _ = tracker.handle(Input::Signal(tracked("sign_up", "{}")), START);
        let _ = tracker.handle(Input::Settled(on_its_way.id, outcome), START);
        let left = tracker.handle(Input::Left(true), START.plus(wait));
        let ways: Vec<_> = sends(left)
            .map(|request| (request.batch == on_its_way.batch, request.way))
            .collect();
        assert!(ways.contains(&(true, Way::Over)), "{wait} {ways:?}");
        assert!(ways.contains(&(false, expected)), "{wait} {ways:?}");
    }
}

#[test]
fn what_is_least_important_gives_way_first() {
    let little = format!(r#"{{"collector": "/collect", "queue": {{"bytes": {LITTLE}}}}}"#);
    let mut world = World::open(&little);
    world.step(Step::Flush(0));
    let note = format!(r#"{{"note": "{}"}}"#, "x".repeat(900));
    for name in [
        "scroll",
        "purchase",
        "sign_up",
        "scroll",
        "sign_up",
        "generate_lead",
    ] {
        world.track(0, name, &note);
        world.step(Step::Flush(0));
    }
    let kept: Vec<_> = world.storage.values().cloned().collect();
    let of = |name: &str| {
        let name = format!(r#""name":"{name}""#);
        kept.iter().filter(|text| text.contains(&name)).count()
    };
    assert_eq!((of("purchase"), of("generate_lead")), (1, 1));
    assert_eq!((of("sign_up"), of("scroll")), (1, 0));
    world.finish();
    assert_eq!((world.arrived.len(), world.told_lost), (4, 3));
}
