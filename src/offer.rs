//! What a page says of itself to every search engine and tag manager: the item it shows, and the shopping events that the
//! shop pushes to GA4's `dataLayer` anyway. Enters: facts of the edge. Leaves: what a rule found no words for.

use crate::value::{Entries, Value};

/// Pushes remembered of one page: a page has one or two that describe anything.
const MAX_PUSHES: usize = 8;

/// What the page in view says of itself.
#[derive(Clone, Debug, Default)]
pub struct Offer {
    /// Facts of the one item that the page shows, by GA4's names, and its `currency`; empty where it shows none or several.
    pub item: Entries,
    pushes: Vec<(String, Entries)>,
}

impl Offer {
    /// Takes in an event of the `dataLayer`, whose `ecommerce` is `facts`. A product's page names its item by it.
    pub fn push(&mut self, name: &str, facts: Value) {
        let Value::Map(facts) = facts else { return };
        if name == "view_item"
            && self.item.is_empty()
            && let Some((_, Value::List(items))) = facts.iter().find(|(key, _)| key == "items")
            && let [Value::Map(item)] = items.as_slice()
        {
            self.item.clone_from(item);
        }
        if self.pushes.len() >= MAX_PUSHES {
            self.pushes.remove(0);
        }
        self.pushes.push((name.to_owned(), facts));
    }

    /// Returns what the shop pushed last under this name.
    #[must_use]
    pub fn pushed(&self, name: &str) -> Option<&Entries> {
        let mut named = self.pushes.iter().rev().filter(|(known, _)| known == name);
        named.next().map(|(_, facts)| facts)
    }
}
