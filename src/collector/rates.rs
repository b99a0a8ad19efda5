//! How many batches a second one address, and the pages of one origin, may send.
//!
//! Enters: who sends. Leaves: whether that is too much. Who has been quiet for a second is forgotten
//! within the next some thousand batches.

use std::{
    hash::{BuildHasher, Hash, RandomState},
    net::IpAddr,
    num::NonZeroU32,
    sync::atomic::{AtomicUsize, Ordering},
};

use axum::http::{HeaderMap, StatusCode, header};
use governor::{
    Quota, RateLimiter,
    clock::{Clock, MonotonicClock},
    middleware::NoOpMiddleware,
    state::keyed::HashMapStateStore,
};

use super::{Options, refusal::Refusal};

/// Checks after which senders that are quiet again are forgotten: so many more are remembered than send at the time.
const CHECKS_BETWEEN: usize = 4096;

/// The limits on senders.
#[derive(Debug)]
pub struct Rates {
    addresses: Option<Limit<IpAddr>>,
    /// By a hash of it: what a page says of itself may be long.
    origins: Option<Limit<u64>>,
    hasher: RandomState,
}

impl Rates {
    /// Returns the limits that `options` set.
    pub fn new(options: &Options) -> Self {
        Self {
            addresses: Limit::new(options.max_per_address, MonotonicClock),
            origins: Limit::new(options.max_per_origin, MonotonicClock),
            hasher: RandomState::new(),
        }
    }

    /// Counts a batch from an address.
    ///
    /// # Errors
    /// Where too many came from there.
    pub fn address(&self, client: IpAddr) -> Result<(), Refusal> {
        match &self.addresses {
            Some(limit) if !limit.admits(&client) => Err(too_many(
                "address",
                limit.per_second,
                "raise --max-per-address; where they come through a proxy, let it set X-Forwarded-For and start with --trust-proxy",
            )),
            _ => Ok(()),
        }
    }

    /// Counts a batch from the pages of the origin that `headers` name.
    ///
    /// # Errors
    /// Where too many came from there.
    pub fn origin(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let (Some(limit), Some(origin)) = (&self.origins, headers.get(header::ORIGIN)) else {
            return Ok(());
        };
        if limit.admits(&self.hasher.hash_one(origin.as_bytes())) {
            return Ok(());
        }
        Err(too_many(
            "origin",
            limit.per_second,
            "raise --max-per-origin",
        ))
    }
}

fn too_many(whose: &str, per_second: NonZeroU32, remedy: &str) -> Refusal {
    let reason = format!(
        "more than {per_second} batches a second from this {whose}; send this again later, or {remedy}"
    );
    Refusal::new(StatusCode::TOO_MANY_REQUESTS, reason).field(whose)
}

/// A number of checks a second for each key, and as many at once after a quiet second.
#[derive(Debug)]
struct Limit<K: Hash + Eq + Clone, C: Clock = MonotonicClock> {
    limiter: RateLimiter<K, HashMapStateStore<K>, C, NoOpMiddleware<C::Instant>>,
    per_second: NonZeroU32,
    checks: AtomicUsize,
}

impl<K: Hash + Eq + Clone, C: Clock> Limit<K, C> {
    /// Returns none for 0, which sets no limit.
    fn new(per_second: u32, clock: C) -> Option<Self> {
        let per_second = NonZeroU32::new(per_second)?;
        let quota = Quota::per_second(per_second);
        Some(Self {
            limiter: RateLimiter::hashmap_with_clock(quota, clock),
            per_second,
            checks: AtomicUsize::new(0),
        })
    }

    fn admits(&self, key: &K) -> bool {
        let checks = self.checks.fetch_add(1, Ordering::Relaxed);
        if checks % CHECKS_BETWEEN == CHECKS_BETWEEN - 1 {
            self.limiter.retain_recent();
            self.limiter.shrink_to_fit();
        }
        self.limiter.check_key(key).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use governor::clock::FakeRelativeClock;

    use super::*;

    #[test]
    fn each_key_has_its_number_a_second() {
        let clock = FakeRelativeClock::default();
        let limit = Limit::new(3, clock.clone()).unwrap();
        let admitted = |key| (0..9).filter(|_| limit.admits(&key)).count();
        assert_eq!((admitted('a'), admitted('b')), (3, 3));
        clock.advance(Duration::from_millis(334));
        assert_eq!(admitted('a'), 1);
        clock.advance(Duration::from_secs(60));
        assert_eq!(admitted('a'), 3, "what was not used is not saved up");
    }

    #[test]
    fn quiet_senders_are_forgotten() {
        let clock = FakeRelativeClock::default();
        let limit = Limit::new(10, clock.clone()).unwrap();
        for key in 0..20 * CHECKS_BETWEEN {
            assert!(limit.admits(&key));
            clock.advance(Duration::from_millis(1));
        }
        let kept = limit.limiter.len();
        assert!(kept <= CHECKS_BETWEEN + 1000, "{kept}");
    }

    #[test]
    fn no_limit_is_none() {
        assert!(Limit::<u8>::new(0, MonotonicClock).is_none());
    }
}
