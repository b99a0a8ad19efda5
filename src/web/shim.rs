//! The hand-written JavaScript under the edge, src/web/dom.js.
//!
//! web-sys would do the same for 2 KB brotli more: each of its getters is an import with glue of its own.

use wasm_bindgen::prelude::*;
use web_sys::Element;

#[wasm_bindgen(module = "/src/web/dom.js")]
extern "C" {
    /// Whoever is told; made by js/guard.js, calls back into this module, never throws.
    #[derive(Clone, Debug)]
    pub type Sink;

    #[wasm_bindgen(method)]
    pub(super) fn tell(this: &Sink, name: &str, params: JsValue);

    #[wasm_bindgen(js_name = isSelector)]
    pub(super) fn is_selector(selector: &str) -> bool;
    pub(super) fn read(element: &Element, selector: &str, attribute: &str) -> Option<String>;
    pub(super) fn marks(element: &Element) -> JsValue;
    pub(super) fn page(names: &str) -> JsValue;
    pub(super) fn describe(element: &Element) -> String;
    pub(super) fn at() -> f64;
    pub(super) fn chance() -> u64;
    pub(super) fn load() -> String;
    pub(super) fn save(text: &str);
    pub(super) fn listen(sink: &Sink, rules: &str, video: &str, scroll: bool, heat: bool);
    pub(super) fn wake(sink: &Sink, ms: f64);
    pub(super) fn beacon(url: &str, body: &str) -> bool;
    pub(super) fn post(sink: &Sink, id: u32, url: &str, body: &str);
}
