//! Reads prices as shops print them.
//!
//! Enters: a text such as `1.299,00 €` and the page's language. Leaves: the amount, and the currency where the text says it.
//! Nothing here guesses a currency from a sign that several share (`$`, `kr`).

/// An amount and its currency.
#[derive(Clone, Debug, PartialEq)]
pub struct Price {
    /// In the currency's main unit.
    pub amount: f64,
    /// ISO 4217 code, where the text names it without doubt.
    pub currency: Option<&'static str>,
}

/// Signs and codes that stand for one currency alone. Codes are looked for as whole words.
const CURRENCIES: [(&str, &str); 24] = [
    ("€", "EUR"),
    ("£", "GBP"),
    ("₹", "INR"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
    ("₺", "TRY"),
    ("₩", "KRW"),
    ("₪", "ILS"),
    ("₫", "VND"),
    ("₴", "UAH"),
    ("R$", "BRL"),
    ("US$", "USD"),
    ("EUR", "EUR"),
    ("GBP", "GBP"),
    ("USD", "USD"),
    ("CHF", "CHF"),
    ("SEK", "SEK"),
    ("NOK", "NOK"),
    ("DKK", "DKK"),
    ("PLN", "PLN"),
    ("CAD", "CAD"),
    ("AUD", "AUD"),
    ("JPY", "JPY"),
    ("INR", "INR"),
];
/// Digits read of one amount; more cannot be held exactly.
const MAX_DIGITS: u32 = 15;
/// Languages in which the comma is the decimal sign, by their subtag; of the rest, the point is.
/// From the decimal symbols of <https://cldr.unicode.org>.
const DECIMAL_COMMA: &str = " af az be bg bs ca cs da de el es et eu fi fr gl hr hu hy id is it ka kk lt lv mk nb nl nn no pl pt ro ru sk sl sq sr sv tr uk uz vi ";
/// Regions that write it otherwise than their language.
const OTHERWISE: &str =
    " de-ch de-li it-ch es-mx es-us es-pr es-gt es-hn es-ni es-pa es-pe es-sv es-do ";

/// Returns the first price in `text`, or `None` where it has no digit.
///
/// A single separator before exactly three digits is read by `language` (BCP 47): `1.299` is 1299 in `de` and 1.299 in
/// `en`; with two separators, or another count of digits, the text itself tells.
#[must_use]
pub fn read(text: &str, language: &str) -> Option<Price> {
    let digits = text
        .split(|c: char| !is_part_of_amount(c))
        .find(|part| part.bytes().any(|c| c.is_ascii_digit()))?;
    let digits = digits.trim_matches(|c: char| !c.is_ascii_digit());
    let decimal = decimal_sign(digits, language);
    let (mut units, mut scale, mut count) = (0.0, 1.0, 0);
    let mut after = false;
    for c in digits.chars() {
        if Some(c) == decimal {
            after = true;
        } else if let Some(digit) = c.to_digit(10) {
            count += 1;
            if count > MAX_DIGITS {
                return None;
            }
            units = units * 10.0 + f64::from(digit);
            if after {
                scale *= 10.0;
            }
        }
    }
    let first_digit = text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
    let negative = text
        .get(..first_digit)
        .is_some_and(|before| before.contains(['-', '\u{2212}']));
    let amount = if negative { -units } else { units } / scale;
    Some(Price {
        amount,
        currency: currency(text),
    })
}

fn is_part_of_amount(c: char) -> bool {
    // The spaces are the plain, the no-break and the narrow no-break one; the apostrophes are Switzerland's.
    c.is_ascii_digit()
        || matches!(
            c,
            '.' | ',' | ' ' | '\u{a0}' | '\u{202f}' | '\'' | '\u{2019}'
        )
}

/// Returns the sign behind which the decimals stand, or `None` where the amount is whole.
fn decimal_sign(digits: &str, language: &str) -> Option<char> {
    let last = digits.rfind(['.', ','])?;
    let sign = if digits.get(last..)?.starts_with(',') {
        ','
    } else {
        '.'
    };
    if digits.matches(sign).count() > 1 {
        return None; // 1.299.000
    }
    let other = if sign == ',' { '.' } else { ',' };
    if digits.contains(other) {
        return Some(sign); // 1.299,00
    }
    let decimals = digits.len() - last - 1;
    let grouped = decimals == 3 && last <= 3 && !digits.starts_with('0');
    (!grouped || (sign == ',') == writes_comma(language)).then_some(sign)
}

fn writes_comma(language: &str) -> bool {
    let tag = language.to_ascii_lowercase();
    let primary = tag.split('-').next().unwrap_or_default();
    is_listed(DECIMAL_COMMA, primary) && !is_listed(OTHERWISE, &tag)
}

/// Returns whether the words between the spaces of `list` hold `word`.
fn is_listed(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split(' ').any(|listed| listed == word)
}

fn currency(text: &str) -> Option<&'static str> {
    let is_word = |code: &str| {
        text.split(|c: char| !c.is_ascii_alphabetic())
            .any(|word| word == code)
    };
    let named = |(sign, code): &&(&str, &'static str)| {
        if sign == code {
            is_word(sign)
        } else {
            text.contains(sign)
        }
    };
    CURRENCIES.iter().find(named).map(|(_, code)| *code)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn prices_are_read_in_the_pages_locale() {
        for (text, language, amount, currency) in [
            ("1.299,00 €", "de", 1299.0, Some("EUR")),
            ("€1,299.00", "en-IE", 1299.0, Some("EUR")),
            ("1 299,00 €", "fr-FR", 1299.0, Some("EUR")),
            ("1\u{202f}299,50\u{a0}€", "fr", 1299.5, Some("EUR")),
            ("CHF 1'299.00", "de-CH", 1299.0, Some("CHF")),
            ("1\u{2019}299.–", "de-CH", 1299.0, None),
            ("19,90", "de", 19.9, None),
            ("19.90", "de", 19.9, None),
            ("1.299", "de", 1299.0, None),
            ("1.299", "en", 1.299, None),
            ("1,299", "en-US", 1299.0, None),
            ("1,299", "de", 1.299, None),
            ("1,299", "es-MX", 1299.0, None),
            ("1.299", "es-ES", 1299.0, None),
            ("0,999", "en", 0.999, None),
            ("12345.678", "de", 12345.678, None),
            ("1.299.000", "en", 1_299_000.0, None),
            ("£5", "en-GB", 5.0, Some("GBP")),
            ("$5.00", "en", 5.0, None),
            ("US$5.00", "en", 5.0, Some("USD")),
            ("R$ 49,90", "pt-BR", 49.9, Some("BRL")),
            ("1 299,00 zł", "pl", 1299.0, Some("PLN")),
            ("12,- €", "de", 12.0, Some("EUR")),
            ("-5,00 €", "de", -5.0, Some("EUR")),
            ("Now €12.50, was €19.90", "en", 12.5, Some("EUR")),
            ("from 1299 SEK", "sv", 1299.0, Some("SEK")),
            ("Preis: 49.", "de", 49.0, None),
            ("EUROPA 7", "de", 7.0, None),
        ] {
            assert_eq!(
                read(text, language),
                Some(Price { amount, currency }),
                "{text} in {language}"
            );
        }
    }

    #[test]
    fn what_is_no_price_is_none() {
        for text in ["", "free", "€", ".,.", "12345678901234567890"] {
            assert_eq!(read(text, "en"), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text: String, language: String) {
            let _ = read(&text, &language);
        }

        #[test]
        fn an_amount_written_either_way_reads_back(cents in 0u64..100_000_000) {
            let (whole, rest) = (cents / 100, cents % 100);
            let expected = cents as f64 / 100.0;
            for (language, text) in [("de", format!("{whole},{rest:02} €")), ("en", format!("€{whole}.{rest:02}"))] {
                prop_assert_eq!(read(&text, language).map(|price| price.amount), Some(expected));
            }
        }
    }
}
