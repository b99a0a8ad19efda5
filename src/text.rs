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
    Some((part(text, 0, at), part(text, at + 1, text.len())))
}

/// Returns what stands from byte `from` up to `to`; nothing where they do not lie in order between characters. One copy of
/// the checks that each `get` of a range brings along.
#[inline(never)]
#[must_use]
pub fn part(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).unwrap_or_default()
}

/// Returns what stands before the first `byte`; all, where there is none.
#[must_use]
pub fn before(text: &str, byte: u8) -> &str {
    cut(text, byte).map_or(text, |(before, _)| before)
}

/// Returns the parts of `text` between the `separator`s.
#[inline(never)]
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

/// Returns number `index` of the whole numbers in `list`, which spaces separate.
#[must_use]
pub fn nth_int(list: &str, index: usize) -> Option<u64> {
    parts(list, b' ').nth(index).and_then(read_int)
}

/// Returns the first word of the first line of `table` of whose other words one `fits`; nothing where none does.
#[must_use]
pub fn group<'a>(table: &'a str, fits: &dyn Fn(&str) -> bool) -> &'a str {
    for line in parts(table, b'\n') {
        if let Some((name, words)) = cut(line, b' ')
            && parts(words, b' ').any(fits)
        {
            return name;
        }
    }
    ""
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

/// Returns whether `pattern` describes the whole of `text`; a `*` in it stands for any run of characters, also for none.
///
/// Goes back to the last `*` alone, so that its steps never exceed the product of both lengths.
#[must_use]
pub fn matches(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut at, mut in_text) = (0, 0);
    let mut retry = None;
    while let Some(byte) = text.get(in_text) {
        match pattern.get(at) {
            Some(b'*') => {
                at += 1;
                retry = Some((at, in_text));
            }
            Some(wanted) if wanted == byte => {
                at += 1;
                in_text += 1;
            }
            _ => {
                let Some((behind_star, from)) = retry else {
                    return false;
                };
                (at, in_text) = (behind_star, from + 1);
                retry = Some((at, in_text));
            }
        }
    }
    pattern.iter().skip(at).all(|byte| *byte == b'*')
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
    use proptest::prelude::*;

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
    fn a_group_is_named_by_its_first_word() {
        let table = "fruit apple pear\n grape\nroot beet pear\nempty";
        for (word, expected) in [
            ("pear", "fruit"),
            ("beet", "root"),
            ("grape", ""),
            ("fruit", ""),
            ("empty", ""),
        ] {
            assert_eq!(group(table, &|listed| listed == word), expected, "{word}");
        }
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

    #[test]
    fn a_star_stands_for_any_run() {
        for (pattern, text, expected) in [
            ("/about", "/about", true),
            ("/about", "/about/us", false),
            ("/about*", "/about", true),
            ("/about*", "/about/us", true),
            ("/about*", "/x/about", false),
            ("*/success", "/checkout/success", true),
            ("*/success", "/checkout/success/2", false),
            (
                "*route=checkout/success*",
                "/index.php?route=checkout/success&x=1",
                true,
            ),
            ("/*/p/*.html", "/de/p/lamp.html", true),
            ("/*/p/*.html", "/p/lamp.html", false),
            ("a*a", "a", false),
            ("*aab", "aaab", true),
            ("**", "", true),
            ("*", "é", true),
            ("é*", "étui", true),
            ("", "", true),
            ("", "a", false),
        ] {
            assert_eq!(matches(pattern, text), expected, "{pattern} on {text}");
        }
        assert!(
            !matches(&"a*".repeat(1000), &("a".repeat(999) + "b")),
            "and soon"
        );
    }

    /// As the definition says it, in time without bound.
    fn matches_naively(pattern: &[u8], text: &[u8]) -> bool {
        match (pattern, text) {
            ([b'*', rest @ ..], _) => (0..=text.len()).any(|at| matches_naively(rest, &text[at..])),
            ([wanted, pattern @ ..], [byte, text @ ..]) => {
                wanted == byte && matches_naively(pattern, text)
            }
            _ => pattern.is_empty() && text.is_empty(),
        }
    }

    proptest! {
        #[test]
        fn patterns_match_as_their_definition_says(pattern in "[ab*é]{0,8}", text in "[ab*é]{0,12}") {
            prop_assert_eq!(matches(&pattern, &text), matches_naively(pattern.as_bytes(), text.as_bytes()));
        }
    }
}
