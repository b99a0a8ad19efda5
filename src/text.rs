//! Cuts texts. Not generic, because each use of `str`'s own patterns brings one more copy of a search machine into the
//! Wasm.

/// Returns where `byte` stands first. Separators here are ASCII, so that a cut never splits a character.
#[must_use]
pub fn find(text: &str, byte: u8) -> Option<usize> {
    text.as_bytes().iter().position(|b| *b == byte)
}

/// Returns what stands before and behind the first `byte`, or `None` where there is none.
#[must_use]
pub fn cut(text: &str, byte: u8) -> Option<(&str, &str)> {
    let at = find(text, byte)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

/// Returns what stands before the first `byte`; all, where there is none.
#[must_use]
pub fn before(text: &str, byte: u8) -> &str {
    cut(text, byte).map_or(text, |(before, _)| before)
}

/// Returns the parts of `text` between the `separator`s.
#[must_use]
pub fn parts(text: &str, separator: u8) -> Parts<'_> {
    Parts {
        rest: Some(text),
        separator,
    }
}

/// The parts of a text, see [`parts`].
#[derive(Clone, Debug)]
pub struct Parts<'a> {
    rest: Option<&'a str>,
    separator: u8,
}

impl<'a> Iterator for Parts<'a> {
    type Item = &'a str;

    #[inline(never)]
    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest?;
        let (part, rest) =
            cut(rest, self.separator).map_or((rest, None), |(part, rest)| (part, Some(rest)));
        self.rest = rest;
        Some(part)
    }
}

/// Returns whether `word` is one of the words of `list`, which spaces separate.
#[must_use]
pub fn is_listed(list: &str, word: &str) -> bool {
    !word.is_empty() && parts(list, b' ').any(|listed| listed == word)
}

/// Returns where `needle` stands first.
#[must_use]
pub fn find_str(text: &str, needle: &str) -> Option<usize> {
    (0..text.len()).find(|at| {
        text.as_bytes()
            .get(*at..)
            .is_some_and(|rest| rest.starts_with(needle.as_bytes()))
    })
}

/// Appends all of `parts`.
pub fn append(out: &mut String, parts: &[&str]) {
    for part in parts {
        out.push_str(part);
    }
}

/// Returns all of `parts` as one.
#[must_use]
pub fn concat(parts: &[&str]) -> String {
    let mut out = String::new();
    append(&mut out, parts);
    out
}

/// Digits of the largest numbers that are read; a millisecond count has 13.
const MAX_DIGITS: usize = 19;

/// Returns the number that `text` writes in at most 19 digits. Own, because `str::parse` brings its error texts along.
#[must_use]
pub fn read_int(text: &str) -> Option<u64> {
    let mut number = 0u64;
    for byte in text.bytes() {
        if !byte.is_ascii_digit() || text.len() > MAX_DIGITS {
            return None;
        }
        number = number * 10 + u64::from(byte - b'0');
    }
    (!text.is_empty()).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_at_ascii_separators() {
        assert_eq!(cut("a=b=c", b'='), Some(("a", "b=c")));
        assert_eq!(cut("é", b'='), None);
        assert_eq!(before("é?x", b'?'), "é");
        assert_eq!(parts("a,,b", b',').collect::<Vec<_>>(), ["a", "", "b"]);
        assert_eq!(parts("", b',').collect::<Vec<_>>(), [""]);
        assert!(
            is_listed("page view", "view")
                && !is_listed("page view", "vie")
                && !is_listed("page  view", "")
        );
        assert_eq!(
            (
                find_str("caché", "é"),
                find_str("cache", "é"),
                find_str("", "a")
            ),
            (Some(4), None, None)
        );
    }

    #[test]
    fn whole_numbers() {
        for (text, number) in [
            ("0", Some(0)),
            ("9999999999999999999", Some(9_999_999_999_999_999_999)),
            ("10000000000000000000", None),
            ("", None),
            ("-1", None),
            ("1 ", None),
        ] {
            assert_eq!(read_int(text), number, "{text}");
        }
    }
}
