//! The machine: what happened comes in, what is to be done goes out. Wires the other files and decides nothing itself.

use crate::{
    attribution,
    batch::Batch,
    config::{Config, Consent, is_event_name},
    conversion::Conversion,
    delivery::{Delivery, Outcome, Request},
    id::Chance,
    journey::Journey,
    json::{Object, write_entries},
    loss::{Loss, Losses},
    page,
    privacy::{clean_path, clean_text},
    recognize::Recognizer,
    session::Session,
    signal::{MediaFacts, PageFacts, Signal},
    time::Millis,
    wire,
};

/// Events held in memory while the visitor has not answered; beyond, they are counted as lost.
const MAX_HELD: usize = 500;

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
    /// The page is being left; `true` where nothing on it led away, so that the visit may end here.
    Left(bool),
    /// The visitor has answered what may be kept; with it comes what is saved in the browser.
    Answered(Consent, String),
    /// Another tab has saved this.
    Saved(String),
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
    journey: Journey,
    recognizer: Recognizer,
    batch: Batch,
    delivery: Delivery,
    losses: Losses,
    /// The address as the browser has it, to tell a new one from the same again.
    address: String,
    wake_at: Option<Millis>,
    views: u32,
    /// Whether something is to be saved for the next page.
    unsaved: bool,
}

impl Tracker {
    /// Starts on a page, whose `page_view` is the first event. `saved` is the text of the last [`Effect::Save`], `bot` says
    /// what tells that no person is there, `seed` is a number from the platform's random source.
    #[must_use]
    pub fn start(
        mut config: Config,
        page: &PageFacts,
        saved: &str,
        bot: &str,
        seed: [u64; 2],
        now: Millis,
    ) -> (Self, Vec<Effect>) {
        let mut chance = Chance::new(seed);
        if config.site.is_empty() {
            config.site = attribution::host(&page.url).to_owned();
        }
        if config.without_identity && config.consent == Consent::Granted {
            config.consent = Consent::Cookieless;
        }
        let known = Session::read(saved).filter(|_| config.consent == Consent::Granted);
        let source = attribution::source(page, &config.exclude);
        let session = known
            .clone()
            .unwrap_or_else(|| Session::fresh(source.clone(), now, &mut chance));
        let mut tracker = Self {
            journey: Journey::resume(&config, &session.extra),
            session,
            recognizer: Recognizer::default(),
            batch: Batch::new(
                config.batch,
                wire_page(&config, page, &page.referrer, now, &mut chance),
            ),
            delivery: Delivery::new(config.collector.clone()),
            losses: Losses::default(),
            address: page.url.clone(),
            wake_at: None,
            views: 0,
            unsaved: true,
            chance,
            config,
        };
        let mut effects = Vec::new();
        if known.is_some() {
            tracker.enter(source, now, &mut effects);
        }
        bot.clone_into(&mut tracker.session.visit.bot);
        tracker.view(now, &mut effects);
        tracker.plan(now, &mut effects);
        (tracker, effects)
    }

    /// Returns whether the visitor is one of those that are followed.
    #[must_use]
    pub fn is_followed(&self) -> bool {
        self.session.visitor.share() < self.config.sample
            && (self.session.visit.bot.is_empty() || !self.config.without_bots)
    }

    /// Takes in what happened at `now`, and returns what is to be done. Never touches the world itself.
    pub fn handle(&mut self, input: Input, now: Millis) -> Vec<Effect> {
        let mut effects = Vec::new();
        match input {
            Input::Signal(signal) => self.signal(signal, now, &mut effects),
            Input::Woke => {
                self.wake_at = None;
                self.end_visit(now, &mut effects);
            }
            Input::Flush => self.dispatch(now),
            Input::Hidden => self.hide(now, &mut effects),
            Input::Left(closing) => {
                self.leave_page(now, &mut effects);
                if closing {
                    self.give_up("left", now, &mut effects);
                }
                self.hide(now, &mut effects);
            }
            Input::Answered(consent, saved) => self.answer(consent, &saved, now, &mut effects),
            Input::Saved(saved) => self.merge(&saved, now),
            Input::Settled(id, outcome) => {
                self.delivery
                    .settle(id, outcome, now, &mut self.chance, &mut self.losses);
            }
        }
        self.plan(now, &mut effects);
        effects
    }

