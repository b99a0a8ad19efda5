//! Reads prices as shops print them.
//!
//! Enters: a text such as `1.299,00 €`, and how the page's language writes decimals. Leaves: the amount, and the currency where the text says it.
//! Nothing here guesses a currency from a sign that several share (`$`, `kr`).

use crate::text::{find_str, parts};

/// An amount and its currency.
#[derive(Clone, Debug, PartialEq)]
pub struct Price {
    /// In the currency's main unit.
    pub amount: f64,
    /// ISO 4217 code, where the text names it without doubt.
    pub currency: Option<&'static str>,
}

/// Signs that stand for one currency alone, each with its code behind it.
const SIGNS: &str = "€EUR £GBP ₹INR złPLN KčCZK ₺TRY ₩KRW ₪ILS ₫VND ₴UAH R$BRL US$USD";
/// Codes that are looked for as whole words.
const CODES: &str = "EUR GBP USD CHF SEK NOK DKK PLN CAD AUD JPY INR";
/// Digits read of one amount; more cannot be held exactly.
const MAX_DIGITS: u32 = 15;
/// Returns the first price in `text`, whose white space the edge has folded, or `None` where it has no digit.
///
/// A single separator before exactly three digits is read by the page's language, `comma` where that writes decimals behind
/// one: `1.299` is 1299 in `de` and 1.299 in `en`; with two separators, or another count of digits, the text itself tells.
#[must_use]
pub fn read(text: &str, comma: bool) -> Option<Price> {
    let first = text.bytes().position(|byte| byte.is_ascii_digit())?;
    let (before, digits) = (text.get(..first)?, text.get(first..)?);
    let mut amount = Digits::default();
    for (at, byte) in digits.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => amount.digit(byte - b'0'),
            b'.' | b',' if digits_at(digits, at + 1) > 0 => amount.separator(byte),
            b' ' | b'\'' if digits_at(digits, at + 1) == 3 => {}
            // Switzerland's apostrophe, U+2019, in its three bytes.
            0xe2 if digits_at(digits, at + 3) == 3 => {}
            0x80 | 0x99 => {}
            _ => break,
        }
    }
    if amount.count > MAX_DIGITS {
        return None;
    }
    let mut scale = 1.0;
    for _ in 0..amount.decimals(comma) {
        scale *= 10.0;
    }
    let negative = find_str(before, "-") == Some(0) || find_str(before, "\u{2212}") == Some(0);
    let amount = if negative {
        -amount.units
    } else {
        amount.units
    } / scale;
    Some(Price {
        amount,
        currency: currency(text),
    })
}

/// Returns how many digits stand at `at`; four stand for more.
fn digits_at(text: &str, at: usize) -> usize {
    let rest = text.as_bytes().get(at..).unwrap_or_default();
    rest.iter()
        .take(4)
        .take_while(|byte| byte.is_ascii_digit())
        .count()
}

/// The digits of an amount, and what separated them.
#[derive(Default)]
struct Digits {
    units: f64,
    count: u32,
    /// The separator that stood last, and how often it stood; whether another stood before it.
    sign: u8,
    repeats: u32,
    mixed: bool,
    /// Digits before the separator that stood last.
    before: u32,
}

impl Digits {
    fn digit(&mut self, digit: u8) {
        self.units = self.units * 10.0 + f64::from(digit);
        self.count += 1;
    }

    fn separator(&mut self, sign: u8) {
        if self.sign != sign {
            self.mixed = self.sign != 0;
            self.repeats = 0;
        }
        self.sign = sign;
        self.repeats += 1;
        self.before = self.count;
    }

    fn decimals(&self, comma: bool) -> u32 {
        let after = self.count - self.before;
        if self.sign == 0 || self.repeats > 1 {
            return 0; // 1299, 1.299.000
        }
        // 1.299 may be either; 1.299,00 and 12,5 may not, nor 0.999, nor 1299.000.
        let either = !self.mixed && after == 3 && self.before <= 3 && self.units >= 1000.0;
        if either && (self.sign == b',') != comma {
            0
        } else {
            after
        }
    }
}

fn currency(text: &str) -> Option<&'static str> {
    for known in parts(SIGNS, b' ') {
        let (sign, code) = known.split_at_checked(known.len() - 3)?;
        if find_str(text, sign).is_some() {
            return Some(code);
        }
    }
    parts(CODES, b' ').find(|code| {
        find_str(text, code).is_some_and(|at| {
            let neighbour = |at: Option<usize>| text.as_bytes().get(at?).copied();
            let apart = |byte: Option<u8>| !byte.is_some_and(|byte| byte.is_ascii_alphabetic());
            apart(neighbour(at.checked_sub(1))) && apart(neighbour(Some(at + 3)))
        })
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn prices_are_read_in_the_pages_locale() {
        for (text, comma, amount, currency) in [
            ("1.299,00 €", true, 1299.0, Some("EUR")),
            ("€1,299.00", false, 1299.0, Some("EUR")),
            ("1 299,00 €", true, 1299.0, Some("EUR")),
            ("1 299,50 €", true, 1299.5, Some("EUR")),
            ("CHF 1'299.00", false, 1299.0, Some("CHF")),
            ("1\u{2019}299.–", false, 1299.0, None),
            ("19,90", true, 19.9, None),
            ("19.90", true, 19.9, None),
            ("1.299", true, 1299.0, None),
            ("1.299", false, 1.299, None),
            ("1,299", false, 1299.0, None),
            ("1,299", true, 1.299, None),
            ("0,999", false, 0.999, None),
            ("12345.678", true, 12345.678, None),
            ("1.299.000", false, 1_299_000.0, None),
            ("£5", false, 5.0, Some("GBP")),
            ("$5.00", false, 5.0, None),
            ("US$5.00", false, 5.0, Some("USD")),
            ("R$ 49,90", true, 49.9, Some("BRL")),
            ("1 299,00 zł", true, 1299.0, Some("PLN")),
            ("12,- €", true, 12.0, Some("EUR")),
            ("-5,00 €", true, -5.0, Some("EUR")),
            ("Now €12.50, was €19.90", false, 12.5, Some("EUR")),
            ("from 1299 SEK", true, 1299.0, Some("SEK")),
            ("Preis: 49.", true, 49.0, None),
            ("EUROPA 7", true, 7.0, None),
            ("T-shirt 5 €", true, 5.0, Some("EUR")),
            ("€5 100 pieces", false, 5100.0, Some("EUR")),
            ("2 19.90", false, 2.0, None),
            ("1.299,- €", true, 1299.0, Some("EUR")),
        ] {
            assert_eq!(
                read(text, comma),
                Some(Price { amount, currency }),
                "{text}, a decimal comma: {comma}"
            );
        }
    }

    #[test]
    fn what_is_no_price_is_none() {
        for text in ["", "free", "€", ".,.", "12345678901234567890"] {
            assert_eq!(read(text, false), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text: String, comma: bool) {
            let _ = read(&text, comma);
        }

        #[test]
        fn an_amount_written_either_way_reads_back(cents in 0u64..100_000_000) {
            let (whole, rest) = (cents / 100, cents % 100);
            let expected = cents as f64 / 100.0;
            for (comma, text) in [(true, format!("{whole},{rest:02} €")), (false, format!("€{whole}.{rest:02}"))] {
                prop_assert_eq!(read(&text, comma).map(|price| price.amount), Some(expected));
            }
        }
    }
}
