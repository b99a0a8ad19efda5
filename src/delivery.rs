//! Gets batches to the collector.
//!
//! Enters: envelopes, what became of requests, and batches that an earlier page kept. Leaves: requests, and batches to keep. At
//! least once: a batch stays until the collector has answered, under the same ids, so that a collector can drop repeats.
//! Bounded in number and bytes.
//!
//! A page that goes out of view may never come back. What the collector has not answered by then is kept in the browser's
//! storage, each batch under a key of its own, and whatever page takes it out of there is the one that sends it.

use crate::{
    id::{Chance, Id},
    json::write_entries,
    loss::{Loss, Losses},
    text::{cut, read_int},
    time::Millis,
    value::{Entries, Value, find},
    wire,
};

/// Batches held at most; with 24 KiB a batch, under 1 MB of memory.
const MAX_BATCHES: usize = 32;
/// First wait after a failure; doubles with each further one.
const FIRST_RETRY_MS: u64 = 1000;
/// More doublings than the longest wait takes.
const MAX_DOUBLINGS: u32 = 16;
/// Longest wait: a collector that is down is asked once a minute.
const MAX_RETRY_MS: u64 = 60_000;
/// Longest wait that a collector's `Retry-After` may ask for: an hour, longer than most visits.
const MAX_RETRY_AFTER_MS: u64 = 3_600_000;
/// Batches kept for longer than a week are lost: a collector that was down for so long has other worries.
pub const MAX_KEPT_MS: u64 = 7 * 24 * 60 * 60 * 1000;

/// A request to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// By which its outcome is told.
    pub id: u32,
    /// Address to post to.
    pub url: String,
    /// The body.
    pub body: String,
    /// Events in it.
    pub events: u32,
    /// Whether it may be kept, under the id of the batch.
    pub stores: bool,
    /// How it is to be sent.
    pub way: Way,
}

/// How a request is to be sent. Whatever its outcome, unless that is [`Outcome::Kept`], the batch is kept no longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Posted; its answer is the outcome.
    Post,
    /// Posted, if it is still kept. Where it is not, another page has sent it: [`Outcome::Done`].
    Claim,
    /// The page is being left: handed to the browser, and kept where that takes no more.
    Beacon,
    /// The page is being left, and the collector did not answer lately: kept, and handed to the browser where that fails.
    Keep,
    /// The page is being left, and may not hear what becomes of it, which is on its way: kept, without an outcome.
    Copy,
}

/// What became of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The collector has it, or the browser has promised to send it.
    Done,
    /// It may work later: no network, or the collector is busy; `Retry-After` in milliseconds, where it was said.
    Later(Option<u64>),
    /// It will never work.
    Refused,
    /// The collector takes no body as large as this.
    TooLarge,
    /// It was not sent, but is kept under its key.
    Kept,
}

impl Outcome {
    /// Returns the outcome that an HTTP status means; 0 stands for no answer, 1 for what was kept.
    #[must_use]
    pub fn of_status(status: u16, retry_after_ms: Option<u64>) -> Self {
        match status {
            1 => Self::Kept,
            200..=299 => Self::Done,
            400 | 401 | 403 | 404 | 405 | 410 | 415 | 422 => Self::Refused,
            413 => Self::TooLarge,
            _ => Self::Later(retry_after_ms.map(|ms| ms.min(MAX_RETRY_AFTER_MS))),
        }
    }

    /// Returns its name in the status.
    fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Later(_) => "later",
            Self::Refused => "refused",
            Self::TooLarge => "too_large",
            Self::Kept => "kept",
        }
    }
}

#[derive(Clone, Debug)]
struct Parcel {
    /// The envelope as JSON, not stamped.
    body: String,
    /// The losses that it tells.
    losses: Entries,
    /// Events in it.
    events: u32,
    tries: u32,
    /// The request it is on its way with; 0 for none.
    request: u32,
    /// Whether it is kept in the browser's storage.
    kept: bool,
}

