//! The hand-written JavaScript under the edge, src/web/dom.js: what is called there, and who is told.

use wasm_bindgen::prelude::*;
use web_sys::Element;

#[wasm_bindgen(module = "/src/web/dom.js")]
extern "C" {
    /// Whoever is told; made by js/guard.js, calls back into this module, never throws.
    #[derive(Clone, Debug)]
    pub type Sink;

    #[wasm_bindgen(method)]
    pub(super) fn woke(this: &Sink);
    #[wasm_bindgen(method)]
    pub(super) fn tell(this: &Sink, name: &str, params: JsValue);

    #[wasm_bindgen(js_name = isSelector)]
    pub(super) fn is_selector(selector: &str) -> bool;
    pub(super) fn read(element: &Element, selector: &str, attribute: &str) -> Option<String>;
    pub(super) fn marks(element: &Element) -> JsValue;
    pub(super) fn page() -> JsValue;
    pub(super) fn describe(element: &Element) -> String;
    pub(super) fn listen(sink: &Sink, rules: &str, video: &str, scroll: bool, heat: bool);
    pub(super) fn post(sink: &Sink, id: u32, url: &str, body: &str);
}
