//! Gathers events and points until they are due.
//!
//! Enters: conversions and heatmap points of the page in view. Leaves: the pages of one batch. Bounded: it is drained when
//! a limit is reached, and each part of it has a limit of its own.

use crate::{
    base64,
    conversion::{Conversion, importance},
    delivery::LEAST_IMPORTANT,
    heatmap::{Kind, MAX_POINTS, Packer, Spot},
    id::Id,
    loss::{Loss, Losses},
    time::Millis,
    value::{Entries, Value},
    wire,
};

/// Events in a batch: with as many it goes at once.
const MAX_EVENTS: usize = 50;
/// Estimated bytes of a batch, likewise. Two of 24 KiB and their frame pass together through the 64 KiB that a leaving page may
/// have in flight.
const MAX_BYTES: usize = 24 * 1024;
/// Age of its first event at which a batch goes.
const MAX_AGE_MS: u64 = 5000;
/// Age of its first point at which a chunk goes: many points share what is told of their elements. From half of it on, it goes along
/// with events.
const MAX_CHUNK_AGE_MS: u64 = 30_000;
/// Estimated bytes of an event around its name and parameters.
const EVENT_FRAME: usize = 40;
/// Estimated bytes of a page's own fields.
const PAGE_FRAME: usize = 300;
/// Bytes one event may have. More is no description of a step but a document, and would push others out.
const MAX_EVENT_BYTES: usize = 16 * 1024;

/// A page view.
#[derive(Clone, Debug)]
pub struct Page {
    /// When it began; the times of its events count from here.
    pub opened_at: Millis,
    /// The page as it stands on the wire, without what happened on it.
    pub head: Entries,
}

/// What waits to be sent.
#[derive(Clone, Debug)]
pub struct Batch {
    /// Pages that were left with something still unsent.
    left: Vec<Value>,
    /// The page in view, and what of it is unsent.
    page: Page,
    events: Vec<Value>,
    clicks: Packer,
    moves: Packer,
    seq: u32,
    len: usize,
    bytes: usize,
    /// That of its most important event.
    importance: u32,
    oldest_at: Millis,
    /// When the first point of the chunk came; never, where there is none.
    pointed_at: Millis,
}

impl Batch {
    /// Starts with nothing, on `page`.
    #[must_use]
    pub fn new(page: Page) -> Self {
        Self {
            page,
            left: Vec::new(),
            events: Vec::new(),
            clicks: Packer::default(),
            moves: Packer::default(),
            seq: 0,
            len: 0,
            bytes: 0,
            importance: LEAST_IMPORTANT,
            oldest_at: Millis::NEVER,
            pointed_at: Millis::NEVER,
        }
    }

    /// Turns to a new page.
    pub fn begin_page(&mut self, page: Page) {
        self.leave_page(true);
        self.page = page;
        self.seq = 0;
    }

    /// Goes on with the same page as another view of it.
    pub fn renew_page(&mut self, id: Id, now: Millis) {
        self.leave_page(true);
        wire::renew(&mut self.page.head, id, now);
        self.page.opened_at = now;
        self.seq = 0;
    }

    /// Returns the page in view.
    #[must_use]
    pub fn page(&self) -> &Page {
        &self.page
    }

    /// Adds an event of the page in view, whose parameters take `bytes` as JSON.
    pub fn push(&mut self, conversion: Conversion, bytes: usize, now: Millis, losses: &mut Losses) {
        let bytes = EVENT_FRAME + conversion.name.len() + bytes;
        if bytes > MAX_EVENT_BYTES {
            losses.add(Loss::TooLarge, 1);
            return;
        }
        self.count(bytes, now);
        self.len += 1;
        self.importance = self.importance.min(importance(&conversion.name));
        let seq = self.next_seq();
        let t = now.since_u32(self.page.opened_at);
        self.events
            .push(wire::event(seq, t, conversion.name, conversion.params));
    }

