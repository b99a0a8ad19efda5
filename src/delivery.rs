//! Gets batches to the collector.
//!
//! Enters: batches, and what became of requests. Leaves: requests, and which batches are to be kept no longer. At least once: a
//! batch stays until the collector has answered, under the same ids, so that a collector can drop repeats. Bounded in bytes:
//! the least important gives way, and is counted.
//!
//! Where the visitor allows it, each batch is in the browser's storage from its first moment until it leaves the queue, under a
//! key of its own, so that a page that crashes or is closed loses none. Whatever page comes later takes in what is left.

use crate::{
    id::{Chance, Id},
    json::{write_entries, write_int},
    loss::{Loss, Losses},
    text::{cut, part, read_int},
    time::Millis,
    value::Entries,
    wire,
};

/// Bytes of request bodies that a browser carries at one time for pages that may be gone: 64 KiB with all that the shop's own
/// scripts send so, of which some is left to them. <https://fetch.spec.whatwg.org/#http-network-or-cache-fetch>
const MAX_IN_FLIGHT_BYTES: usize = 60_000;
/// Requests that it carries so: Chrome takes no more than nine.
const MAX_IN_FLIGHT: usize = 9;
/// First wait after a failure; doubles with each further one.
const FIRST_RETRY_MS: u64 = 1000;
/// More doublings than the longest wait takes.
const MAX_DOUBLINGS: u32 = 16;
/// Least wait once the doubling is over: a collector that is down is asked at most once a minute.
const MAX_RETRY_MS: u64 = 60_000;
/// Longest wait that a collector's `Retry-After` may ask for: an hour, longer than most visits.
const MAX_RETRY_AFTER_MS: u64 = 3_600_000;
/// As a page is left, Chrome breaks off what is on its way, and says so this short a time before: that says nothing of the collector.
const BROKEN_OFF_MS: u64 = 250;
/// The page that made a batch needs it no longer than this to send it, where it lives: a younger one is left to it.
const MIN_ADOPTED_MS: u64 = 10_000;
/// How important the contents of a batch are: 0 to this, see `conversion::importance`.
pub const LEAST_IMPORTANT: u32 = 3;

/// A request to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// By which its outcome is told.
    pub id: u32,
    /// Id of the batch.
    pub batch: String,
    /// The body.
    pub body: String,
    /// How it is to be sent.
    pub way: Way,
}

/// How a request is to be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Posted, such that it outlives the page; its answer is the outcome. A batch that was kept, and is no more, another page has
    /// sent: [`Outcome::Done`].
    Post,
    /// Likewise, but larger than what outlives a page.
    Large,
    /// The page may be left: posted at once, or where it is not kept, handed to the browser, whose promise is the outcome.
    Last,
    /// The page may be left, but the browser takes no more, or the collector did not answer lately: being kept is enough. Where it
    /// is not, whatever may still work, without an outcome.
    Over,
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
    /// The collector takes no body as large as this, nor a part of it.
    TooLarge,
    /// The collector takes no body as large as this; its parts are told as adopted.
    Split,
}

impl Outcome {
    /// Returns the outcome that an HTTP status means; 0 stands for no answer, 1 for a 413 whose batch was split.
    #[must_use]
    pub fn of_status(status: u16, retry_after_ms: Option<u64>) -> Self {
        match status {
            1 => Self::Split,
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
            Self::Split => "split",
        }
    }
}

#[derive(Clone, Debug)]
struct Parcel {
    batch: String,
    /// The envelope as JSON, not stamped.
    body: String,
    /// Events in it.
    events: u32,
    importance: u32,
    tries: u32,
    /// The request it is on its way with; 0 for none.
    request: u32,
}

/// The queue to one collector.
#[derive(Clone, Debug)]
pub struct Delivery {
    max_bytes: usize,
    max_age_ms: u64,
    parcels: Vec<Parcel>,
    next_request: u32,
    /// When a request failed last, and before when nothing is sent after that.
    failed_at: Millis,
    wait_until: Millis,
    /// Whether the collector asked for that wait.
    is_asked: bool,
    last_outcome: &'static str,
    /// Batches that have left the queue.
    pub left: Vec<String>,
}

/// Returns what a batch is kept as: events and importance in one number, then the body.
#[must_use]
pub fn kept_text(envelope: &Entries, events: u32, importance: u32) -> String {
    let mut text = String::new();
    let both = events * (LEAST_IMPORTANT + 1) + importance;
    write_int(&mut text, both.into());
    write_entries(&mut text, envelope);
    text
}

impl Delivery {
    /// Starts with an empty queue, that holds `max_bytes` of bodies and takes in no batch older than `max_age_ms`.
    #[must_use]
    pub fn new(max_bytes: usize, max_age_ms: u64) -> Self {
        Self {
            max_bytes,
            max_age_ms,
            parcels: Vec::new(),
            next_request: 0,
            failed_at: Millis(0),
            wait_until: Millis(0),
            is_asked: false,
            last_outcome: "",
            left: Vec::new(),
        }
    }

    /// Takes a batch as it would be kept. What gives way to it is counted in `losses`.
    pub fn admit(&mut self, batch: String, text: &str, losses: &mut Losses) {
        let (Some((number, _)), (events, importance)) = (cut(text, b'{'), contents(text)) else {
            return;
        };
        self.parcels.push(Parcel {
            batch,
            body: part(text, number.len(), text.len()).to_owned(),
            events,
            importance,
            tries: 0,
            request: 0,
        });
        while self.bytes() > self.max_bytes {
            let least = (0..=LEAST_IMPORTANT).rev();
            let Some(index) = least
                .into_iter()
                .find_map(|importance| self.waiting(importance))
            else {
                return;
            };
            self.lose(index, Loss::QueueFull, losses);
        }
    }

