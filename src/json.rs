//! Writes JSON. Enters: values. Leaves: text that every JSON parser takes, whatever the values hold.
//!
//! Written by hand because serde_json costs 2.4 KB brotli more in the Wasm, and Rust's own float formatting as much again.

use crate::{
    text::part,
    value::{Entries, Value},
};

/// Decimals kept of a number that is not whole: enough for any price, rate or second.
const DECIMALS: u32 = 6;
/// Largest whole number a JavaScript number holds exactly, 2^53.
const MAX_EXACT: f64 = 9_007_199_254_740_992.0;

/// Appends `text` in quotes, escaped by <https://www.rfc-editor.org/rfc/rfc8259#section-7>.
pub fn write_str(out: &mut String, text: &str) {
    out.push('"');
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= b' ' && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.push_str(part(text, written, at));
        written = at + 1;
        out.push_str("\\u00");
        for digit in [byte >> 4, byte & 0xf] {
            out.push(hex(digit));
        }
    }
    out.push_str(part(text, written, text.len()));
    out.push('"');
}

/// Returns the hexadecimal digit of a number below 16.
#[must_use]
pub fn hex(digit: u8) -> char {
    char::from(digit + if digit < 10 { b'0' } else { b'a' - 10 })
}

/// Appends a whole number.
pub fn write_int(out: &mut String, number: u64) {
    if number >= 10 {
        write_int(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

/// Appends a number rounded to six decimals; `null` where it is not finite, or beyond 64 bits.
pub fn write_num(out: &mut String, number: f64) {
    let rest = number.abs();
    if rest.is_nan() || rest >= u64::MAX as f64 {
        out.push_str("null");
        return;
    }
    let (mut scale, mut decimals) = (1.0, 0);
    while decimals < DECIMALS
        && rest * scale < MAX_EXACT / 10.0
        && (rest * scale).round_ties_even() / scale != rest
    {
        scale *= 10.0;
        decimals += 1;
    }
    let mut digits = (rest * scale).round_ties_even() as u64;
    let mut scale = scale as u64;
    while scale > 1 && digits.is_multiple_of(10) {
        digits /= 10;
        scale /= 10;
    }
    if number < 0.0 && digits > 0 {
        out.push('-');
    }
    write_int(out, digits / scale);
    let mut fraction = digits % scale;
    if scale > 1 {
        out.push('.');
        while scale > 1 {
            scale /= 10;
            out.push(char::from(b'0' + (fraction / scale) as u8));
            fraction %= scale;
        }
    }
}

/// Appends any value.
pub fn write_value(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("null"),
        Value::Bool(true) => out.push_str("true"),
        Value::Bool(false) => out.push_str("false"),
        Value::Num(number) => write_num(out, *number),
        Value::Str(text) => write_str(out, text),
        Value::List(items) => write_list(out, items),
        Value::Map(entries) => write_entries(out, entries),
    }
}

/// Appends entries as an object.
pub fn write_entries(out: &mut String, entries: &Entries) {
    let mut joint = '{';
    for (key, value) in entries {
        out.push(joint);
        joint = ',';
        write_str(out, key);
        out.push(':');
        write_value(out, value);
    }
    if entries.is_empty() {
        out.push('{');
    }
    out.push('}');
}

fn write_list(out: &mut String, items: &[Value]) {
    out.push('[');
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        write_value(out, item);
    }
    out.push(']');
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn json(value: &Value) -> String {
        let mut out = String::new();
        write_value(&mut out, value);
        out
    }

    #[test]
    fn numbers_are_written_as_short_as_they_can_be() {
        for (number, expected) in [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-7.5, "-7.5"),
            (19.9, "19.9"),
            (0.1 + 0.2, "0.3"),
            (1299.0, "1299"),
            (0.05, "0.05"),
            (-0.000_000_1, "0"),
            (3.333_333_333_3, "3.333333"),
            (9_007_199_254_740_991.0, "9007199254740991"),
            (1e18, "1000000000000000000"),
            (1e21, "null"),
            (f64::NAN, "null"),
            (f64::INFINITY, "null"),
        ] {
            assert_eq!(json(&Value::Num(number)), expected, "{number}");
        }
    }

    pub fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::Bool),
            (-1_000_000_000_i64..1_000_000_000).prop_map(|n| Value::Num(n as f64 / 100.0)),
            ".*".prop_map(Value::Str),
        ];
        leaf.prop_recursive(3, 32, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::List),
                prop::collection::vec((".*", inner), 0..6).prop_map(Value::Map),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(value in any_value()) {
            let text = json(&value);
            prop_assert_eq!(serde_json::from_str::<Value>(&text).expect(&text), value);
        }

        #[test]
        fn any_float_is_json_and_near(number in any::<f64>()) {
            let text = json(&Value::Num(number));
            let read: Value = serde_json::from_str(&text).expect(&text);
            if let Value::Num(read) = read {
                prop_assert!((read - number).abs() <= (number.abs() * 1e-13).max(5e-7), "{} {}", number, text);
            } else {
                prop_assert!(number.is_nan() || number.abs() > 1.8e19);
            }
        }
    }
}
