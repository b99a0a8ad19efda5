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
        let (mut nearest, mut most) = ("", 0);
        for name in parts(known, b' ') {
            let shared = shared(key, name);
            // At least half of the letters, else it is no typo but something else.
            if shared > most && shared * 2 >= name.len() {
                (nearest, most) = (name, shared);
            }
        }
        if nearest.is_empty() {
            self.add(path, &["unknown option; known are: ", known]);
        } else {
            self.add(path, &["unknown option; did you mean \"", nearest, "\"?"]);
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

/// Returns how many letters two names share at their beginning and at their end.
fn shared(a: &str, b: &str) -> usize {
    let same = |(a, b): &(u8, u8)| a == b;
    let front = a.bytes().zip(b.bytes()).take_while(same).count();
    let back = a
        .bytes()
        .rev()
        .zip(b.bytes().rev())
        .take_while(same)
        .count();
    (front + back).min(b.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typos_are_told_from_other_words() {
        for (typo, meant) in [
            ("colector", "collector"),
            ("collectors", "collector"),
            ("trak", "track"),
            ("heat_map", "heatmap"),
            ("Site", "site"),
            ("tarck", "track"),
            ("url", ""),
        ] {
            let mut faults = Faults::default();
            faults.add_unknown("x", typo, "collector site track heatmap");
            let expected = if meant.is_empty() {
                "known are".to_owned()
            } else {
                format!("did you mean \"{meant}\"?")
            };
            assert!(
                faults.as_str().contains(&expected),
                "{typo}: {}",
                faults.as_str()
            );
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
