//! Values out of JavaScript. Enters: the text that `pack` of js/pack.js made of a value. Leaves: the value.
//!
//! One crossing of the border for a whole config, where a walk over `js_sys::Reflect` takes several for each member, and
//! 0.7 KB brotli more.

use crate::{
    text::{Parts, parts, read_int},
    value::{Entries, Value},
};

/// Separates tokens; js/pack.js takes it out of texts.
pub const TOKEN: u8 = 0x1f;
/// Deeper nesting is cut: no parameter needs it, and a cycle has no end. The same as in js/pack.js.
const MAX_DEPTH: u32 = 8;

/// Numbers come in millionths as `n`, whole as `N`: six decimals are what the wire keeps.
const MILLIONTHS: f64 = 1_000_000.0;

/// Returns the value that `tokens` stand for; null where they are broken.
#[must_use]
pub fn unpack(tokens: &str) -> Value {
    let mut tokens = parts(tokens, TOKEN);
    let first = tokens.next().unwrap_or_default();
    value(first, &mut tokens, MAX_DEPTH)
}

fn value(token: &str, tokens: &mut Parts<'_>, depth: u32) -> Value {
    let kind = token.as_bytes().first().copied().unwrap_or_default();
    let rest = token.get(1..).unwrap_or_default();
    match kind {
        b's' => Value::from(rest),
        b't' | b'f' => Value::Bool(kind == b't'),
        b'n' | b'N' => {
            let (sign, digits) = rest
                .strip_prefix('-')
                .map_or((1.0, rest), |digits| (-1.0, digits));
            let scale = if kind == b'n' { MILLIONTHS } else { 1.0 };
            read_int(digits).map_or(Value::Null, |number| {
                Value::Num(sign * number as f64 / scale)
            })
        }
        b'[' if depth > 0 => {
            let mut list = Vec::new();
            while let Some(token) = tokens.next().filter(|token| *token != "]") {
                list.push(value(token, tokens, depth - 1));
            }
            Value::List(list)
        }
        b'{' if depth > 0 => {
            let mut map = Entries::new();
            while let Some(key) = tokens.next().filter(|token| *token != "]") {
                let token = tokens.next().unwrap_or_default();
                map.push((key.to_owned(), value(token, tokens, depth - 1)));
            }
            Value::Map(map)
        }
        _ => Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn packed_values_are_read() {
        let text = |entries: &[&str]| entries.join("\u{1f}");
        for (tokens, expected) in [
            (text(&["0"]), Value::Null),
            (text(&[""]), Value::Null),
            (text(&["é"]), Value::Null),
            (text(&["t"]), Value::Bool(true)),
            (text(&["sé"]), Value::from("é")),
            (text(&["n19900000"]), Value::Num(19.9)),
            (text(&["n-1500000"]), Value::Num(-1.5)),
            (text(&["N1763827200123"]), Value::Num(1_763_827_200_123.0)),
            (text(&["n"]), Value::Null),
            (
                text(&["[", "N1", "[", "]", "N2", "]"]),
                Value::List(vec![Value::Num(1.0), Value::List(vec![]), Value::Num(2.0)]),
            ),
            (
                text(&["{", "a", "sx", "b", "{", "c", "f", "]", "]"]),
                Value::Map(vec![
                    ("a".to_owned(), Value::from("x")),
                    (
                        "b".to_owned(),
                        Value::Map(vec![("c".to_owned(), Value::Bool(false))]),
                    ),
                ]),
            ),
        ] {
            assert_eq!(unpack(&tokens), expected, "{tokens}");
        }
    }

    proptest! {
        #[test]
        fn any_tokens_are_survived(tokens in "[stfn0a\\[\\]\\{\u{1f}]*") {
            let _ = unpack(&tokens);
        }
    }
}
