//! What may be kept of an address or a text.
//!
//! Enters: addresses as the browser gives them, texts as the page shows them. Leaves: the same without what could name a
//! person. The values of inputs never come here: the edge has no way to read them.

use crate::{
    json::hex,
    pack::TOKEN,
    text::{append, before, cut, find, find_str, part, parts},
};

/// Stands where an e-mail address stood.
const EMAIL: &str = "[email]";
/// Stands where the number of a payment card stood.
const CARD: &str = "[card]";
/// A text longer than this is cut: what shops show as a name or a title is shorter.
const MAX_TEXT_BYTES: usize = 300;

/// What the shop lets through of its addresses; by default paths as they are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scrub {
    /// Templates of paths, a line each, such as `/orders/:id`: a segment that begins with `:` stands for any one and is written
    /// in its place, a `*` at the end for all that may follow, which is kept. Of templates that fit the first holds.
    pub paths: String,
}

impl Scrub {
    /// Returns `url` with its origin, its path by its template, `query`, the parameters that are kept, see [`PageFacts`](crate::signal::PageFacts::query), and its
    /// route (`#/...`); no credentials, no other fragment.
    #[must_use]
    pub fn url(&self, url: &str, query: &str) -> String {
        let mut out = self.path(url);
        let mut mark = "?";
        let mut query = parts(query, TOKEN);
        while let (Some(name), Some(text)) = (query.next(), query.next()) {
            append(&mut out, &[mark, name, "="]);
            push_encoded(&mut out, &clean_text(text));
            mark = "&";
        }
        let route = route(url);
        if !route.is_empty() {
            out.push('#');
            push_without_emails(&mut out, before(route, b'?'), b'/');
        }
        out
    }

    /// Returns `url` with nothing but its origin, and its path by its template.
    #[must_use]
    pub fn path(&self, url: &str) -> String {
        let mut rest = before(before(url, b'#'), b'?');
        let mut out = String::new();
        if let Some(at) = find_str(rest, "://") {
            out.push_str(part(rest, 0, at + 3));
            rest = part(rest, at + 3, rest.len());
            // An @ before the first slash ends a name and password.
            let credentials = find(before(rest, b'/'), b'@').map_or(0, |at| at + 1);
            rest = part(rest, credentials, rest.len());
        }
        let host = before(rest, b'/');
        let path = part(rest, host.len(), rest.len());
        let mut fitting = parts(&self.paths, b'\n').filter_map(|shape| shaped(shape, path));
        match fitting.next() {
            Some(path) => append(&mut out, &[host, &path]),
            None => push_without_emails(&mut out, rest, b'/'),
        }
        out
    }
}

/// Returns `path` by the template `shape`, or `None` where it does not fit. A slash at the end of either is no difference.
fn shaped(shape: &str, path: &str) -> Option<String> {
    let mut out = String::new();
    let mut mark = "";
    let mut names = parts(shape, b'/');
    let mut name = names.next();
    for segment in parts(path, b'/') {
        let kept = match name {
            Some(name) if name.starts_with(':') && !segment.is_empty() => name,
            Some("*") => segment,
            Some(name) if name == segment => segment,
            None if segment.is_empty() => segment,
            _ => return None,
        };
        append(&mut out, &[mark, if is_email(kept) { EMAIL } else { kept }]);
        mark = "/";
        if name != Some("*") {
            name = names.next();
        }
    }
    matches!(name, None | Some("" | "*")).then_some(out)
}

/// Appends `text` as the value of a query's parameter. Beside what would end the value, it stays as it is, to be read.
fn push_encoded(out: &mut String, text: &str) {
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        if matches!(byte, b' ' | b'%' | b'&' | b'+' | b'#') {
            append(out, &[part(text, written, at), "%"]);
            out.push(hex(byte >> 4));
            out.push(hex(byte & 0xf));
            written = at + 1;
        }
    }
    out.push_str(part(text, written, text.len()));
}

/// Returns the fragment of `url` where it is a route (`/...` or `!/...`), else nothing.
#[must_use]
pub fn route(url: &str) -> &str {
    let fragment = cut(url, b'#').map_or("", |(_, fragment)| fragment);
    match fragment.as_bytes().first() {
        Some(b'/' | b'!') => fragment,
        _ => "",
    }
}

/// Returns `url` with nothing but its origin and path.
#[must_use]
pub fn clean_path(url: &str) -> String {
    Scrub::default().path(url)
}

/// Returns `text`, whose white space the edge has folded, with its e-mail addresses and the numbers of payment cards
/// replaced, and no more than 300 bytes.
#[must_use]
pub fn clean_text(text: &str) -> String {
    let mut words = String::new();
    push_without_emails(&mut words, text, b' ');
    let mut out = String::new();
    let (mut at, mut kept) = (0, 0);
    let mut inside = false;
    while let Some(rest @ [byte, ..]) = words.as_bytes().get(at..) {
        let length = if inside { 0 } else { card(rest) };
        if length > 0 {
            append(&mut out, &[part(&words, kept, at), CARD]);
            kept = at + length;
        }
        inside = byte.is_ascii_digit();
        at += length.max(1);
    }
    out.push_str(part(&words, kept, words.len()));
    // Cut last: half an address would be no address any more, but still a name.
    let mut end = out.len().min(MAX_TEXT_BYTES);
    while !out.is_char_boundary(end) {
        end -= 1;
    }
    out.truncate(end);
    out
}

/// Returns how many bytes the number of a payment card takes at the beginning of `text`; 0 where there is none.
///
/// Digits, with single spaces and hyphens between them, of a length that a card's first two digits have, with the right check
/// digit (Luhn's, ISO/IEC 7812). The 13 digits of a barcode and what counts up from a date are never taken for one.
fn card(text: &[u8]) -> usize {
    let (mut count, mut lead, mut sum, mut sum_doubled) = (0, 0, 0, 0);
    for (at, byte) in text.iter().enumerate() {
        let goes_on = text.get(at + 1).is_some_and(u8::is_ascii_digit);
        if !byte.is_ascii_digit() {
            if goes_on && matches!(byte, b' ' | b'-') && count > 0 {
                continue;
            }
            break;
        }
        let digit = u32::from(byte - b'0');
        let doubled = digit * 2 - if digit > 4 { 9 } else { 0 };
        (sum, sum_doubled) = (sum_doubled + digit, sum + doubled);
        count += 1;
        if count < 3 {
            lead = lead * 10 + digit;
        }
        let known = match count {
            14 | 15 => lead / 10 == 3,
            16 => (22..70).contains(&lead),
            19 => (40..70).contains(&lead),
            _ => false,
        };
        if known && !goes_on && sum % 10 == 0 {
            return at + 1;
        }
    }
    0
}

fn push_without_emails(out: &mut String, text: &str, separator: u8) {
    let mut first = true;
    for part in parts(text, separator) {
        if !first {
            out.push(char::from(separator));
        }
        first = false;
        out.push_str(if is_email(part) { EMAIL } else { part });
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
mod tests;
