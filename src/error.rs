//! What is wrong with a config. Losing data is no error: that is a `Loss`.

use crate::text::{append, parts};

/// The faults of one config, all of them, each on a line with its path and the remedy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults(String);

impl Faults {
    /// Adds a fault at `path`: what is wrong, in the words of `words` joined.
    pub fn add(&mut self, path: &str, words: &[&str]) {
        let joint = if self.0.is_empty() {
            ""
        } else {
            "
"
        };
        append(&mut self.0, &[joint, path, ": "]);
        append(&mut self.0, words);
    }

    /// Adds the fault of an option that does not exist, and names the nearest of those that do, which spaces separate.
    pub fn add_unknown(&mut self, path: &str, key: &str, known: &str) {
        match parts(known, b' ')
            .min_by_key(|name| distance(key, name))
            .filter(|name| distance(key, name) <= MAX_TYPOS)
        {
            Some(name) => self.add(path, &["unknown option; did you mean \"", name, "\"?"]),
            None => self.add(path, &["unknown option; known are: ", known]),
        }
    }

    /// Returns whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the faults, a line each, such as `track.add_to_cart.selector: not a valid selector: ...`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Letters a name may be off and still be meant.
const MAX_TYPOS: usize = 3;

/// Returns how many letters must be put in, taken out or changed to make `b` of `a`.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.bytes().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        for (cell, to) in row
            .iter_mut()
            .zip([from].into_iter().chain(b.bytes()))
            .skip(1)
        {
            let changed = diagonal + usize::from(from != to);
            diagonal = *cell;
            left = changed.min(diagonal.min(left) + 1);
            *cell = left;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        for (a, b, expected) in [
            ("", "", 0),
            ("site", "site", 0),
            ("sites", "site", 1),
            ("kitten", "sitting", 3),
            ("", "abc", 3),
        ] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
            assert_eq!(distance(b, a), expected, "{b} {a}");
        }
    }

    #[test]
    fn an_unknown_option_names_the_nearest_known_one() {
        let mut faults = Faults::default();
        faults.add_unknown("trak", "trak", "collector track");
        faults.add_unknown("colour", "colour", "collector track");
        assert_eq!(
            faults.as_str(),
            "trak: unknown option; did you mean \"track\"?\ncolour: unknown option; known are: collector track"
        );
    }
}
