//! Values out of JavaScript. Enters: what `pack` of js/pack.js made of a value, one text and the numbers apart. Leaves: the value.
//!
//! One crossing of the border for a whole config, where a walk over `js_sys::Reflect` takes several for each member, and
//! 1 KB brotli more.

use crate::{
    text::{Parts, parts},
    value::{Entries, Value},
};

/// Separates tokens; js/pack.js takes it out of texts.
pub const TOKEN: u8 = 0x1f;
/// Deeper nesting is cut: no parameter needs it, and a cycle has no end. The same as in js/pack.js.
const MAX_DEPTH: u32 = 8;

/// Returns the value that `tokens` and `numbers` stand for; null where they are broken.
#[must_use]
pub fn unpack(tokens: &str, numbers: &[f64]) -> Value {
    let mut reader = Reader {
        tokens: parts(tokens, TOKEN),
        numbers,
    };
    let token = reader.tokens.next().unwrap_or_default();
    reader.value(token, MAX_DEPTH)
}

struct Reader<'a> {
    tokens: Parts<'a>,
    numbers: &'a [f64],
}

impl Reader<'_> {
    fn value(&mut self, token: &str, depth: u32) -> Value {
        let mut list = Vec::new();
        let mut map = Entries::new();
        match token.as_bytes().first() {
            Some(b's') => return Value::from(token.get(1..).unwrap_or_default()),
            Some(b'n') => {
                let Some((number, rest)) = self.numbers.split_first() else {
                    return Value::Null;
                };
                self.numbers = rest;
                return Value::Num(*number);
            }
            Some(b't') => return Value::Bool(true),
            Some(b'f') => return Value::Bool(false),
            Some(open @ (b'[' | b'{')) if depth > 0 => {
                while let Some(token) = self.tokens.next().filter(|token| *token != "]") {
                    if *open == b'[' {
                        list.push(self.value(token, depth - 1));
                    } else {
                        let value = self.tokens.next().unwrap_or_default();
                        map.push((token.to_owned(), self.value(value, depth - 1)));
                    }
                }
                return if *open == b'[' {
                    Value::List(list)
                } else {
                    Value::Map(map)
                };
            }
            _ => {}
        }
        Value::Null
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn packed_values_are_read() {
        let text = |entries: &[&str]| entries.join("\u{1f}");
        for (tokens, numbers, expected) in [
            (text(&["0"]), vec![], Value::Null),
            (text(&[""]), vec![], Value::Null),
            (text(&["t"]), vec![], Value::Bool(true)),
            (text(&["sé"]), vec![], Value::from("é")),
            (text(&["n"]), vec![1.5], Value::Num(1.5)),
            (text(&["n"]), vec![], Value::Null),
            (
                text(&["[", "n", "[", "]", "n", "]"]),
                vec![1.0, 2.0],
                Value::List(vec![Value::Num(1.0), Value::List(vec![]), Value::Num(2.0)]),
            ),
            (
                text(&["{", "a", "sx", "b", "{", "c", "f", "]", "]"]),
                vec![],
                Value::Map(vec![
                    ("a".to_owned(), Value::from("x")),
                    (
                        "b".to_owned(),
                        Value::Map(vec![("c".to_owned(), Value::Bool(false))]),
                    ),
                ]),
            ),
        ] {
            assert_eq!(unpack(&tokens, &numbers), expected, "{tokens}");
        }
    }

    proptest! {
        #[test]
        fn any_tokens_are_survived(tokens in "[stfn0a\\[\\]\\{\u{1f}]*", numbers: Vec<f64>) {
            let _ = unpack(&tokens, &numbers);
        }
    }
}
