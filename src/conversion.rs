//! A recognised step of a visitor, named and described by GA4's vocabulary where GA4 has a word.
//! <https://developers.google.com/analytics/devguides/collection/ga4/reference/events>

use crate::{
    config::{Rule, Source},
    price,
    privacy::clean_text,
    text::is_listed,
    value::{Entries, Value},
};

/// What was recognised.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversion {
    /// Name of the event.
    pub name: String,
    /// Its parameters; of a step of shopping, `items` is a list of objects.
    pub params: Entries,
}

/// Events of which GA4 wants the item's facts as parameters; all others carry `items`.
const WITHOUT_ITEMS: &str = "share search select_content";
/// Parameters that are amounts of money or counts.
const NUMBERS: &str = "price value discount shipping tax quantity index";
/// What an item says, as far as it does not begin with `item_`.
const ITEM_KEYS: &str = "price quantity discount index affiliation coupon location_id";

impl Conversion {
    /// Returns the conversion of a rule whose fields found `readings`, on a page in `language`.
    #[must_use]
    pub fn of_rule(rule: &Rule, readings: Vec<Value>, language: &str) -> Self {
        let mut draft = Draft::new(&rule.name, language);
        for (field, reading) in rule.fields.iter().zip(readings) {
            match &field.source {
                Source::Literal(value) => draft.put(field.of_item, &field.key, value.clone()),
                Source::Read { .. } => draft.read(field.of_item, &field.key, &reading),
            }
        }
        draft.finish()
    }

    /// Returns the conversion that markup names: `data-spoor` and its `data-spoor-*` attributes.
    #[must_use]
    pub fn of_markup(name: &str, facts: &Entries, language: &str) -> Self {
        let mut draft = Draft::new(name, language);
        for (key, text) in facts {
            draft.read(
                key.starts_with("item_") || is_listed(ITEM_KEYS, key),
                key,
                text,
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

    fn read(&mut self, of_item: bool, key: &str, reading: &Value) {
        let Some(text) = reading.as_str() else {
            return;
        };
        if is_listed(NUMBERS, key) {
            if let Some(price) = price::read(text, self.language) {
                self.currency = self.currency.or(price.currency);
                self.put(of_item, key, Value::Num(price.amount));
            }
        } else {
            let text = clean_text(text);
            if !text.is_empty() {
                self.put(of_item, key, Value::Str(text));
            }
        }
    }

    fn put(&mut self, of_item: bool, key: &str, value: Value) {
        let entries = if of_item {
            &mut self.item
        } else {
            &mut self.conversion.params
        };
        entries.push((key.to_owned(), value));
    }

    fn finish(mut self) -> Conversion {
        if is_listed(WITHOUT_ITEMS, &self.conversion.name) {
            self.conversion.params.append(&mut self.item);
            return self.conversion;
        }
        if find(&self.conversion.params, "value").is_none()
            && let Some(price) = number(&self.item, "price")
        {
            let value = price * number(&self.item, "quantity").unwrap_or(1.0);
            self.put(false, "value", Value::Num(value));
        }
        // GA4 wants the currency wherever there is a value.
        if let Some(currency) = self.currency
            && find(&self.conversion.params, "currency").is_none()
        {
            self.put(false, "currency", Value::from(currency));
        }
        if !self.item.is_empty() {
            let item = core::mem::take(&mut self.item);
            self.put(false, "items", Value::List(vec![Value::Map(item)]));
        }
        self.conversion
    }
}

fn find<'e>(entries: &'e Entries, key: &str) -> Option<&'e Value> {
    entries
        .iter()
        .find(|(known, _)| known == key)
        .map(|(_, value)| value)
}

fn number(entries: &Entries, key: &str) -> Option<f64> {
    find(entries, key).and_then(Value::as_num)
}