/// The queue to one collector.
#[derive(Clone, Debug)]
pub struct Delivery {
    url: String,
    parcels: Vec<Parcel>,
    next_request: u32,
    /// After a failure nothing is sent before this.
    wait_until: Millis,
    last_outcome: &'static str,
}

impl Delivery {
    /// Starts with an empty queue to `url`.
    #[must_use]
    pub fn new(url: String) -> Self {
        Self {
            url,
            parcels: Vec::new(),
            next_request: 0,
            wait_until: Millis(0),
            last_outcome: "",
        }
    }

    /// Takes a batch of `events` events. What gives way to it is counted in `losses`.
    pub fn admit(&mut self, envelope: &Entries, events: u32, losses: &mut Losses) {
        let mut body = String::new();
        write_entries(&mut body, envelope);
        let told = match find(envelope, "losses") {
            Some(Value::Map(told)) => told.clone(),
            _ => Entries::new(),
        };
        self.push(body, told, events, false, losses);
    }

    /// Takes in the `batch` that an earlier page has kept: how many events are in it, and its body. What nobody wrote is passed
    /// over. `false` where it is too old, which is counted: it is to be kept no longer.
    pub fn adopt(&mut self, batch: &str, kept: &str, now: Millis, losses: &mut Losses) -> bool {
        let (Some(id), Some((events, rest))) = (Id::parse(batch), cut(kept, b'{')) else {
            return true;
        };
        let events = read_int(events).unwrap_or_default() as u32;
        if now.since(id.made_at()) > MAX_KEPT_MS {
            losses.add(Loss::Expired, events);
            return false;
        }
        let mut body = String::from("{");
        body.push_str(rest);
        self.push(body, Entries::new(), events, true, losses);
        true
    }

    fn push(&mut self, body: String, told: Entries, events: u32, kept: bool, losses: &mut Losses) {
        if self.parcels.len() >= MAX_BATCHES {
            // The oldest that is not on its way: what is, may have arrived already.
            let oldest = self
                .parcels
                .iter()
                .position(|parcel| parcel.request == 0)
                .unwrap_or(0);
            self.lose(oldest, Loss::QueueFull, losses);
        }
        self.parcels.push(Parcel {
            body,
            losses: told,
            events,
            tries: 0,
            request: 0,
            kept,
        });
    }

    /// Returns the next request to make at `now`: one at a time while the page lives; when it is `leaving`, one after another
    /// until `None`. Where it `stores`, batches may be kept.
    pub fn next(&mut self, now: Millis, leaving: bool, stores: bool) -> Option<Request> {
        if !leaving && now < self.next_at() {
            return None;
        }
        let fails = now < self.wait_until;
        let mut parcels = self.parcels.iter_mut();
        let parcel = parcels.find(|parcel| {
            let waits = parcel.request == 0;
            if leaving {
                !parcel.kept && (waits || stores)
            } else {
                waits
            }
        })?;
        let way = match (leaving, parcel.request, parcel.kept) {
            (false, _, false) => Way::Post,
            (false, _, true) => Way::Claim,
            (true, 0, _) if fails => Way::Keep,
            (true, 0, _) => Way::Beacon,
            (true, ..) => Way::Copy,
        };
        if way != Way::Copy {
            self.next_request += 1;
            parcel.request = self.next_request;
        }
        // What becomes of a beacon is told in a moment.
        parcel.kept = leaving;
        Some(Request {
            id: parcel.request,
            url: self.url.clone(),
            body: wire::stamped(&parcel.body, now),
            events: parcel.events,
            stores,
            way,
        })
    }

