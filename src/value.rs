//! A value of any JSON shape: how config comes in from JavaScript and how parameters travel.

/// The entries of an object, in the order in which they were written.
///
/// A list and not a map: parameters are few, and a map costs 1.6 KB brotli in the Wasm.
pub type Entries = Vec<(String, Value)>;

/// What JSON can say.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// `null`; also what JavaScript's `undefined` and functions become.
    #[default]
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number. Not finite numbers are written as `null`.
    Num(f64),
    /// A text.
    Str(String),
    /// An array.
    List(Vec<Value>),
    /// An object.
    Map(Entries),
}

/// Adds an entry.
#[inline(never)]
pub fn put(entries: &mut Entries, key: &str, value: Value) {
    entries.push((key.to_owned(), value));
}

/// Adds a number.
#[inline(never)]
pub fn put_num(entries: &mut Entries, key: &str, number: f64) {
    put(entries, key, Value::Num(number));
}

/// Adds a text, unless it is empty.
#[inline(never)]
pub fn put_text(entries: &mut Entries, key: &str, text: &str) {
    if !text.is_empty() {
        put(entries, key, Value::from(text));
    }
}

/// Adds a list, unless it is empty.
#[inline(never)]
pub fn put_list(entries: &mut Entries, key: &str, items: Vec<Value>) {
    if !items.is_empty() {
        put(entries, key, Value::List(items));
    }
}

/// Adds an object, unless it is empty.
#[inline(never)]
pub fn put_map(entries: &mut Entries, key: &str, map: Entries) {
    if !map.is_empty() {
        put(entries, key, Value::Map(map));
    }
}

/// Returns the value of `key`.
#[must_use]
#[inline(never)]
pub fn find<'e>(entries: &'e [(String, Value)], key: &str) -> Option<&'e Value> {
    let entry = entries.iter().find(|(known, _)| known == key);
    entry.map(|(_, value)| value)
}

/// Gives an entry that there is another value.
pub fn set(entries: &mut Entries, key: &str, value: Value) {
    if let Some((_, known)) = entries.iter_mut().find(|(known, _)| known == key) {
        *known = value;
    }
}

impl Value {
    /// Returns the value of an object's `key`, or `None` where this is no object or lacks it.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Value> {
        match self {
            Self::Map(entries) => find(entries, key),
            _ => None,
        }
    }

    /// Returns the text, or `None` where this is no text.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Str(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the number, or `None` where this is no number.
    #[must_use]
    pub fn as_num(&self) -> Option<f64> {
        match self {
            Self::Num(number) => Some(*number),
            _ => None,
        }
    }
}

impl From<&str> for Value {
    #[inline(never)]
    fn from(text: &str) -> Self {
        Self::Str(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Str(text)
    }
}

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        Self::Num(number)
    }
}

#[cfg(not(target_arch = "wasm32"))]
mod host {
    //! Reading values and writing them through serde, which only the collector and the tests do.

    use core::fmt;

    use serde::{
        Deserialize, Deserializer, Serialize, Serializer,
        de::{MapAccess, SeqAccess, Visitor},
        ser::SerializeMap,
    };

    use super::{Entries, Value};

    impl Serialize for Value {
        fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
            match self {
                Self::Null => out.serialize_unit(),
                Self::Bool(flag) => out.serialize_bool(*flag),
                Self::Num(number) => out.serialize_f64(*number),
                Self::Str(text) => out.serialize_str(text),
                Self::List(items) => out.collect_seq(items),
                Self::Map(entries) => {
                    let mut map = out.serialize_map(Some(entries.len()))?;
                    for (key, value) in entries {
                        map.serialize_entry(key, value)?;
                    }
                    map.end()
                }
            }
        }
    }

    struct AnyValue;

    impl<'de> Visitor<'de> for AnyValue {
        type Value = Value;

        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str("any JSON value")
        }

        fn visit_unit<E>(self) -> Result<Value, E> {
            Ok(Value::Null)
        }

        fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
            Ok(Value::Bool(flag))
        }

        fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
            Ok(Value::Num(number))
        }

        #[allow(clippy::cast_precision_loss)] // as JavaScript does
        fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
            Ok(Value::Num(number as f64))
        }

        #[allow(clippy::cast_precision_loss)] // as JavaScript does
        fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
            Ok(Value::Num(number as f64))
        }

        fn visit_str<E>(self, text: &str) -> Result<Value, E> {
            Ok(Value::Str(text.to_owned()))
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
            let mut items = Vec::new();
            while let Some(item) = seq.next_element()? {
                items.push(item);
            }
            Ok(Value::List(items))
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Value, A::Error> {
            read_entries(map).map(Value::Map)
        }
    }

    fn read_entries<'de, A: MapAccess<'de>>(mut map: A) -> Result<Entries, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(entries)
    }

    impl<'de> Deserialize<'de> for Value {
        fn deserialize<D: Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
            source.deserialize_any(AnyValue)
        }
    }

    struct AnyEntries;

    impl<'de> Visitor<'de> for AnyEntries {
        type Value = Entries;

        fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
            out.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Entries, A::Error> {
            read_entries(map)
        }
    }

    /// Reads one object as entries; for `#[serde(deserialize_with)]`.
    ///
    /// # Errors
    /// Where the source holds anything but an object.
    pub fn deserialize_entries<'de, D: Deserializer<'de>>(source: D) -> Result<Entries, D::Error> {
        source.deserialize_map(AnyEntries)
    }
}

#[cfg(not(target_arch = "wasm32"))]
pub use host::deserialize_entries;
