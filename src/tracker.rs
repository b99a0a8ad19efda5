//! The machine: what happened comes in, what is to be done goes out. Wires the other files and decides nothing itself.

use crate::{
    attribution,
    batch::{Batch, Page},
    config::{ATTENTION, Config, Consent, HEAT, NO_BOTS, NO_IDENTITY, QUICK_BACK, SEARCH},
    conversion::{Conversion, Found, add},
    delivery::{Delivery, Outcome, Request, kept_text},
    heatmap::Kind,
    id::Chance,
    journey::Journey,
    json::write_entries,
    loss::{Loss, Losses},
    page,
    privacy::{clean_path, clean_text},
    recognize::Recognizer,
    session::Session,
    signal::{PageFacts, Signal},
    text::part,
    time::Millis,
    value::{Entries, Value, put_map, put_num, put_text},
    wire,
};

/// Events held in memory while the visitor has not answered; beyond, they are counted as lost.
const MAX_HELD: usize = 500;
/// Least time between drafts, and from a batch to the draft of the next: each writes all that waits.
const DRAFT_MS: u64 = 2000;

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Input<'a> {
    /// Something was done on the page.
    Signal(Signal<'a>),
    /// The moment of the last [`Effect::WakeAt`] has come.
    Woke,
    /// All that waits is to be sent now.
    Flush,
    /// The page is no longer in view, and may never be again.
    Hidden,
    /// The page is being left; `true` where nothing on it led away, so that the visit may end here.
    Left(bool),
    /// The visitor has answered what may be kept; with it comes what is saved in the browser.
    Answered(Consent, &'a str),
    /// Another tab has saved this.
    Saved(&'a str),
    /// Id and text of a batch that another page has kept; whether that has given it up, or it is part of one that was split.
    Adopted(&'a str, &'a str, bool),
    /// The network is back.
    Connected,
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
    /// Keep this text for the next page of this visitor; where it is empty, nothing, and no batch either.
    Save(String),
    /// Keep the batch of this id for pages to come, as this text, where the visitor allows it.
    Keep(String, String),
    /// Keep the batch of this id no longer.
    Drop(String),
    /// Likewise keep this, id and text, in place of the draft before, and have the browser send it should the page come to an
    /// end. Where it is empty, there is no draft any more.
    Draft(String, String),
    /// Tell the shop's own code what was recognised: name, and parameters as JSON.
    Tell(String, String),
    /// Hand this over to whoever has asked how things stand.
    Answer(String),
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
    /// Bytes of the batch that waits at its last draft, 0 where there is none, and when that was.
    drafted: (usize, Millis),
    /// The address as the browser has it, to tell a new one from the same again.
    address: String,
    wake_at: Millis,
    /// Whether something is to be saved for the next page.
    unsaved: bool,
    /// Whether the last signal was of a rule that had something to tell, or of another page.
    has_told: bool,
    /// Of the input in hand: when it happened, what was recognised by it, and what is to be done.
    now: Millis,
    found: Vec<Conversion>,
    effects: Vec<Effect>,
}

impl Tracker {
    /// Starts on a page, whose `page_view` is the first event. `saved` is the text of the last [`Effect::Save`], `bot` says
    /// what tells that no person is there, `seed` is a number from the platform's random source.
    #[must_use]
    pub fn start(
        mut config: Config,
        page: &PageFacts<'_>,
        saved: &str,
        bot: &str,
        seed: [u64; 2],
        now: Millis,
    ) -> (Self, Vec<Effect>) {
        let mut chance = Chance::new(seed);
        if config.site.is_empty() {
            config.site = attribution::host(page.url).to_owned();
        }
        config.consent = allowed(config.on, config.consent);
        let source = attribution::source(page, &config.exclude);
        let known = Session::read(saved).filter(|_| config.consent == Consent::Granted);
        let goes_on = known.is_some();
        let session = known.unwrap_or_else(|| Session::fresh(source.clone(), now, &mut chance));
        let mut tracker = Self {
            journey: Journey::resume(&config, &session.extra),
            session,
            recognizer: Recognizer::default(),
            batch: Batch::new(wire_page(&config, page, page.referrer, now, &mut chance)),
            delivery: Delivery::new(config.queue_bytes as usize, config.queue_ms),
            losses: Losses::default(),
            drafted: (0, now),
            address: page.url.to_owned(),
            wake_at: Millis::NEVER,
            has_told: false,
            unsaved: true,
            chance,
            config,
            now,
            found: Vec::new(),
            effects: Vec::new(),
        };
        if goes_on {
            if tracker.session.ends(&source, now) {
                tracker.end_visit();
            }
            if tracker.session.enter(source, now, &mut tracker.chance) {
                tracker.renew();
            }
        }
        bot.clone_into(&mut tracker.session.visit.bot);
        tracker.view(page.search);
        let effects = tracker.plan();
        (tracker, effects)
    }

    /// Returns whether the visitor is one of those that are followed.
    #[must_use]
    pub fn is_followed(&self) -> bool {
        self.session.visitor.share() < self.config.sample
            && (self.session.visit.bot.is_empty() || !self.config.has(NO_BOTS))
    }

    /// Takes in what happened at `now`, and returns what is to be done. Never touches the world itself.
    pub fn handle(&mut self, input: Input<'_>, now: Millis) -> Vec<Effect> {
        self.now = now;
        match input {
            Input::Signal(signal) => self.signal(signal),
            Input::Woke => {
                self.wake_at = Millis::NEVER;
                self.look();
                self.draft();
                if self.session.is_over(now) {
                    self.end_visit();
                }
            }
            Input::Flush => {
                self.look();
                self.dispatch();
            }
            Input::Hidden => self.hide(),
            Input::Left(closing) => {
                self.leave_page();
                if closing {
                    self.give_up("left");
                }
                self.hide();
            }
            Input::Adopted(batch, text, given_up) => {
                self.delivery
                    .adopt(batch, text, given_up, now, &mut self.losses);
            }
            Input::Connected => self.delivery.connect(),
            Input::Answered(consent, saved) => self.answer(consent, saved),
            Input::Saved(saved) => self.merge(saved),
            Input::Settled(id, outcome) => {
                let (chance, losses) = (&mut self.chance, &mut self.losses);
                self.delivery.settle(id, outcome, now, chance, losses);
            }
        }
        self.plan()
    }

    /// Returns whether the last [`Signal::Acted`] had something to tell, or whether the last address was another page's.
    #[must_use]
    pub fn has_told(&self) -> bool {
        self.has_told
    }

    /// Returns what is tracked here, and how.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Returns how things stand, as JSON, enough to see why nothing arrives: `events_waiting` for their batch,
    /// `batches_waiting` for the collector, the `last_outcome` (`done`, `later`, `refused`, `too_large` or `split`), `next_try_ms`
    /// until the next try, where there was and is one, and the `losses` not yet reported, by reason.
    #[must_use]
    pub fn status(&self, now: Millis) -> String {
        let mut status = Entries::new();
        put_num(&mut status, "events_waiting", self.batch.len() as f64);
        put_num(&mut status, "batches_waiting", self.delivery.len() as f64);
        put_text(&mut status, "last_outcome", self.delivery.last_outcome());
        let at = self.delivery.next_at();
        if at < Millis::NEVER {
            put_num(&mut status, "next_try_ms", at.since(now) as f64);
        }
        put_map(&mut status, "losses", self.losses.entries().clone());
        let mut out = String::new();
        write_entries(&mut out, &status);
        out
    }

    fn signal(&mut self, signal: Signal<'_>) {
        let now = self.now;
        self.recognizer.attention.touch(now);
        if !matches!(
            signal,
            Signal::Media(..)
                | Signal::Scrolled { .. }
                | Signal::Viewed { .. }
                | Signal::Moved { .. }
                | Signal::Erred(_)
                | Signal::Offered(_)
                | Signal::Pushed { .. }
                | Signal::Acted(Found { is_shown: true, .. })
        ) {
            self.touch();
        }
        let found = &mut self.found;
        let (config, recognizer) = (&self.config, &mut self.recognizer);
        self.has_told = false;
        match signal {
            Signal::Navigated(navigation, page)
                if !page::is_other(&self.address, page.url, navigation) =>
            {
                // The same page under another address: what comes next is measured against that.
                page.url.clone_into(&mut self.address);
            }
            Signal::Navigated(_, page) | Signal::PageEntered(page) => self.turn_to(&page),
            Signal::Acted(what) => self.has_told = recognizer.rule(what, now, found),
            Signal::Media(media, facts) => recognizer.media(config, media, facts, found),
            Signal::Viewed { top, bottom } => {
                if config.has(ATTENTION) {
                    recognizer.attention.look(top, bottom, now);
                }
            }
            Signal::Scrolled {
                top,
                bottom,
                scroller,
            } => {
                if scroller.is_empty() && config.has(ATTENTION) {
                    recognizer.attention.look(top, bottom, now);
                }
                recognizer.scroll(config, scroller, bottom, found);
            }
            Signal::Pointed {
                spot,
                spared,
                link,
                download,
            } => {
                let is_click = spot.kind == Kind::Click && spot.stayed == 0;
                if (config.has(HEAT) || !is_click) && config.consent != Consent::Denied {
                    self.batch.point(spot, now, &mut self.losses);
                }
                if is_click {
                    let ([left, top, ..], [x, y]) = (spot.rect, spot.offset);
                    let place = [(left, x), (top, y)]
                        .map(|(edge, offset)| f64::from(edge) + f64::from(offset));
                    recognizer.spare(spared, now);
                    recognizer
                        .frustration
                        .click(config, spot.selector, place, spared, now, found);
                    if !found.is_empty() {
                        self.batch.mark(Kind::Rage, &mut self.losses);
                    }
                    if !link.is_empty() {
                        recognizer.link(config, link, download, &self.address, now, found);
                    }
                }
            }
            Signal::Moved { turned } => recognizer.frustration.moved(turned, now, found),
            Signal::Unanswered => {
                recognizer.frustration.unanswered(found);
                if !found.is_empty() {
                    self.batch.mark(Kind::Dead, &mut self.losses);
                }
            }
            Signal::Erred(error) => {
                recognizer.frustration.error(&clean_text(error), now, found);
            }
            Signal::Form {
                form,
                event,
                field,
                detail,
            } => recognizer
                .forms
                .observe(form, event, field, detail, now, found),
            Signal::Shared => recognizer.share(config, "web_share", found),
            Signal::Offered(item) => item.clone_into(&mut recognizer.offer.item),
            Signal::Pushed { name, facts } => recognizer.offer.push(name, facts),
            Signal::Tracked { name, params } => add(found, name).params = params.clone(),
            Signal::Identified(user) => {
                self.dispatch();
                user.clone_into(&mut self.session.user);
                self.unsaved = true;
            }
        }
        self.settle();
    }

    /// Begins a page view that no load began; the address before is its referrer.
    fn turn_to(&mut self, page: &PageFacts<'_>) {
        self.leave_page();
        self.recognizer.begin_page();
        self.batch.begin_page(wire_page(
            &self.config,
            page,
            &self.address,
            self.now,
            &mut self.chance,
        ));
        page.url.clone_into(&mut self.address);
        self.view(page.search);
        self.has_told = true;
    }

    /// Tells the view of the page, and the `search` whose results it shows. What was searched is told as far as the config lets
    /// it through: people type anything into a search.
    fn view(&mut self, search: &str) {
        self.unsaved = true;
        add(&mut self.found, "page_view");
        if self.config.has(SEARCH) && !search.is_empty() {
            let term = clean_text(part(search, 1, search.len()));
            add(&mut self.found, "search").text("search_term", &term);
        }
        let before = self.found.len();
        let path = clean_path(&self.address);
        self.journey.open(&path, self.now, &mut self.found);
        if !self.config.has(QUICK_BACK) {
            self.found.truncate(before);
        }
        self.settle();
    }

    /// Tells what the page that is being left leaves undone.
    fn leave_page(&mut self) {
        self.note_field();
        self.recognizer.forms.abandon(self.now, &mut self.found);
        self.recognizer.attention.end(self.now, &mut self.found);
        self.look();
    }

    /// Notes where the visit stands among the fields of its forms: should it end here, that says why.
    fn note_field(&mut self) {
        let forms = &self.recognizer.forms;
        if !forms.last_field.is_empty() {
            self.journey.field.clone_from(&forms.last_field);
            self.journey.error.clone_from(&forms.last_error);
        }
    }

    /// Tells what was seen together.
    fn look(&mut self) {
        self.recognizer.seen(&mut self.found);
        self.settle();
    }

    /// Sends all that waits, before the page may be gone.
    fn hide(&mut self) {
        self.look();
        self.recognizer.attention.end(self.now, &mut self.found);
        self.dispatch();
        self.unsaved = true;
        for request in self.delivery.leave(self.now) {
            self.effects.push(Effect::Send(request));
        }
    }

    /// Tells what of the checkout is given up.
    fn give_up(&mut self, reason: &str) {
        self.note_field();
        self.journey
            .abandon(&self.config, reason, self.now, &mut self.found);
        self.unsaved = true;
        self.settle();
    }

    /// Ends the visit: what it left undone, and all that waits, is told as its own.
    fn end_visit(&mut self) {
        self.give_up("idle");
        self.dispatch();
    }

    /// Notes that something was done; where that begins a new visit, what waits goes out under the old one.
    fn touch(&mut self) {
        if self.session.is_over(self.now) {
            self.end_visit();
        }
        if self.session.touch(self.now, &mut self.chance) {
            self.renew();
        }
    }

    /// A page view belongs to one visit: the same page counts on under a new id.
    fn renew(&mut self) {
        self.batch.renew_page(self.chance.id(self.now), self.now);
        self.journey.renew(&self.config);
        self.unsaved = true;
    }

    /// Takes in what another tab of the same browser has saved.
    fn merge(&mut self, saved: &str) {
        if self.config.consent != Consent::Granted {
            return;
        }
        if let Some(before) = self.session.merge(saved) {
            // What waits goes out under the visit to which it belongs.
            let session = core::mem::replace(&mut self.session, before);
            self.dispatch();
            self.session = session;
            self.renew();
        }
        self.journey = Journey::resume(&self.config, &self.session.extra);
        self.unsaved = false;
    }

    /// Does what the visitor has answered.
    fn answer(&mut self, consent: Consent, saved: &str) {
        let consent = allowed(self.config.on, consent);
        let before = core::mem::replace(&mut self.config.consent, consent);
        if consent == before {
            return;
        }
        let source = self.session.visit.source.clone();
        let bot = core::mem::take(&mut self.session.visit.bot);
        if consent == Consent::Granted {
            // Who was there before is known from here on; what was held belongs to the same visit.
            if let Some(known) = Session::read(saved) {
                self.session = known;
                self.session.enter(source, self.now, &mut self.chance);
                self.journey = Journey::resume(&self.config, &self.session.extra);
            }
            self.unsaved = true;
        } else {
            if consent == Consent::Denied {
                self.batch.drain(true);
                self.delivery.clear();
                self.withdraw();
            }
            if before == Consent::Granted {
                self.session = Session::fresh(source, self.now, &mut self.chance);
            }
            self.effects.push(Effect::Save(String::new()));
        }
        self.session.visit.bot = bot;
        if before == Consent::Denied {
            self.view("");
        }
    }

    /// Keeps what was recognised, and what follows from it.
    #[inline(never)]
    fn settle(&mut self) {
        for found in core::mem::take(&mut self.found) {
            if found.name == "purchase" {
                let visit = self.session.visit.started_at.0;
                let page = clean_path(&self.address);
                self.unsaved = true;
                if self.journey.repeats(&found, &page, visit) {
                    continue;
                }
            }
            let mut follows = Vec::new();
            self.journey
                .follow(&self.config, &found, &self.address, self.now, &mut follows);
            self.tell(found);
            for found in follows {
                self.unsaved = true;
                self.tell(found);
            }
        }
    }

    #[inline(never)]
    fn tell(&mut self, found: Conversion) {
        let consent = self.config.consent;
        if consent == Consent::Denied {
            return;
        }
        if consent == Consent::Required && self.batch.len() >= MAX_HELD {
            return self.losses.add(Loss::QueueFull, 1);
        }
        let mut params = String::new();
        write_entries(&mut params, &found.params);
        let bytes = params.len();
        if consent != Consent::Required {
            self.effects.push(Effect::Tell(found.name.clone(), params));
        }
        self.batch.push(found, bytes, self.now, &mut self.losses);
    }

    /// Hands all that waits to delivery as one batch.
    fn dispatch(&mut self) {
        self.send_off(true);
    }

    /// Likewise; points that have waited a short time may stay.
    fn send_off(&mut self, all: bool) {
        self.settle();
        if self.config.consent == Consent::Required {
            return;
        }
        let events = self.batch.len() as u32;
        let importance = self.batch.importance();
        let pages = self.batch.drain(all || self.batch.has_old_points(self.now));
        let losses = self.losses.take();
        if pages.is_empty() && losses.is_empty() {
            return;
        }
        let (batch, text) = self.packed(pages, losses, events, importance);
        self.delivery.admit(batch.clone(), &text, &mut self.losses);
        self.effects.push(Effect::Keep(batch, text));
        self.withdraw();
    }

    /// Returns the id of a new batch and the text that it is kept as.
    fn packed(
        &mut self,
        pages: Vec<Value>,
        losses: Entries,
        events: u32,
        importance: u32,
    ) -> (String, String) {
        let id = self.chance.id(self.now);
        let envelope = wire::envelope(
            &self.config.site,
            id,
            self.session.visitor,
            &self.session.user,
            &self.session.visit,
            pages,
            losses,
        );
        (id.to_text(), kept_text(&envelope, events, importance))
    }

    /// Drafts what waits, where that has changed: of a page that crashes, no more is lost than what came after the last draft.
    fn draft(&mut self) {
        if self.now < self.draft_at() {
            return;
        }
        self.drafted = (self.batch.bytes(), self.now);
        let pages = self.batch.draft();
        let losses = self.losses.entries().clone();
        let (events, importance) = (self.batch.len() as u32, self.batch.importance());
        let (batch, text) = self.packed(pages, losses, events, importance);
        let text = wire::stamped(&text, self.now);
        self.effects.push(Effect::Draft(batch, text));
    }

    /// Returns when to draft what waits; never, where that is drafted, or may not be told yet. What shops are there for does not
    /// wait.
    fn draft_at(&self) -> Millis {
        let (bytes, at) = self.drafted;
        if self.batch.bytes() == bytes || self.config.consent == Consent::Required {
            Millis::NEVER
        } else if self.batch.importance() == 0 {
            self.now
        } else {
            at.plus(DRAFT_MS)
        }
    }

    /// Takes the draft back: what it holds is told otherwise, or not to be told.
    fn withdraw(&mut self) {
        if self.drafted.0 > 0 {
            self.drafted = (0, self.now);
            self.effects
                .push(Effect::Draft(String::new(), String::new()));
        }
    }

    /// Saves and sends what is due, and says when to look again; returns all that is to be done.
    fn plan(&mut self) -> Vec<Effect> {
        let now = self.now;
        if self.unsaved && self.config.consent == Consent::Granted {
            self.note_field();
            self.session.extra = self.journey.save(&self.config);
            self.effects.push(Effect::Save(self.session.to_saved()));
        }
        self.unsaved = false;
        if self.batch.due_at() <= now {
            self.send_off(false);
        }
        if let Some(request) = self.delivery.next(now) {
            self.effects.push(Effect::Send(request));
        }
        for batch in self.delivery.left.drain(..) {
            self.effects.push(Effect::Drop(batch));
        }
        let mut next = self.delivery.next_at().min(self.draft_at());
        if self.config.consent != Consent::Required {
            next = next.min(self.batch.due_at());
        }
        if self.recognizer.has_seen() {
            next = now;
        }
        if self.journey.is_inside() && !self.session.is_over(now) {
            next = next.min(self.session.ends_at());
        }
        if next < self.wake_at {
            self.wake_at = next;
            self.effects.push(Effect::WakeAt(next));
        }
        core::mem::take(&mut self.effects)
    }
}

/// Returns what may be kept where the visitor allows `consent`: without identity, nothing is stored even so.
fn allowed(on: u32, consent: Consent) -> Consent {
    if consent == Consent::Granted && on & NO_IDENTITY != 0 {
        Consent::Cookieless
    } else {
        consent
    }
}

/// Returns the page as it may be told.
fn wire_page(
    config: &Config,
    page: &PageFacts<'_>,
    referrer: &str,
    now: Millis,
    chance: &mut Chance,
) -> Page {
    let about = [
        &*clean_text(page.title),
        &config.scrub.path(referrer),
        page.language,
    ];
    Page {
        opened_at: now,
        head: wire::page(
            chance.id(now),
            now,
            config.scrub.url(page.url, page.query),
            about,
            [page.viewport, page.document],
        ),
    }
}