    /// Returns how many pages were viewed here: one, and one more for each that no load began.
    #[must_use]
    pub fn views(&self) -> u32 {
        self.views
    }

    /// Returns whether rule `rule` has nothing more to tell on this page.
    #[must_use]
    pub fn is_done(&self, rule: usize) -> bool {
        self.recognizer.is_done(&self.config, rule, &self.address)
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
        self.recognizer.attention.touch(now);
        if !matches!(
            signal,
            Signal::Media(..)
                | Signal::Scrolled { .. }
                | Signal::Moved(_)
                | Signal::Seen { .. }
                | Signal::Offered(_)
                | Signal::Pushed { .. }
        ) {
            self.touch(now, effects);
        }
        let found = match signal {
            // The same page under another address: what comes next is measured against that.
            Signal::Navigated(navigation, page)
                if !page::is_other(&self.address, &page.url, navigation) =>
            {
                self.address = page.url;
                None
            }
            Signal::Navigated(_, page) | Signal::PageEntered(page) => {
                return self.turn_to(&page, now, effects);
            }
            Signal::Acted { rule, found } => self.recognizer.rule(
                &self.config,
                rule,
                found,
                &self.address,
                &self.batch.page().language,
                now,
            ),
            Signal::Seen {
                rule,
                element,
                percent,
                found,
            } => {
                if let Some(rules) = self.config.rules.get(rule) {
                    let enough = percent >= f64::from(rules.share);
                    self.recognizer.viewing.observe(
                        element,
                        rule,
                        enough,
                        found,
                        rules.dwell_ms,
                        now,
                    );
                }
                None
            }
            Signal::Marked { name, facts } => is_event_name(&name)
                .then(|| Conversion::of_markup(&name, &facts, &self.batch.page().language))
                .filter(|found| !self.recognizer.repeats(found, now)),
            Signal::Media(media, facts) => {
                let facts = facts.map(|facts| MediaFacts {
                    url: clean_path(&facts.url),
                    title: clean_text(&facts.title),
                    ..facts
                });
                let found = self.recognizer.media(&self.config, media, facts);
                return self.keep_all(found, now, effects);
            }
            Signal::Scrolled {
                top,
                bottom,
                scroller,
            } => {
                if scroller.is_empty() && self.config.has("attention") {
                    self.recognizer.attention.look(top, bottom, now);
                }
                let found = self.recognizer.scroll(&self.config, scroller, bottom);
                return self.keep_all(found, now, effects);
            }
            Signal::Pressed {
                anchor,
                offset,
                spared,
                link,
                download,
            } => {
                let place = [
                    f64::from(anchor.rect[0] + offset[0]),
                    f64::from(anchor.rect[1] + offset[1]),
                ];
                let rage = self.recognizer.frustration.click(
                    &self.config,
                    &anchor.selector,
                    place,
                    spared,
                    now,
                );
                if self.config.heat_clicks && self.config.consent != Consent::Denied {
                    self.batch.press(anchor, offset, now, &mut self.losses);
                }
                self.keep_all(rage, now, effects);
                if link.is_empty() {
                    None
                } else {
                    self.recognizer
                        .link(&self.config, &link, download, &self.address, now)
                }
            }
            Signal::Moved(place) => self.recognizer.frustration.moved(place, now),
            Signal::Unanswered => Some(self.recognizer.frustration.unanswered()),
            Signal::Erred(error) => self.recognizer.frustration.error(&clean_text(&error), now),
            Signal::Form {
                form,
                event,
                field,
                detail,
            } => self
                .recognizer
                .forms
                .observe(form, event, &field, &detail, now),
            Signal::Shared => self.recognizer.share(&self.config, "web_share"),
            Signal::Offered(item) => {
                self.recognizer.offer.item = item;
                None
            }
            Signal::Pushed { name, facts } => {
                self.recognizer.offer.push(&name, facts);
                None
            }
            Signal::Tracked { name, params } => Some(Conversion { name, params }),
            Signal::Identified(user) => {
                self.dispatch(now);
                self.session.user = user;
                self.unsaved = true;
                None
            }
        };
        self.keep_all(found, now, effects);
    }

