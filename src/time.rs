//! Points in time. The core never reads a clock: whoever calls it says what time it is.

/// Milliseconds since the Unix epoch.
///
/// Within a page the edge derives it from `performance.timeOrigin + performance.now()`, which does not jump when the
/// device's clock is set: <https://www.w3.org/TR/hr-time-3/#sec-performance-clock>.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Millis(pub u64);

impl Millis {
    /// Later than any other.
    pub const NEVER: Self = Self(u64::MAX);

    /// Returns the milliseconds from `earlier` to `self`, 0 where `earlier` is later.
    #[must_use]
    #[inline(never)]
    pub fn since(self, earlier: Self) -> u64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Returns [`Millis::since`] as far as 32 bits go, 49 days.
    #[must_use]
    pub fn since_u32(self, earlier: Self) -> u32 {
        u32::try_from(self.since(earlier)).unwrap_or(u32::MAX)
    }

    /// Returns the moment `ms` milliseconds after `self`.
    #[must_use]
    pub fn plus(self, ms: u64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}

/// Returns milliseconds in seconds, to a tenth.
#[inline(never)]
#[must_use]
pub fn seconds(ms: u64) -> f64 {
    (ms / 100) as f64 / 10.0
}