    /// Adds a heatmap point of the page in view.
    pub fn point(&mut self, spot: &Spot<'_>, now: Millis, losses: &mut Losses) {
        let t = now.since_u32(self.page.opened_at);
        self.pointed_at = now.min(self.pointed_at);
        let lost = if spot.kind == Kind::Click {
            u32::from(!self.clicks.add(spot, t))
        } else if self.moves.add(spot, t) {
            0
        } else {
            // They tell least: all before give way at once.
            let before = core::mem::take(&mut self.moves);
            self.moves.add(spot, t);
            before.len()
        };
        lose(lost, losses);
    }

    /// Tells what the last click turned out to be.
    pub fn mark(&mut self, kind: Kind, losses: &mut Losses) {
        let kept = self.clicks.mark(kind);
        lose(u32::from(!kept), losses);
    }

    fn count(&mut self, bytes: usize, now: Millis) {
        if self.bytes == 0 {
            self.bytes = PAGE_FRAME;
            self.oldest_at = now;
        }
        self.bytes += bytes;
    }

    /// Returns when what waits must go; never, where nothing waits. A moment that is past means at once.
    #[must_use]
    pub fn due_at(&self) -> Millis {
        let age = |is_full, most| if is_full { 0 } else { most };
        let events = age(
            self.len >= MAX_EVENTS || self.bytes >= MAX_BYTES,
            MAX_AGE_MS,
        );
        let most = self.clicks.len().max(self.moves.len()) as usize;
        let points = age(most > MAX_POINTS / 2, MAX_CHUNK_AGE_MS);
        let points = self.pointed_at.plus(points);
        self.oldest_at.plus(events).min(points)
    }

    /// Returns whether points wait that may go along with events at `now`.
    #[must_use]
    pub fn has_old_points(&self, now: Millis) -> bool {
        self.pointed_at.plus(MAX_CHUNK_AGE_MS / 2) <= now
    }

    /// Returns the estimated bytes that wait; 0 where nothing does.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Returns how important it is, see [`importance`].
    #[must_use]
    pub fn importance(&self) -> u32 {
        self.importance
    }

    /// Returns how many events wait.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Returns whether no event waits.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Takes what waits: pages with their events and, where `points` says so, those of the page in view, oldest first.
    pub fn drain(&mut self, points: bool) -> Vec<Value> {
        self.leave_page(points);
        self.len = 0;
        self.bytes = 0;
        self.importance = LEAST_IMPORTANT;
        self.oldest_at = Millis::NEVER;
        core::mem::take(&mut self.left)
    }

    /// Returns what `drain` would take, but points of the page in view: they get their number when they go.
    #[must_use]
    pub fn draft(&self) -> Vec<Value> {
        let mut pages = self.left.clone();
        pages.extend(self.filled(self.events.clone(), Vec::new()));
        pages
    }

    /// Sets aside what waits of the page in view, with its points or without.
    fn leave_page(&mut self, points: bool) {
        let mut heat = Vec::new();
        if points {
            self.pointed_at = Millis::NEVER;
            for packer in [&mut self.clicks, &mut self.moves] {
                if !packer.is_empty() {
                    self.seq += 1;
                    heat.push(wire::heat(self.seq, base64::encode(&packer.pack())));
                }
            }
        }
        let events = core::mem::take(&mut self.events);
        let page = self.filled(events, heat);
        self.left.extend(page);
    }

    /// Returns the page in view with what happened on it, where anything did.
    fn filled(&self, events: Vec<Value>, heat: Vec<Value>) -> Option<Value> {
        if events.is_empty() && heat.is_empty() {
            return None;
        }
        let mut page = self.page.head.clone();
        wire::fill(&mut page, events, heat);
        Some(Value::Map(page))
    }

    fn next_seq(&mut self) -> u32 {
        self.seq += 1;
        self.seq
    }
}

fn lose(points: u32, losses: &mut Losses) {
    if points > 0 {
        losses.add(Loss::HeatFull, points);
    }
}