    /// Begins a page view that no load began; the address before is its referrer.
    fn turn_to(&mut self, page: &PageFacts, now: Millis, effects: &mut Vec<Effect>) {
        self.leave_page(now, effects);
        self.recognizer.begin_page();
        self.batch.begin_page(wire_page(
            &self.config,
            page,
            &self.address,
            now,
            &mut self.chance,
        ));
        self.address.clone_from(&page.url);
        self.view(now, effects);
    }

    /// Tells the view of the page, and what its address says.
    fn view(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        self.views += 1;
        let path = clean_path(&self.address);
        let back = self.journey.open(&path, now);
        let back = back.filter(|_| self.config.has("quick_back"));
        self.keep(Conversion::new("page_view"), now, effects);
        if self.config.has("search") {
            self.keep_all(
                page::search(&self.address, &self.config.scrub.query),
                now,
                effects,
            );
        }
        self.keep_all(back, now, effects);
        self.unsaved = true;
    }

    /// Tells what the page that is being left leaves undone.
    fn leave_page(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        let seen = self
            .recognizer
            .seen(&self.config, &self.batch.page().language, now);
        self.keep_all(seen, now, effects);
        let forms = &mut self.recognizer.forms;
        if !forms.last_field.is_empty() {
            self.journey.field.clone_from(&forms.last_field);
            self.journey.error.clone_from(&forms.last_error);
        }
        let given_up = forms.abandon(now);
        if self.config.has("form") {
            self.keep_all(given_up, now, effects);
        }
    }

    /// Sends all that waits, before the page may be gone.
    fn hide(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        let seen = self
            .recognizer
            .seen(&self.config, &self.batch.page().language, now);
        self.keep_all(seen, now, effects);
        self.recognizer.viewing.hide();
        let engaged = self.recognizer.attention.end(now);
        self.keep_all(engaged, now, effects);
        self.dispatch(now);
        self.unsaved = true;
        while let Some(request) = self.delivery.next(now, true) {
            effects.push(Effect::Send(request));
        }
    }

    /// Tells what of the checkout is given up.
    fn give_up(&mut self, reason: &str, now: Millis, effects: &mut Vec<Effect>) {
        for found in self.journey.abandon(&self.config, reason, now) {
            self.tell(found, now, effects);
        }
    }

    /// Ends a visit in which nothing was done for too long: what it left undone is told as its own.
    fn end_visit(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        if self.session.is_over(now) {
            self.give_up("idle", now, effects);
            self.dispatch(now);
        }
    }

    /// Enters the page with a visit that goes on, or ends here.
    fn enter(&mut self, source: crate::value::Entries, now: Millis, effects: &mut Vec<Effect>) {
        if self.session.ends(&source, now) {
            self.give_up("idle", now, effects);
            self.dispatch(now);
        }
        if self.session.enter(source, now, &mut self.chance) {
            self.renew(now);
        }
    }

    /// Notes that something was done; where that begins a new visit, what waits goes out under the old one.
    fn touch(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        self.end_visit(now, effects);
        if self.session.touch(now, &mut self.chance) {
            self.renew(now);
        }
    }

    /// A page view belongs to one visit: the same page counts on under a new id.
    fn renew(&mut self, now: Millis) {
        let mut page = self.batch.page().head();
        page.id = self.chance.id(now);
        page.opened_at = now;
        self.batch.begin_page(page);
        self.journey.renew(&self.config);
        self.unsaved = true;
    }

    /// Takes in what another tab of the same browser has saved.
    fn merge(&mut self, saved: &str, now: Millis) {
        if self.config.consent != Consent::Granted {
            return;
        }
        let mut session = self.session.clone();
        let other_visit = session.merge(saved);
        if other_visit {
            self.dispatch(now);
        }
        self.session = session;
        if other_visit {
            self.renew(now);
        }
        self.journey = Journey::resume(&self.config, &self.session.extra);
        self.unsaved = false;
    }

