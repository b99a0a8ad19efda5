//! Values across the border.

use js_sys::{Array, Object};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use wasm_bindgen::{JsCast, JsValue};

use crate::value::{Entries, Value};

/// Deeper nesting is cut: no parameter needs it, and a cycle has no end.
const MAX_DEPTH: u32 = 8;

/// Returns what a JavaScript value holds of JSON; the rest of it is null.
pub fn value(js: &JsValue) -> Value {
    to_depth(js, MAX_DEPTH)
}

fn to_depth(js: &JsValue, depth: u32) -> Value {
    if let Some(text) = js.as_string() {
        Value::Str(text)
    } else if let Some(number) = js.as_f64() {
        Value::Num(number)
    } else if let Some(flag) = js.as_bool() {
        Value::Bool(flag)
    } else if depth == 0 || js.is_null() || !js.is_object() {
        Value::Null
    } else if Array::is_array(js) {
        Value::List(
            Array::from(js)
                .iter()
                .map(|item| to_depth(&item, depth - 1))
                .collect(),
        )
    } else {
        let entries = Object::entries(js.unchecked_ref());
        let entry = |pair: JsValue| {
            let pair = Array::from(&pair);
            (
                pair.get(0).as_string().unwrap_or_default(),
                to_depth(&pair.get(1), depth - 1),
            )
        };
        Value::Map(entries.iter().map(entry).collect())
    }
}

/// Returns a plain object for callbacks and `status()`.
pub fn to_js(entries: Entries) -> JsValue {
    // Fails for no kind of value.
    Value::Map(entries)
        .serialize(&Serializer::json_compatible())
        .unwrap_or(JsValue::NULL)
}
