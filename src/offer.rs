//! What a page says of itself to every search engine and tag manager: the item it shows, and the shopping events that the
//! shop pushes to GA4's `dataLayer` anyway. Enters: facts of the edge. Leaves: what a rule found no words for.

use crate::{
    pack::TOKEN,
    text::parts,
    value::{Entries, Value},
};

/// Pushes remembered of one page: a page has one or two that describe anything.
const MAX_PUSHES: usize = 8;

/// What the page in view says of itself.
#[derive(Clone, Debug, Default)]
pub struct Offer {
    /// Facts of the one item that the page shows, as [`Found::said`](crate::conversion::Found::said) has them behind the name;
    /// empty where it shows none or several.
    pub item: String,
    pushes: Vec<(String, Entries)>,
}

impl Offer {
    /// Takes in an event of the `dataLayer`, whose `ecommerce` is `facts`.
    pub fn push(&mut self, name: &str, facts: &Value) {
        if let Value::Map(facts) = facts
            && self.pushes.len() < MAX_PUSHES
        {
            self.pushes.push((name.to_owned(), facts.clone()));
        }
    }

    /// Returns the id of the page's item; nothing where it shows none.
    #[must_use]
    pub fn item_id(&self) -> &str {
        let mut facts = parts(&self.item, TOKEN);
        facts.find(|key| *key == "1item_id");
        facts.next().unwrap_or_default()
    }

    /// Returns what the shop pushed last under this name; nothing where it did not.
    #[must_use]
    pub fn pushed(&self, name: &str) -> &[(String, Value)] {
        let mut named = self.pushes.iter().rev().filter(|(known, _)| known == name);
        named.next().map_or(&[], |(_, facts)| facts)
    }
}