    /// Does what the visitor has answered.
    fn answer(&mut self, consent: Consent, saved: &str, now: Millis, effects: &mut Vec<Effect>) {
        let before = core::mem::replace(&mut self.config.consent, consent);
        if consent == before {
            return;
        }
        if consent == Consent::Granted && !self.config.without_identity {
            // Who was there before is known from here on; what was held belongs to the same visit.
            if let Some(mut known) = Session::read(saved) {
                let source = self.session.visit.source.clone();
                known.enter(source, now, &mut self.chance);
                self.session = known;
                self.journey = Journey::resume(&self.config, &self.session.extra);
            }
            self.unsaved = true;
            if before == Consent::Denied {
                self.view(now, effects);
            }
            return;
        }
        if consent == Consent::Denied {
            self.batch.drain();
            self.delivery.clear();
        }
        if before == Consent::Granted {
            let source = self.session.visit.source.clone();
            self.session = Session::fresh(source, now, &mut self.chance);
        }
        self.unsaved = false;
        effects.push(Effect::Save(String::new()));
    }

    fn keep_all(
        &mut self,
        found: impl IntoIterator<Item = Conversion>,
        now: Millis,
        effects: &mut Vec<Effect>,
    ) {
        for found in found {
            self.keep(found, now, effects);
        }
    }

    /// Tells a conversion, and what follows from it.
    #[inline(never)]
    fn keep(&mut self, found: Conversion, now: Millis, effects: &mut Vec<Effect>) {
        if found.name == "purchase" {
            let visit = self.session.visit.started_at.0;
            let page = clean_path(&self.address);
            if self.journey.repeats(&found, &page, visit) {
                return;
            }
            self.unsaved = true;
        }
        let follows = self
            .journey
            .follow(&self.config, &found, &self.address, now);
        self.tell(found, now, effects);
        for found in follows {
            self.unsaved = true;
            self.tell(found, now, effects);
        }
    }

    fn tell(&mut self, found: Conversion, now: Millis, effects: &mut Vec<Effect>) {
        match self.config.consent {
            Consent::Denied => return,
            Consent::Required if self.batch.len() >= MAX_HELD => {
                return self.losses.add(Loss::QueueFull, 1);
            }
            _ => {}
        }
        let mut params = String::new();
        write_entries(&mut params, &found.params);
        let bytes = params.len();
        if self.config.consent != Consent::Required {
            effects.push(Effect::Tell(found.name.clone(), params));
        }
        self.batch.push(found, bytes, now, &mut self.losses);
    }

    /// Hands all that waits to delivery as one batch.
    fn dispatch(&mut self, now: Millis) {
        if self.config.consent == Consent::Required {
            return;
        }
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

    /// Saves and sends what is due, and says when to look again.
    fn plan(&mut self, now: Millis, effects: &mut Vec<Effect>) {
        let seen = self
            .recognizer
            .seen(&self.config, &self.batch.page().language, now);
        self.keep_all(seen, now, effects);
        if self.unsaved && self.config.consent == Consent::Granted {
            self.session.extra = self.journey.save(&self.config);
            effects.push(Effect::Save(self.session.to_saved()));
        }
        self.unsaved = false;
        if self.batch.due_at().is_some_and(|at| at <= now) {
            self.dispatch(now);
        }
        if let Some(request) = self.delivery.next(now, false) {
            effects.push(Effect::Send(request));
        }
        let far = Millis(u64::MAX);
        let held = self.config.consent == Consent::Required;
        let mut next = far;
        for at in [
            self.batch.due_at().filter(|_| !held),
            self.delivery.next_at(),
            self.recognizer.viewing.next_at(),
            self.journey
                .is_inside()
                .then(|| self.session.ends_at())
                .filter(|at| *at > now),
        ] {
            next = next.min(at.unwrap_or(far));
        }
        if next < self.wake_at.unwrap_or(far) {
            self.wake_at = Some(next);
            effects.push(Effect::WakeAt(next));
        }
    }
}

/// Returns the page as it may be told.
fn wire_page(
    config: &Config,
    page: &PageFacts,
    referrer: &str,
    now: Millis,
    chance: &mut Chance,
) -> wire::Page {
    wire::Page {
        id: chance.id(now),
        opened_at: now,
        url: config.scrub.url(&page.url),
        title: clean_text(&page.title),
        referrer: config.scrub.path(referrer),
        language: page.language.clone(),
        viewport: page.viewport,
        document: page.document,
        events: Vec::new(),
        heat: Vec::new(),
    }
}
