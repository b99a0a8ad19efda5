//! What may be kept of an address or a text.
//!
//! Enters: addresses as the browser gives them, texts as the page shows them. Leaves: the same without what could name a
//! person. The values of inputs never come here: the edge has no way to read them.

use crate::text::{before, cut, find, find_str, parts};

/// Stands where an e-mail address stood.
const REDACTED: &str = "[email]";
/// A text longer than this is cut: what shops show as a name or a title is shorter.
const MAX_TEXT_BYTES: usize = 300;

/// Returns `url` with its origin and path; no credentials, no query, no fragment but a route (`#/...`).
#[must_use]
pub fn clean_url(url: &str) -> String {
    let mut out = clean_path(url);
    let route = route(url);
    if !route.is_empty() {
        out.push('#');
        push_without_emails(&mut out, before(route, b'?'), b'/');
    }
    out
}

/// Returns the fragment of `url` where it is a route (`/...` or `!/...`), else nothing.
#[must_use]
pub fn route(url: &str) -> &str {
    let fragment = cut(url, b'#').map_or("", |(_, fragment)| fragment);
    if fragment.starts_with('/') || fragment.starts_with('!') {
        fragment
    } else {
        ""
    }
}

/// Returns `url` with nothing but its origin and path.
#[must_use]
pub fn clean_path(url: &str) -> String {
    let mut rest = before(before(url, b'#'), b'?');
    let mut out = String::new();
    if let Some(at) = find_str(rest, "://") {
        let (scheme, behind) = rest.split_at_checked(at + 3).unwrap_or_default();
        out.push_str(scheme);
        // An @ before the first slash ends a name and password.
        let credentials = cut(before(behind, b'/'), b'@').map_or(0, |(name, _)| name.len() + 1);
        rest = behind.get(credentials..).unwrap_or_default();
    }
    push_without_emails(&mut out, rest, b'/');
    out
}

/// Returns `text`, whose white space the edge has folded, with its e-mail addresses replaced, and no more than 300 bytes.
#[must_use]
pub fn clean_text(text: &str) -> String {
    let mut out = String::new();
    push_without_emails(&mut out, text, b' ');
    // Cut last: half an address would be no address any more, but still a name.
    let mut end = out.len().min(MAX_TEXT_BYTES);
    while !out.is_char_boundary(end) {
        end -= 1;
    }
    out.truncate(end);
    out
}

fn push_without_emails(out: &mut String, text: &str, separator: u8) {
    let mut first = true;
    for part in parts(text, separator) {
        if !first {
            out.push(char::from(separator));
        }
        first = false;
        out.push_str(if is_email(part) { REDACTED } else { part });
    }
}

/// Returns whether `word` holds something like `name@host.tld`, also where `@` is percent-encoded.
fn is_email(word: &str) -> bool {
    let at = find(word, b'@')
        .or_else(|| find_str(word, "%40"))
        .unwrap_or(0);
    let host = word.as_bytes().get(at..).unwrap_or_default();
    at > 0 && host.iter().take(host.len() - 1).any(|byte| *byte == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_keep_their_path_and_route() {
        for (url, expected) in [
            (
                "https://shop.example/p/lamp?size=3&utm_source=mail&q=my+name#top",
                "https://shop.example/p/lamp",
            ),
            (
                "https://shop.example/?gclid=a1&utm_medium=cpc",
                "https://shop.example/",
            ),
            (
                "https://shop.example/#/cart?token=1",
                "https://shop.example/#/cart",
            ),
            (
                "https://user:secret@shop.example/a",
                "https://shop.example/a",
            ),
            (
                "https://shop.example/u/jane@mail.example/orders",
                "https://shop.example/u/[email]/orders",
            ),
            (
                "https://shop.example/u/jane%40mail.example",
                "https://shop.example/u/[email]",
            ),
            ("about:blank", "about:blank"),
            ("", ""),
        ] {
            assert_eq!(clean_url(url), expected);
        }
    }

    #[test]
    fn a_referrer_keeps_its_path_alone() {
        assert_eq!(
            clean_path("https://search.example/find?q=private#x"),
            "https://search.example/find"
        );
    }

    #[test]
    fn texts_lose_addresses_and_length() {
        for (text, expected) in [
            ("Desk lamp", "Desk lamp"),
            ("write to jane@mail.example.", "write to [email]"),
            ("5 @ 3.50", "5 @ 3.50"),
        ] {
            assert_eq!(clean_text(text), expected);
        }
        assert_eq!(clean_text(&("a".to_owned() + &"é".repeat(200))).len(), 299);
        let long = "word ".repeat(59) + "jane.doe@mail.example";
        assert!(!clean_text(&long).contains("jane"), "{long}");
        assert!(clean_text(&"a@b.c ".repeat(100)).len() <= MAX_TEXT_BYTES);
    }
}
