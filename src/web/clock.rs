//! The one clock and the one source of chance.

use web_sys::window;

use crate::time::Millis;

/// Returns the present.
pub fn now() -> Millis {
    let performance = window().and_then(|window| window.performance());
    at(performance.map_or(0.0, |performance| performance.now()))
}

/// Returns the moment of an event's `timeStamp`.
pub fn at(time_stamp: f64) -> Millis {
    let performance = window().and_then(|window| window.performance());
    let origin = performance.map_or(0.0, |performance| performance.time_origin());
    Millis((origin + time_stamp) as u64)
}

/// Returns a number that no other page has.
pub fn seed() -> u128 {
    let mut bytes = [0; 16];
    if let Some(crypto) = window().and_then(|window| window.crypto().ok()) {
        // Fails never for 16 bytes: <https://www.w3.org/TR/webcrypto/#Crypto-method-getRandomValues>.
        let _ = crypto.get_random_values_with_u8_array(&mut bytes);
    }
    u128::from_le_bytes(bytes)
}
