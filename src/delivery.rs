//! Gets batches to the collector.
//!
//! Enters: envelopes, and what became of requests. Leaves: requests. At least once: a batch stays until the collector has
//! answered, under the same ids, so that a collector can drop repeats. Bounded in number and bytes.

use crate::{
    id::Chance,
    json::write_entries,
    loss::{Loss, Losses},
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

/// A request to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// By which its outcome is told.
    pub id: u32,
    /// Address to post to.
    pub url: String,
    /// The body.
    pub body: String,
    /// Whether the page is being left, so that only a beacon gets through.
    pub leaving: bool,
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
}

impl Outcome {
    /// Returns the outcome that an HTTP status means; 0 stands for no answer.
    #[must_use]
    pub fn of_status(status: u16, retry_after_ms: Option<u64>) -> Self {
        match status {
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
        }
    }
}

#[derive(Clone, Debug)]
struct Parcel {
    envelope: Entries,
    /// Events in it.
    events: u32,
    tries: u32,
    /// The request it is on its way with; 0 for none.
    request: u32,
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
    pub fn admit(&mut self, envelope: Entries, events: u32, losses: &mut Losses) {
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
            envelope,
            events,
            tries: 0,
            request: 0,
        });
    }

    /// Returns the next request to make at `now`: one at a time while the page lives; when it is `leaving`, one after another
    /// until `None`.
    pub fn next(&mut self, now: Millis, leaving: bool) -> Option<Request> {
        if !leaving && now < self.next_at() {
            return None;
        }
        let parcel = self.parcels.iter_mut().find(|parcel| parcel.request == 0)?;
        self.next_request += 1;
        parcel.request = self.next_request;
        wire::stamp(&mut parcel.envelope, now);
        let mut body = String::new();
        write_entries(&mut body, &parcel.envelope);
        Some(Request {
            id: parcel.request,
            url: self.url.clone(),
            body,
            leaving,
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
        let loss = match outcome {
            Outcome::Later(retry_after_ms) => {
                let wait_ms = retry_after_ms.unwrap_or_else(|| back_off(parcel.tries, chance));
                parcel.request = 0;
                parcel.tries += 1;
                self.wait_until = now.plus(wait_ms);
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
        losses.add(reason, parcel.events);
        if let Some(Value::Map(told)) = find(&parcel.envelope, "losses") {
            losses.add_all(told);
        }
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
