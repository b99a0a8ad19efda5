//! What may be kept of an address or a text.
//!
//! Enters: addresses as the browser gives them, texts as the page shows them. Leaves: the same without what could name a
//! person. The values of inputs never come here: the edge has no way to read them.

/// Parameters of an address that are kept, because they say which campaign brought the visit.
pub const CAMPAIGN: [&str; 13] = [
    "utm_source",
    "utm_medium",
    "utm_campaign",
    "utm_term",
    "utm_content",
    "utm_id",
    "gclid",
    "gbraid",
    "wbraid",
    "fbclid",
    "msclkid",
    "ttclid",
    "dclid",
];
/// Stands where an e-mail address stood.
const REDACTED: &str = "[email]";
/// A text longer than this is cut: what shops show as a name or a title is shorter.
const MAX_TEXT_BYTES: usize = 300;

/// Returns `url` with its origin, path and campaign parameters; no credentials, no other query, no fragment but a route (`#/...`).
#[must_use]
pub fn clean_url(url: &str) -> String {
    let (rest, fragment) = url.split_once('#').unwrap_or((url, ""));
    let mut out = clean_path(rest);
    let mut joint = '?';
    for (key, value) in parameters(rest).filter(|(key, _)| CAMPAIGN.contains(key)) {
        out.push(joint);
        joint = '&';
        out.push_str(key);
        out.push('=');
        out.push_str(value);
    }
    if fragment.starts_with('/') || fragment.starts_with("!/") {
        out.push('#');
        out.push_str(&without_emails(
            fragment.split('?').next().unwrap_or_default(),
            '/',
        ));
    }
    out
}

/// Returns `url` with nothing but its origin and path.
#[must_use]
pub fn clean_path(url: &str) -> String {
    let path = url.split(['?', '#']).next().unwrap_or_default();
    let path = match path.split_once("://") {
        Some((scheme, rest)) => {
            let authority = rest.split('/').next().unwrap_or_default();
            let host = authority.rsplit('@').next().unwrap_or_default();
            let tail = rest.get(authority.len()..).unwrap_or_default();
            [scheme, "://", host, tail].concat()
        }
        None => path.to_owned(),
    };
    without_emails(&path, '/')
}

/// Returns the parameters of `url` as they stand, still encoded.
pub fn parameters(url: &str) -> impl Iterator<Item = (&str, &str)> {
    let query = url
        .split('#')
        .next()
        .unwrap_or_default()
        .split_once('?')
        .map_or("", |(_, query)| query);
    query.split('&').filter_map(|pair| pair.split_once('='))
}

/// Returns `text` with its white space folded, its e-mail addresses replaced, and no more than 300 bytes.
#[must_use]
pub fn clean_text(text: &str) -> String {
    let mut out = String::new();
    for word in text.split_whitespace() {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(if is_email(word) { REDACTED } else { word });
        if out.len() > MAX_TEXT_BYTES {
            let end = (0..=MAX_TEXT_BYTES)
                .rev()
                .find(|end| out.is_char_boundary(*end))
                .unwrap_or(0);
            out.truncate(end);
            break;
        }
    }
    out
}

fn without_emails(text: &str, separator: char) -> String {
    let mut out = String::with_capacity(text.len());
    for (index, part) in text.split(separator).enumerate() {
        if index > 0 {
            out.push(separator);
        }
        out.push_str(if is_email(part) { REDACTED } else { part });
    }
    out
}

/// Returns whether `word` holds something like `name@host.tld`, also where `@` is percent-encoded.
fn is_email(word: &str) -> bool {
    let parts = word.split_once('@').or_else(|| word.split_once("%40"));
    parts.is_some_and(|(name, host)| !name.is_empty() && host.trim_end_matches('.').contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_keep_their_path_and_campaign() {
        for (url, expected) in [
            (
                "https://shop.example/p/lamp?size=3&utm_source=mail&q=my+name#top",
                "https://shop.example/p/lamp?utm_source=mail",
            ),
            (
                "https://shop.example/?gclid=a1&utm_medium=cpc",
                "https://shop.example/?gclid=a1&utm_medium=cpc",
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
    fn texts_lose_addresses_and_white_space() {
        for (text, expected) in [
            ("  Desk\n lamp ", "Desk lamp"),
            ("write to jane@mail.example.", "write to [email]"),
            ("5 @ 3.50", "5 @ 3.50"),
        ] {
            assert_eq!(clean_text(text), expected);
        }
        assert_eq!(clean_text(&("a".to_owned() + &"é".repeat(200))).len(), 299);
    }
}
