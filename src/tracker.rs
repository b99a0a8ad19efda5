//! The machine: what happened comes in, what is to be done goes out. Wires the other files and decides nothing itself.

use crate::{
    attribution,
    batch::Batch,
    config::{Config, is_event_name},
    conversion::Conversion,
    delivery::{Delivery, Outcome, Request},
    id::Chance,
    json::{Object, write_entries},
    loss::Losses,
    privacy::{clean_path, clean_text, clean_url, route},
    recognize::Recognizer,
    session::Session,
    signal::{MediaFacts, Navigation, PageFacts, Signal},
    text::before,
    time::Millis,
    value::Entries,
    wire,
};

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// Something was done on the page.
    Signal(Signal),
    /// The moment of the last [`Effect::WakeAt`] has come.
    Woke,
    /// All that waits is to be sent now.
    Flush,
    /// The page is no longer in view, and may never be again.
    Hidden,
    /// A request was answered, or failed.
    Settled(u32, Outcome),
}

/// Something to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Make a request, and tell its outcome by [`Input::Settled`].
    Send(Request),
    /// Tell [`Input::Woke`] at this time; instead of the time told before.
    WakeAt(Millis),
    /// Keep this text for the next page of this visitor.
    Save(String),
    /// Tell the shop's own code what was recognised: name, and parameters as JSON.
    Tell(String, String),
}

/// One page's tracker.
#[derive(Clone, Debug)]
pub struct Tracker {
    config: Config,
    chance: Chance,
    session: Session,
    recognizer: Recognizer,
    batch: Batch,
    delivery: Delivery,
    losses: Losses,
    /// The address as the browser has it, to tell a new one from the same again.
    address: String,
    wake_at: Option<Millis>,
}

impl Tracker {
    /// Starts on a page, whose `page_view` is the first event. `saved` is the text of the last [`Effect::Save`], `seed` a
    /// number from the platform's random source.
    #[must_use]
    pub fn start(
        mut config: Config,
        page: &PageFacts,
        saved: &str,
        seed: [u64; 2],
        now: Millis,
    ) -> (Self, Vec<Effect>) {
        let mut chance = Chance::new(seed);
        if config.site.is_empty() {
            config.site = attribution::host(&page.url).to_owned();
        }
        let mut tracker = Self {
            session: Session::resume(saved, attribution::source(page, &[]), now, &mut chance),
            recognizer: Recognizer::default(),
            batch: Batch::new(
                config.batch,
                wire_page(page, &page.referrer, now, &mut chance),
            ),
            delivery: Delivery::new(config.collector.clone()),
            losses: Losses::default(),
            address: page.url.clone(),
            wake_at: None,
            chance,
            config,
        };
        let mut effects = vec![tracker.save()];
        tracker.keep_view(now, &mut effects);
        tracker.plan(now, &mut effects);
        (tracker, effects)
    }

    /// Takes in what happened at `now`, and returns what is to be done. Never touches the world itself.
    pub fn handle(&mut self, input: Input, now: Millis) -> Vec<Effect> {
        let mut effects = Vec::new();
        match input {
            Input::Signal(signal) => self.signal(signal, now, &mut effects),
            Input::Woke => self.wake_at = None,
            Input::Flush => self.dispatch(now),
            Input::Hidden => {
                self.dispatch(now);
                effects.push(self.save());
                while let Some(request) = self.delivery.next(now, true) {
                    effects.push(Effect::Send(request));
                }
            }
            Input::Settled(id, outcome) => {
                self.delivery
                    .settle(id, outcome, now, &mut self.chance, &mut self.losses);
            }
        }
        self.plan(now, &mut effects);
        effects
    }

    /// Returns what is tracked here, and how.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Returns how things stand, as JSON, enough to see why nothing arrives: `events_waiting` for their batch,
    /// `batches_waiting` for the collector, the `last_outcome` (`done`, `later`, `refused` or `too_large`), `next_try_ms`
    /// until the next try, where there was and is one, and the `losses` not yet reported, by reason.
    #[must_use]
    pub fn status(&self, now: Millis) -> String {
        let mut out = String::new();
        let mut status = Object::begin(&mut out);
        status.int("events_waiting", self.batch.len() as u64);
        status.int("batches_waiting", self.delivery.len() as u64);
        let last_outcome = match self.delivery.last_outcome() {
            None => "",
            Some(Outcome::Done) => "done",
            Some(Outcome::Later(_)) => "later",
            Some(Outcome::Refused) => "refused",
            Some(Outcome::TooLarge) => "too_large",
        };
        status.text("last_outcome", last_outcome);
        if let Some(at) = self.delivery.next_at() {
            status.int("next_try_ms", at.since(now));
        }
        status.entries("losses", &self.losses.to_entries());
        status.end();
        out
    }

