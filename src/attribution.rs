//! Where a visit came from. Enters: address and referrer of its first page. Leaves: the `source` of the session.

use crate::{
    privacy::{clean_path, clean_text, for_campaign},
    text::{before, find_str},
    value::{Entries, Value},
};

/// Returns the campaign parameters of `url`, and `referrer` where it is of another host.
#[must_use]
pub fn source(url: &str, referrer: &str) -> Entries {
    let mut out = Entries::new();
    if !referrer.is_empty() && host(referrer) != host(url) {
        out.push(("referrer".to_owned(), Value::Str(clean_path(referrer))));
    }
    for_campaign(url, &mut |key, value| {
        if !out.iter().any(|(known, _)| known == key) {
            out.push((key.to_owned(), Value::Str(clean_text(&decode(value)))));
        }
    });
    out
}

/// Returns the host of `url`, with its port.
#[must_use]
pub fn host(url: &str) -> &str {
    let start = find_str(url, "://").map_or(0, |at| at + 3);
    before(
        before(before(url.get(start..).unwrap_or_default(), b'/'), b'?'),
        b'#',
    )
}

/// Returns `text` with `%` pairs and `+` decoded, <https://url.spec.whatwg.org/#urlencoded-parsing>; as it stands where
/// that is no UTF-8.
fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let digit = |at: usize| {
        bytes
            .get(at)
            .and_then(|byte| char::from(*byte).to_digit(16))
    };
    let mut out = Vec::new();
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        match (byte, digit(at), digit(at + 1)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high << 4 | low) as u8);
                at += 2;
            }
            (b'+', ..) => out.push(b' '),
            _ => out.push(*byte),
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
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