    fn bytes(&self) -> usize {
        self.parcels.iter().map(|parcel| parcel.body.len()).sum()
    }

    /// Takes in the `batch` that is kept as `text`, unless it is held already. While it is young, the page that made it may still
    /// send it, unless it is `given_up`, or part of one that was split here. What nobody wrote is passed over; what is too old is counted, and leaves.
    pub fn adopt(
        &mut self,
        batch: &str,
        text: &str,
        given_up: bool,
        now: Millis,
        losses: &mut Losses,
    ) {
        let Some(id) = Id::parse(batch) else { return };
        let age = now.since(id.made_at());
        let is_held = self.parcels.iter().any(|parcel| parcel.batch == batch);
        if is_held || (age < MIN_ADOPTED_MS && !given_up) {
            return;
        }
        let batch = batch.to_owned();
        if age <= self.max_age_ms {
            return self.admit(batch, text, losses);
        }
        let (events, _) = contents(text);
        losses.add(Loss::Expired, events);
        self.left.push(batch);
    }

    /// Returns the oldest that is not on its way, of those as important as this.
    fn waiting(&self, importance: u32) -> Option<usize> {
        self.parcels
            .iter()
            .position(|parcel| parcel.request == 0 && parcel.importance == importance)
    }

    /// Returns the next request to make at `now`, one at a time: the most important first, and of those the oldest.
    pub fn next(&mut self, now: Millis) -> Option<Request> {
        if now < self.next_at() {
            return None;
        }
        let index = (0..=LEAST_IMPORTANT).find_map(|importance| self.waiting(importance))?;
        self.request(index, Way::Post, now)
    }

    /// Returns the requests to make when the page may never come back, in one account of what the browser carries then.
    pub fn leave(&mut self, now: Millis) -> Vec<Request> {
        let fails = self.fails(now);
        let is_broken_off = !self.is_asked && now.since(self.failed_at) < BROKEN_OFF_MS;
        let (mut bytes, mut count) = (0, 0);
        for parcel in &self.parcels {
            if parcel.request != 0 {
                bytes += parcel.body.len();
                count += 1;
            }
        }
        let mut requests = Vec::new();
        for importance in 0..=LEAST_IMPORTANT {
            for index in 0..self.parcels.len() {
                let Some(parcel) = self.parcels.get(index) else {
                    continue;
                };
                if parcel.request != 0 || parcel.importance != importance {
                    continue;
                }
                let size = parcel.body.len();
                let fits = bytes + size <= MAX_IN_FLIGHT_BYTES && count < MAX_IN_FLIGHT;
                let may = !fails || is_broken_off && parcel.tries == 0;
                let way = if fits && may {
                    bytes += size;
                    count += 1;
                    Way::Last
                } else {
                    Way::Over
                };
                requests.extend(self.request(index, way, now));
            }
        }
        requests
    }

    fn request(&mut self, index: usize, way: Way, now: Millis) -> Option<Request> {
        let parcel = self.parcels.get_mut(index)?;
        let body = wire::stamped(&parcel.body, now);
        if way != Way::Over {
            self.next_request += 1;
            parcel.request = self.next_request;
        }
        let large = way == Way::Post && body.len() > MAX_IN_FLIGHT_BYTES;
        Some(Request {
            id: parcel.request,
            batch: parcel.batch.clone(),
            body,
            way: if large { Way::Large } else { way },
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
                self.is_asked = retry_after_ms.is_some();
                self.failed_at = now;
                self.wait_until = now.plus(wait_ms);
                return;
            }
            Outcome::Done | Outcome::Split => {
                let parcel = self.parcels.remove(index);
                self.left.push(parcel.batch);
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
        losses.add_all(&wire::losses(&parcel.body));
        self.left.push(parcel.batch);
    }

    /// Forgets every batch: the visitor wants none of it kept.
    pub fn clear(&mut self) {
        self.parcels.clear();
    }

    /// Notes that the network is back: no need to wait for it, unless the collector itself asked to.
    pub fn connect(&mut self) {
        if !self.is_asked {
            self.wait_until = Millis(0);
        }
    }

    /// Returns whether the last request failed, and the next one is not due yet.
    #[must_use]
    pub fn fails(&self, now: Millis) -> bool {
        now < self.wait_until
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

/// Reads how many events are in a kept batch, and how important it is.
fn contents(text: &str) -> (u32, u32) {
    let number = cut(text, b'{').and_then(|(number, _)| read_int(number));
    let number = number.unwrap_or_default() as u32;
    let kinds = LEAST_IMPORTANT + 1;
    (number / kinds, number % kinds)
}

/// Returns the wait before try number `tries + 1`: any up to one that doubles, so that browsers do not come back all at once; from
/// a minute on, one to two minutes.
/// <https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/>
fn back_off(tries: u32, chance: &mut Chance) -> u64 {
    let most = FIRST_RETRY_MS << tries.min(MAX_DOUBLINGS);
    if most > MAX_RETRY_MS {
        MAX_RETRY_MS + chance.below(MAX_RETRY_MS)
    } else {
        chance.below(most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses() {
        for (status, expected) in [
            (1, Outcome::Split),
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
        for (tries, least, most) in [
            (0, 0, 1000),
            (1, 0, 2000),
            (5, 0, 32_000),
            (6, 60_000, 120_000),
            (40, 60_000, 120_000),
        ] {
            let waits: Vec<_> = (0..200).map(|_| back_off(tries, chance)).collect();
            assert!(waits.iter().all(|wait| (least..most).contains(wait)));
            let spread = waits.iter().max().zip(waits.iter().min());
            assert!(spread.is_some_and(|(last, first)| last - first > (most - least) / 2));
        }
    }
}
