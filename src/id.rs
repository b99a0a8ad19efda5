//! Identifiers of visitors, sessions, pages and batches.
//!
//! Enters: one random seed from the edge. Leaves: ids in time order, so that a database appends instead of scattering.
//! All randomness of the core is derived here, so a test that hands in a seed gets the same ids each time.

use core::fmt;

use crate::{json::hex, time::Millis};

/// A UUID of version 7: 48 bits of Unix milliseconds, then random bits. <https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-7>
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Id([u64; 2]);

impl Id {
    /// Returns the id made of `now` and 74 of the bits of `random`.
    #[must_use]
    pub fn new(now: Millis, random: [u64; 2]) -> Self {
        Self([
            now.0 << 16 | 0x7000 | (random[0] & 0xfff),
            1 << 63 | random[1] >> 2,
        ])
    }

    /// Returns the id written as `text`, or `None` if that is not 32 hexadecimal digits with or without hyphens.
    #[must_use]
    #[inline(never)]
    pub fn parse(text: &str) -> Option<Self> {
        let mut words = [0; 2];
        let mut digits = 0;
        for byte in text.bytes().filter(|byte| *byte != b'-') {
            let word = words.get_mut(digits / 16)?;
            *word = *word << 4 | u64::from(char::from(byte).to_digit(16)?);
            digits += 1;
        }
        (digits == 32).then_some(Self(words))
    }

    /// Appends the canonical text, such as `0190a5e2-6b1c-7d3a-9f00-5f4dcc3b5aa7`.
    pub fn write(self, out: &mut String) {
        for index in 0..32 {
            if matches!(index, 8 | 12 | 16 | 20) {
                out.push('-');
            }
            let word = if index < 16 { self.0[0] } else { self.0[1] };
            let digit = (word >> (60 - 4 * (index % 16))) as u8 & 0xf;
            out.push(hex(digit));
        }
    }

    /// Returns the canonical text.
    #[must_use]
    pub fn to_text(self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    /// Returns when it was made.
    #[must_use]
    pub fn made_at(self) -> Millis {
        Millis(self.0[0] >> 16)
    }

    /// Returns a number from 0 up to, but without, 1 that is always the same for this id, and evenly spread over ids: from
    /// its random bits, not from its time.
    #[must_use]
    pub fn share(self) -> f64 {
        // The lower word is 2 bits of the UUID's variant and 62 of chance, of which a double holds 53.
        (self.0[1] << 2 >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Returns the 128 bits, for storage.
    #[must_use]
    pub fn to_bits(self) -> u128 {
        u128::from(self.0[0]) << 64 | u128::from(self.0[1])
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.to_text())
    }
}

/// The one source of chance in the core: SplitMix64 over a seed. <https://prng.di.unimi.it/splitmix64.c>
///
/// Not for secrets; for ids and for spreading retries.
#[derive(Clone, Debug)]
pub struct Chance(u64, u64);

impl Chance {
    /// Starts from a seed, which must come from the platform's random source where ids are to be unique.
    #[must_use]
    pub fn new(seed: [u64; 2]) -> Self {
        Self(seed[0], seed[1])
    }

    fn next(state: &mut u64) -> u64 {
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a new id for something that begins at `now`.
    pub fn id(&mut self, now: Millis) -> Id {
        Id::new(now, [Self::next(&mut self.0), Self::next(&mut self.1)])
    }

    /// Returns a number from 0 up to, but without, `end`; 0 where `end` is 0.
    pub fn below(&mut self, end: u64) -> u64 {
        Self::next(&mut self.0).checked_rem(end).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_id_is_a_uuid_of_version_7_that_reads_back() {
        let mut chance = Chance::new([7; 2]);
        let id = chance.id(Millis(1_763_827_200_123));
        let text = id.to_text();
        assert_eq!(text.len(), 36);
        assert_eq!(text.as_bytes()[14], b'7', "{text}");
        assert!(b"89ab".contains(&text.as_bytes()[19]), "{text}");
        assert!(text.starts_with("019aac4b-307b-"), "{text}"); // 1763827200123 in hexadecimal
        assert_eq!(Id::parse(&text), Some(id));
    }

    #[test]
    fn ids_of_one_millisecond_differ() {
        let mut chance = Chance::new([1; 2]);
        assert_ne!(chance.id(Millis(5)), chance.id(Millis(5)));
    }

    #[test]
    fn text_that_is_no_id_is_refused() {
        for text in [
            "",
            "0190",
            "0190a5e2-6b1c-7d3a-9f00-5f4dcc3b5aag",
            &"1".repeat(33),
        ] {
            assert_eq!(Id::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn shares_are_stable_and_evenly_spread(seed: [u64; 2]) {
            let mut chance = Chance::new(seed);
            let mut tenths = [0; 10];
            for _ in 0..1000 {
                let id = chance.id(Millis(1_763_827_200_123));
                let share = id.share();
                prop_assert!((0.0..1.0).contains(&share), "{share}");
                prop_assert_eq!(Id::parse(&id.to_text()).map(Id::share), Some(share));
                tenths[(share * 10.0) as usize] += 1;
            }
            // Six standard deviations of a fair draw, 9.5 each.
            prop_assert!(tenths.iter().all(|count| (43..157).contains(count)), "{tenths:?}");
        }
    }
}
