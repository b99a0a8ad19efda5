//! A recognised step of a visitor, named and described by GA4's vocabulary where GA4 has a word.
//! <https://developers.google.com/analytics/devguides/collection/ga4/reference/events>

use serde::Serialize;

use crate::{
    config::{Field, Rule, Scope, Source},
    price,
    privacy::clean_text,
    signal::Readings,
    value::{Entries, Value, serialize_entries},
};

/// What was recognised.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Conversion {
    /// Name of the event.
    pub name: String,
    /// Its parameters; of a step of shopping, `items` is a list of objects.
    #[serde(serialize_with = "serialize_entries")]
    pub params: Entries,
}

/// Events that carry `items`; the item facts of all others are parameters of their own.
const WITH_ITEMS: [&str; 15] = [
    "add_to_cart",
    "remove_from_cart",
    "add_to_wishlist",
    "view_item",
    "view_item_list",
    "select_item",
    "view_cart",
    "begin_checkout",
    "add_shipping_info",
    "add_payment_info",
    "purchase",
    "refund",
    "view_promotion",
    "select_promotion",
    "remove_from_wishlist",
];
/// Parameters that are amounts of money.
const AMOUNTS: [&str; 5] = ["price", "value", "discount", "shipping", "tax"];
/// Parameters that are counts.
const COUNTS: [&str; 2] = ["quantity", "index"];
/// What an item says, as far as it does not begin with `item_`.
const ITEM_KEYS: [&str; 8] = [
    "price",
    "quantity",
    "discount",
    "index",
    "affiliation",
    "coupon",
    "location_id",
    "google_business_vertical",
];

impl Conversion {
    /// Returns the conversion of a rule whose fields found `readings`, on a page in `language`.
    #[must_use]
    pub fn of_rule(rule: &Rule, readings: Readings, language: &str) -> Self {
        let mut draft = Draft::new(&rule.name, language);
        for (field, reading) in rule.fields.iter().zip(readings) {
            match (&field.source, reading) {
                (Source::Literal(value), _) => draft.put(field.scope, &field.key, value.clone()),
                (Source::Read { .. }, Some(text)) => draft.read(field, &text),
                (Source::Read { .. }, None) => {}
            }
        }
        draft.finish()
    }

    /// Returns the conversion that markup names: `data-spoor` and its `data-spoor-*` attributes.
    #[must_use]
    pub fn of_markup(name: &str, facts: Vec<(String, String)>, language: &str) -> Self {
        let mut draft = Draft::new(name, language);
        for (key, text) in facts {
            let of_item = key.starts_with("item_") || ITEM_KEYS.contains(&key.as_str());
            let scope = if of_item { Scope::Item } else { Scope::Params };
            draft.read(
                &Field {
                    scope,
                    key,
                    source: Source::Literal(Value::Null),
                },
                &text,
            );
        }
        draft.finish()
    }
}

struct Draft<'a> {
    conversion: Conversion,
    item: Entries,
    currency: Option<&'static str>,
    language: &'a str,
}

impl<'a> Draft<'a> {
    fn new(name: &str, language: &'a str) -> Self {
        let conversion = Conversion {
            name: name.to_owned(),
            params: Entries::new(),
        };
        Self {
            conversion,
            item: Entries::new(),
            currency: None,
            language,
        }
    }

    fn read(&mut self, field: &Field, text: &str) {
        let key = field.key.as_str();
        if AMOUNTS.contains(&key) {
            if let Some(price) = price::read(text, self.language) {
                self.currency = self.currency.or(price.currency);
                self.put(field.scope, key, Value::Num(price.amount));
            }
        } else if COUNTS.contains(&key) {
            if let Some(count) = price::read(text, self.language) {
                self.put(field.scope, key, Value::Num(count.amount));
            }
        } else {
            let text = clean_text(text);
            if !text.is_empty() {
                self.put(field.scope, key, Value::Str(text));
            }
        }
    }

    fn put(&mut self, scope: Scope, key: &str, value: Value) {
        let entries = match scope {
            Scope::Item => &mut self.item,
            Scope::Params => &mut self.conversion.params,
        };
        entries.push((key.to_owned(), value));
    }

    fn finish(mut self) -> Conversion {
        let params = &mut self.conversion.params;
        if !WITH_ITEMS.contains(&self.conversion.name.as_str()) {
            params.append(&mut self.item);
            return self.conversion;
        }
        let find = |entries: &Entries, key: &str| {
            entries
                .iter()
                .find(|(known, _)| known == key)
                .and_then(|(_, value)| value.as_num())
        };
        if find(params, "value").is_none()
            && let Some(price) = find(&self.item, "price")
        {
            let value = price * find(&self.item, "quantity").unwrap_or(1.0);
            params.insert(0, ("value".to_owned(), Value::Num(value)));
        }
        // GA4 wants the currency wherever there is a value.
        if let Some(currency) = self.currency
            && !params.iter().any(|(key, _)| key == "currency")
        {
            params.insert(0, ("currency".to_owned(), Value::from(currency)));
        }
        if !self.item.is_empty() {
            params.push(("items".to_owned(), Value::List(vec![Value::Map(self.item)])));
        }
        self.conversion
    }
}
