//! Where a visit came from. Enters: address and referrer of its first page. Leaves: the `source` of the session.

use crate::{
    privacy::{CAMPAIGN, clean_path, clean_text, parameters},
    value::{Entries, Value},
};

/// Returns the campaign parameters of `url`, and `referrer` where it is of another host.
#[must_use]
pub fn source(url: &str, referrer: &str) -> Entries {
    let mut out = Entries::new();
    if !referrer.is_empty() && host(referrer) != host(url) {
        out.push(("referrer".to_owned(), Value::Str(clean_path(referrer))));
    }
    for (key, value) in
        parameters(url).filter(|(key, value)| CAMPAIGN.contains(key) && !value.is_empty())
    {
        if !out.iter().any(|(known, _)| known == key) {
            out.push((key.to_owned(), Value::Str(clean_text(&decode(value)))));
        }
    }
    out
}

/// Returns the host of `url`, with its port.
#[must_use]
pub fn host(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

/// Returns `text` with `%` pairs and `+` decoded, <https://url.spec.whatwg.org/#urlencoded-parsing>.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let pair = || {
            let mut ahead = rest.clone();
            let digit = |byte: Option<u8>| char::from(byte?).to_digit(16);
            Some((digit(ahead.next())? << 4 | digit(ahead.next())?) as u8)
        };
        match (byte, pair()) {
            (b'%', Some(decoded)) => {
                bytes.push(decoded);
                rest.nth(1);
            }
            (b'+', _) => bytes.push(b' '),
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources() {
        let own = "https://shop.example/a";
        for (url, referrer, expected) in [
            (own, "", vec![]),
            (own, "https://shop.example/b", vec![]),
            (
                own,
                "https://news.example/x?q=1",
                vec![("referrer", "https://news.example/x")],
            ),
            (
                "https://shop.example/?utm_source=Spring+mail&utm_campaign=%E2%82%AC5%20off&size=2&utm_source=twice&utm_term=",
                "",
                vec![("utm_source", "Spring mail"), ("utm_campaign", "€5 off")],
            ),
            (
                "https://shop.example/?gclid=100%",
                "",
                vec![("gclid", "100%")],
            ),
        ] {
            let expected: Entries = expected
                .into_iter()
                .map(|(key, text)| (key.to_owned(), Value::from(text)))
                .collect();
            assert_eq!(source(url, referrer), expected, "{url} {referrer}");
        }
    }
}
