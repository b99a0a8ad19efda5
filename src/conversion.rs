//! A recognised step of a visitor, named and described by GA4's vocabulary where GA4 has a word.
//! <https://developers.google.com/analytics/devguides/collection/ga4/reference/events>

use crate::{
    offer::Offer,
    pack::{TOKEN, unpack},
    privacy::clean_text,
    text::{Parts, concat, is_listed, part, parts},
    value::{Entries, Value, find},
};

/// What was recognised.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversion {
    /// Name of the event.
    pub name: String,
    /// Its parameters; of a step of shopping, `items` is a list of objects.
    pub params: Entries,
}

/// What the edge found where a rule's element was acted on, or where markup names an event.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Found<'a> {
    /// The event's name; then key and text of each fact, separated by [`TOKEN`]. Before a key stands a digit, the sum of 1 for
    /// what describes the item, and 2 for a packed value and no text; or 4 for the currency that a price names.
    pub said: &'a str,
    /// Whether the element was pressed already: the act takes back.
    pub pressed: bool,
    /// Whether it lies in a card of a list, so that the page's own item is another.
    pub in_card: bool,
    /// Whether its item is the one that the config or the page describes, and not one that a rule or markup names.
    pub is_derived: bool,
    /// Whether it is merely there, and nobody acted on it.
    pub is_shown: bool,
}

/// Events of which GA4 wants the item's facts as parameters; all others carry `items`.
const WITHOUT_ITEMS: &str = "share search select_content";
/// What shops are there for.
const MACRO: &str = "purchase generate_lead";
/// How visitors move, not what they want.
const BEHAVIOUR: &str = "scroll user_engagement click view_item_list view_promotion video_progress form_start rage_click dead_click error_click thrashed_cursor quick_back";

/// Returns how important the event of that name is, where not all can be kept or sent: 0 what shops are there for, 1 the steps to
/// it, 2 behaviour. Points of heatmaps are 3.
#[must_use]
pub fn importance(name: &str) -> u32 {
    if is_listed(MACRO, name) {
        0
    } else if is_listed(BEHAVIOUR, name) {
        2
    } else {
        1
    }
}

impl Conversion {
    /// Returns an event without parameters.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            params: Entries::new(),
        }
    }

    /// Adds a parameter.
    #[inline(never)]
    pub fn put(&mut self, key: &str, value: Value) {
        self.params.push((key.to_owned(), value));
    }

    /// Adds a number.
    #[inline(never)]
    pub fn num(&mut self, key: &str, number: f64) {
        self.put(key, Value::Num(number));
    }

    /// Adds a count.
    pub fn int(&mut self, key: &str, number: u32) {
        self.num(key, f64::from(number));
    }

    /// Adds a text, unless it is empty.
    #[inline(never)]
    pub fn text(&mut self, key: &str, text: &str) {
        if !text.is_empty() {
            self.put(key, Value::from(text));
        }
    }

    /// Returns the items of a step of shopping.
    #[must_use]
    pub fn into_items(self) -> Vec<Value> {
        let items = self.params.into_iter().find(|(key, _)| key == "items");
        match items {
            Some((_, Value::List(items))) => items,
            _ => Vec::new(),
        }
    }

    /// Returns a parameter.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        find(&self.params, key)
    }

    /// Returns a parameter, to be added to.
    pub fn list(&mut self, key: &str) -> Option<&mut Value> {
        let known = self.params.iter_mut().find(|(known, _)| known == key);
        known.map(|(_, value)| value)
    }

    /// Returns the conversion that `found` says, described by the facts in it, then, where its item is theirs to describe, by
    /// what the page says of itself.
    #[must_use]
    pub fn of(found: Found<'_>, offer: &Offer) -> Self {
        let mut facts = parts(found.said, TOKEN);
        let name = facts.next().unwrap_or_default();
        let mut draft = Draft {
            conversion: Self::new(name),
            item: Entries::new(),
            currency: "",
        };
        if found.pressed {
            draft.conversion.name = opposite(name);
        }
        draft.describe(facts);
        if found.is_derived && !found.in_card && draft.item.is_empty() {
            draft.describe(parts(&offer.item, TOKEN));
            let pushed = offer.pushed("view_item");
            if draft.item.is_empty()
                && let Some(Value::List(items)) = find(pushed, "items")
                && let [Value::Map(item)] = items.as_slice()
            {
                draft.item = item.clone();
                if let Some(currency) = find(pushed, "currency") {
                    draft.put(false, "currency", currency.clone());
                }
            }
        }
        for (key, value) in offer.pushed(&draft.conversion.name) {
            if draft.conversion.get(key).is_none() && (key != "items" || draft.item.is_empty()) {
                draft.conversion.put(key, value.clone());
            }
        }
        draft.finish(found.is_derived)
    }
}

