//! The hand-written JavaScript under the edge, src/web/dom.js. Only numbers and texts cross.
//!
//! web-sys, js-sys, serde-wasm-bindgen and gloo-timers would do the same for 5 KB brotli more, see docs/size.md.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/web/dom.js")]
extern "C" {
    pub fn save(text: &str);
    pub fn wake(ms: f64);
    pub fn beacon(url: &str, body: &str) -> bool;
    pub fn post(id: u32, url: &str, body: &str);
    pub fn tell(name: &str, params: &str);
    pub fn answer(text: &str);
}
