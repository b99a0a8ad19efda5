//! Finds the byte at which a field of a JSON text begins.

use std::collections::HashMap;

use serde_json::value::RawValue;

/// Returns the byte at which `field`, such as `pages[0].url`, begins in `body`; where it is not found, that of its
/// nearest known parent.
pub fn byte_of(body: &str, field: &str) -> usize {
    let mut text = body;
    for step in field.split(['.', '[']) {
        let child = match step.strip_suffix(']') {
            Some(index) => item(text, index),
            None => entry(text, step),
        };
        let Some(child) = child else { break };
        text = child;
    }
    let behind = text.as_ptr() as usize;
    behind.saturating_sub(body.as_ptr() as usize)
}

fn entry<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    let object: HashMap<String, &'a RawValue> = serde_json::from_str(text).ok()?;
    object.get(key).map(|value| value.get())
}

fn item<'a>(text: &'a str, index: &str) -> Option<&'a str> {
    let items: Vec<&'a RawValue> = serde_json::from_str(text).ok()?;
    items
        .get(index.parse::<usize>().ok()?)
        .map(|value| value.get())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_found_where_they_begin() {
        let body = r#"{ "a": 1, "b": [ {"c": "x"}, {"c": "y", "d\n": {}} ] }"#;
        for (field, rest) in [
            ("a", "1,"),
            ("b[0].c", "\"x\""),
            ("b[1].c", "\"y\""),
            ("b[1].nothing", "{\"c\": \"y\""),
            (".", body),
        ] {
            let byte = byte_of(body, field);
            assert!(body[byte..].starts_with(rest), "{field}: {}", &body[byte..]);
        }
    }
}