    fn signal(&mut self, signal: Signal, now: Millis, effects: &mut Vec<Effect>) {
        if !matches!(signal, Signal::Media(..) | Signal::Scrolled(_)) {
            self.touch(now, effects);
        }
        match signal {
            // The same page under another address: what comes next is measured against that.
            Signal::Navigated(navigation, page)
                if !is_other_page(&self.address, &page.url, navigation) =>
            {
                self.address = page.url;
            }
            Signal::Navigated(_, page) | Signal::PageEntered(page) => {
                self.turn_to(&page, now, effects);
            }
            Signal::Acted { rule, readings } => {
                if let Some(rule) = self.config.rules.get(rule) {
                    let found = Conversion::of_rule(rule, readings, &self.batch.page().language);
                    self.keep_new(found, now, effects);
                }
            }
            Signal::Marked { name, facts } => {
                if is_event_name(&name) {
                    let found = Conversion::of_markup(&name, &facts, &self.batch.page().language);
                    self.keep_new(found, now, effects);
                }
            }
            Signal::Media(media, facts) => {
                let facts = facts.map(|facts| MediaFacts {
                    url: clean_path(&facts.url),
                    title: clean_text(&facts.title),
                });
                for found in self.recognizer.media(&self.config, media, facts) {
                    self.keep(found, now, effects);
                }
            }
            Signal::Scrolled(percent) => {
                for found in self.recognizer.scroll(&self.config, percent) {
                    self.keep(found, now, effects);
                }
            }
            Signal::Pressed { anchor, offset } => {
                self.batch.press(anchor, offset, now, &mut self.losses)
            }
            Signal::Tracked { name, params } => {
                self.keep(Conversion { name, params }, now, effects)
            }
            Signal::Identified(user) => {
                self.dispatch(now);
                self.session.user = user;
                effects.push(self.save());
            }
        }
    }

    /// Begins a page view that no load began; the address before is its referrer.
    fn turn_to(&mut self, page: &PageFacts, now: Millis, effects: &mut Vec<Effect>) {
        self.recognizer.begin_page();
        self.batch
            .begin_page(wire_page(page, &self.address, now, &mut self.chance));
        self.address.clone_from(&page.url);
        self.keep_view(now, effects);
    }

    fn keep_view(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        self.keep(
            Conversion {
                name: "page_view".to_owned(),
                params: Entries::new(),
            },
            now,
            effects,
        );
    }

    /// Notes that something was done; where that begins a new visit, what waits goes out under the old one.
    fn touch(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        if self.session.is_over(now) {
            self.dispatch(now);
        }
        if self.session.touch(now, &mut self.chance) {
            // A page view belongs to one visit: the same page counts on under a new id.
            let mut page = self.batch.page().head();
            page.id = self.chance.id(now);
            page.opened_at = now;
            self.batch.begin_page(page);
            effects.push(self.save());
        }
    }

    fn keep_new(&mut self, found: Conversion, now: Millis, effects: &mut Vec<Effect>) {
        if !self.recognizer.repeats(&found, now) {
            self.keep(found, now, effects);
        }
    }

    fn keep(&mut self, found: Conversion, now: Millis, effects: &mut Vec<Effect>) {
        let mut params = String::new();
        write_entries(&mut params, &found.params);
        let bytes = params.len();
        effects.push(Effect::Tell(found.name.clone(), params));
        self.batch.push(found, bytes, now, &mut self.losses);
    }

    /// Hands all that waits to delivery as one batch.
    fn dispatch(&mut self, now: Millis) {
        let pages = self.batch.drain();
        if pages.is_empty() {
            return;
        }
        let reported = core::mem::take(&mut self.losses);
        let envelope = wire::Envelope {
            version: wire::VERSION,
            site: self.config.site.clone(),
            batch: self.chance.id(now),
            sent_at: now,
            visitor: self.session.visitor,
            user: self.session.user.clone(),
            session: self.session.visit.clone(),
            pages,
            losses: reported.to_entries(),
        };
        self.delivery.admit(envelope, reported, &mut self.losses);
    }

    /// Sends what is due, and says when to look again.
    fn plan(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        if self.batch.due_at().is_some_and(|at| at <= now) {
            self.dispatch(now);
        }
        if let Some(request) = self.delivery.next(now, false) {
            effects.push(Effect::Send(request));
        }
        let far = Millis(u64::MAX);
        let next = self
            .batch
            .due_at()
            .unwrap_or(far)
            .min(self.delivery.next_at().unwrap_or(far));
        if next < self.wake_at.unwrap_or(far) {
            self.wake_at = Some(next);
            effects.push(Effect::WakeAt(next));
        }
    }

    fn save(&self) -> Effect {
        Effect::Save(self.session.to_saved())
    }
}

/// Returns the page as it may be told.
fn wire_page(page: &PageFacts, referrer: &str, now: Millis, chance: &mut Chance) -> wire::Page {
    wire::Page {
        id: chance.id(now),
        opened_at: now,
        url: clean_url(&page.url),
        title: clean_text(&page.title),
        referrer: clean_path(referrer),
        language: page.language.clone(),
        viewport: page.viewport,
        document: page.document,
        events: Vec::new(),
        heat: Vec::new(),
    }
}

/// Returns whether `to` is another page than `from`: another path or route; another query too, unless it merely replaces.
fn is_other_page(from: &str, to: &str, navigation: Navigation) -> bool {
    let (from_url, to_url) = (before(from, b'#'), before(to, b'#'));
    let (from_route, to_route) = (route(from), route(to));
    match navigation {
        Navigation::Push => from_url != to_url || from_route != to_route,
        Navigation::Replace => {
            before(from_url, b'?') != before(to_url, b'?')
                || before(from_route, b'?') != before(to_route, b'?')
        }
    }
}