/// Adds an event of this name to `out`, to be described.
#[inline(never)]
pub fn add<'v>(out: &'v mut Vec<Conversion>, name: &str) -> &'v mut Conversion {
    out.push_mut(Conversion::new(name))
}

/// Returns the event that takes back another: `remove_from_cart` of `add_to_cart`, and the other way.
fn opposite(name: &str) -> String {
    const PAIR: [&str; 2] = ["add_to_", "remove_from_"];
    for (from, to) in [(PAIR[0], PAIR[1]), (PAIR[1], PAIR[0])] {
        if let Some(what) = name.strip_prefix(from) {
            return concat(&[to, what]);
        }
    }
    name.to_owned()
}

struct Draft<'a> {
    conversion: Conversion,
    item: Entries,
    /// That of a price, should nobody name it.
    currency: &'a str,
}

impl<'a> Draft<'a> {
    /// Takes in facts, see [`Found::said`].
    fn describe(&mut self, mut facts: Parts<'a>) {
        while let (Some(key), Some(text)) = (facts.next(), facts.next()) {
            let kind = key.as_bytes().first().copied().unwrap_or_default() & 7;
            let key = part(key, 1, key.len());
            if kind == 4 {
                self.currency = text;
                continue;
            }
            let value = if kind & 2 != 0 {
                unpack(text)
            } else {
                Value::Str(clean_text(text))
            };
            self.put(kind & 1 != 0, key, value);
        }
    }

    fn put(&mut self, of_item: bool, key: &str, value: Value) {
        // The currency is the event's, wherever it was found.
        if of_item && key != "currency" {
            self.item.push((key.to_owned(), value));
        } else if self.conversion.get(key).is_none() {
            self.conversion.put(key, value);
        }
    }

    /// `is_derived` where nobody asked by name for what describes the item.
    fn finish(mut self, is_derived: bool) -> Conversion {
        if is_listed(WITHOUT_ITEMS, &self.conversion.name) {
            // What nobody asked for by name is told no further than which item it is.
            if is_derived && let Some(id) = find(&self.item, "item_id").cloned() {
                self.put(false, "content_type", Value::from("product"));
                self.put(false, "item_id", id);
            } else if !is_derived {
                self.conversion.params.append(&mut self.item);
            }
            return self.conversion;
        }
        if self.conversion.get("value").is_none()
            && let Some(price) = number(&self.item, "price")
        {
            let value = price * number(&self.item, "quantity").unwrap_or(1.0);
            self.conversion.num("value", value);
        }
        // GA4 wants the currency wherever there is a value.
        if self.conversion.get("currency").is_none() {
            self.conversion.text("currency", self.currency);
        }
        if !self.item.is_empty() {
            let item = core::mem::take(&mut self.item);
            self.conversion
                .put("items", Value::List(vec![Value::Map(item)]));
        }
        self.conversion
    }
}

fn number(entries: &[(String, Value)], key: &str) -> Option<f64> {
    find(entries, key).and_then(Value::as_num)
}