    /// Notes what became of request `id`.
    pub fn settle(
        &mut self,
        id: u32,
        outcome: Outcome,
        now: Millis,
        chance: &mut Chance,
        losses: &mut Losses,
    ) {
        let mut sent = self.parcels.iter_mut().enumerate();
        let Some((index, parcel)) = sent.find(|(_, parcel)| parcel.request == id) else {
            return;
        };
        self.last_outcome = outcome.name();
        parcel.kept = outcome == Outcome::Kept;
        let loss = match outcome {
            Outcome::Later(retry_after_ms) => {
                let wait_ms = retry_after_ms.unwrap_or_else(|| back_off(parcel.tries, chance));
                parcel.request = 0;
                parcel.tries += 1;
                self.wait_until = now.plus(wait_ms);
                return;
            }
            Outcome::Kept => {
                parcel.request = 0;
                self.wait_until = self.wait_until.max(now.plus(FIRST_RETRY_MS));
                return;
            }
            Outcome::Done => {
                self.parcels.remove(index);
                self.wait_until = Millis(0);
                return;
            }
            Outcome::Refused => Loss::Refused,
            Outcome::TooLarge => Loss::TooLarge,
        };
        self.lose(index, loss, losses);
    }

    /// Drops a batch, counting its events and the losses that it would have reported.
    fn lose(&mut self, index: usize, reason: Loss, losses: &mut Losses) {
        let parcel = self.parcels.remove(index);
        if parcel.kept {
            // The next page finds it.
            return;
        }
        losses.add(reason, parcel.events);
        losses.add_all(&parcel.losses);
    }

    /// Forgets every batch: the visitor wants none of it kept.
    pub fn clear(&mut self) {
        self.parcels.clear();
    }

    /// Returns when to try next; never, where nothing waits, or an answer is waited for.
    #[must_use]
    pub fn next_at(&self) -> Millis {
        let waits = self.parcels.iter().any(|parcel| parcel.request != 0);
        if waits || self.parcels.is_empty() {
            Millis::NEVER
        } else {
            self.wait_until
        }
    }

    /// Returns how many batches are held.
    #[must_use]
    pub fn len(&self) -> usize {
        self.parcels.len()
    }

    /// Returns whether no batch is held.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parcels.is_empty()
    }

    /// Returns the name of the last request's outcome; empty where there was none.
    #[must_use]
    pub fn last_outcome(&self) -> &'static str {
        self.last_outcome
    }
}

/// Returns the wait before try number `tries + 1`: doubling, with full jitter, so that browsers do not come back all at once.
/// <https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/>
fn back_off(tries: u32, chance: &mut Chance) -> u64 {
    let most = (FIRST_RETRY_MS << tries.min(MAX_DOUBLINGS)).min(MAX_RETRY_MS);
    most / 2 + chance.below(most / 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses() {
        for (status, expected) in [
            (1, Outcome::Kept),
            (200, Outcome::Done),
            (204, Outcome::Done),
            (0, Outcome::Later(None)),
            (301, Outcome::Later(None)),
            (400, Outcome::Refused),
            (401, Outcome::Refused),
            (403, Outcome::Refused),
            (404, Outcome::Refused),
            (408, Outcome::Later(None)),
            (410, Outcome::Refused),
            (413, Outcome::TooLarge),
            (422, Outcome::Refused),
            (425, Outcome::Later(None)),
            (429, Outcome::Later(None)),
            (500, Outcome::Later(None)),
            (503, Outcome::Later(None)),
        ] {
            assert_eq!(Outcome::of_status(status, None), expected, "{status}");
        }
        assert_eq!(
            Outcome::of_status(429, Some(7000)),
            Outcome::Later(Some(7000))
        );
        assert_eq!(
            Outcome::of_status(503, Some(u64::MAX)),
            Outcome::Later(Some(MAX_RETRY_AFTER_MS))
        );
    }

    #[test]
    fn waits_double_up_to_a_minute() {
        let chance = &mut Chance::new([5; 2]);
        for (tries, most) in [(0, 1000), (1, 2000), (2, 4000), (6, 60_000), (40, 60_000)] {
            for _ in 0..50 {
                let wait = back_off(tries, chance);
                assert!((most / 2..most).contains(&wait), "{tries}: {wait}");
            }
        }
    }
}
