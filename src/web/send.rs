//! Requests. The answered ones are in dom.js, the beacon is here.

use web_sys::window;

use crate::delivery::Outcome;

/// Hands `body` to the browser, which sends it though the page goes away.
///
/// It tells no status: that it was taken counts as done, and only a refusal (64 KiB are on their way) is seen.
pub fn beacon(url: &str, body: &str) -> Outcome {
    let taken = window().is_some_and(|window| {
        window
            .navigator()
            .send_beacon_with_opt_str(url, Some(body))
            .unwrap_or(false)
    });
    if taken {
        Outcome::Done
    } else {
        Outcome::Later(None)
    }
}

/// Returns the wait that a `Retry-After` in seconds asks for.
pub fn retry_after_ms(header: &str) -> Option<u64> {
    crate::text::read_int(header.trim()).map(|seconds| seconds.saturating_mul(1000))
}
