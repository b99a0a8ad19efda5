//! The collector's clock, the only place that reads one.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::time::Millis;

/// Returns the time of day.
pub fn now() -> Millis {
    let since = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .unwrap_or_default();
    Millis(u64::try_from(since.as_millis()).unwrap_or(u64::MAX))
}
