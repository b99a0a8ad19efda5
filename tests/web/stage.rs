//! The stage (stage.js) with the edge upon it.

use js_sys::{Object, Promise, Reflect};
use spoor::web;
use wasm_bindgen::prelude::{Closure, JsValue, wasm_bindgen};

// Named here so that they lie beside stage.js, which imports them: the same files as the crate's own snippets.
#[wasm_bindgen(module = "/src/web/dom.js")]
extern "C" {
    #[wasm_bindgen(js_name = page)]
    fn _dom() -> String;
}

#[wasm_bindgen(module = "/src/web/barriers.js")]
extern "C" {
    #[wasm_bindgen(js_name = followBarriers)]
    fn _barriers(on: &JsValue);
}

#[wasm_bindgen(module = "/src/web/codes.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = ACTED)]
    static _CODES: JsValue;
}

#[wasm_bindgen(module = "/src/web/form.js")]
extern "C" {
    #[wasm_bindgen(js_name = followForms)]
    fn _forms(on: &JsValue);
}

#[wasm_bindgen(module = "/src/web/grid.js")]
extern "C" {
    #[wasm_bindgen(js_name = counter)]
    fn _counter(edge: &JsValue, on: &JsValue) -> JsValue;
}

#[wasm_bindgen(module = "/src/web/video.js")]
extern "C" {
    #[wasm_bindgen(js_name = followMedia)]
    fn _media(selector: &str, on: &JsValue, undo: &JsValue);
}

#[wasm_bindgen(module = "/src/web/listen.js")]
extern "C" {
    #[wasm_bindgen(js_name = listen)]
    fn _listen(plan: &JsValue);
}

#[wasm_bindgen(module = "/src/web/offer.js")]
extern "C" {
    #[wasm_bindgen(js_name = offers)]
    fn _offer();
}

#[wasm_bindgen(module = "/src/web/price.js")]
extern "C" {
    #[wasm_bindgen(js_name = currency)]
    fn _price(text: &str) -> JsValue;
}

#[wasm_bindgen(module = "/src/web/post.js")]
extern "C" {
    #[wasm_bindgen(js_name = adopt)]
    fn _post();
}

#[wasm_bindgen(module = "/src/web/press.js")]
extern "C" {
    #[wasm_bindgen(js_name = followPresses)]
    fn _press(edge: &JsValue, on: &JsValue) -> JsValue;
}

#[wasm_bindgen(module = "/src/web/report.js")]
extern "C" {
    #[wasm_bindgen(js_name = deliver)]
    fn _report();
}

#[wasm_bindgen(module = "/src/web/rules.js")]
extern "C" {
    #[wasm_bindgen(js_name = soon)]
    fn _rules();
}

#[wasm_bindgen(module = "/src/web/scroll.js")]
extern "C" {
    #[wasm_bindgen(js_name = followScroll)]
    fn _scroll(edge: &JsValue, on: &JsValue) -> JsValue;
}

#[wasm_bindgen(module = "/src/web/share.js")]
extern "C" {
    #[wasm_bindgen(js_name = shares)]
    fn _share(edge: &JsValue) -> JsValue;
}

#[wasm_bindgen(module = "/src/web/shared.js")]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_name = IGNORED)]
    static _SHARED: JsValue;
}

#[wasm_bindgen(module = "/src/web/store.js")]
extern "C" {
    #[wasm_bindgen(js_name = load)]
    fn _store() -> String;
}

#[wasm_bindgen(module = "/js/config.js")]
extern "C" {
    #[wasm_bindgen(js_name = pattern)]
    fn _config(shape: &str) -> JsValue;
}

#[wasm_bindgen(module = "/src/web/selector.js")]
extern "C" {
    #[wasm_bindgen(js_name = selectorOf)]
    fn _selector(el: &JsValue) -> String;
}

#[wasm_bindgen(module = "/js/guard.js")]
extern "C" {
    #[wasm_bindgen(js_name = warn)]
    fn _guard(reason: &str);
}

#[wasm_bindgen(module = "/js/media.js")]
extern "C" {
    #[wasm_bindgen(js_name = follow)]
    fn _follow(is_meant: &JsValue, on: &JsValue, undo: &JsValue, report: &JsValue) -> JsValue;
}

#[wasm_bindgen(module = "/js/behaviour.js")]
extern "C" {
    #[wasm_bindgen(js_name = follow)]
    fn _follow_behaviour(edge: &JsValue) -> JsValue;
}

#[wasm_bindgen(module = "/js/heat.js")]
extern "C" {
    #[wasm_bindgen(js_name = follow)]
    fn _follow_pointer(moves: &JsValue, tracked: &str) -> JsValue;
}

#[wasm_bindgen(module = "/js/pack.js")]
extern "C" {
    #[wasm_bindgen(js_name = pack)]
    fn _pack(value: &JsValue) -> String;
}

#[wasm_bindgen(module = "/tests/web/stage.js")]
extern "C" {
    fn raise(html: &str, calls: &Object);
    fn config(json: &str) -> String;
    fn listen();
    fn facts() -> String;
    fn now() -> f64;
    #[wasm_bindgen(js_name = drawn)]
    fn drawn_promise() -> Promise;
    #[wasm_bindgen(js_name = paused)]
    fn paused_promise(ms: u32) -> Promise;

    pub fn click_at(path: &str, x: f64, y: f64);
    pub fn flush();
    pub fn forget();
    pub fn heard() -> Vec<String>;
    pub fn hide();
    fn keep(path: &str);
    pub fn leave();
    pub fn move_to(path: &str, x: f64, y: f64);
    pub fn mark(path: &str, name: &str, value: &str);
    pub fn network() -> Vec<String>;
    pub fn place(path: &str) -> Vec<u32>;
    #[wasm_bindgen(js_name = play)]
    fn played_promise(path: &str, from: f64, to: f64) -> Promise;
    pub fn press_key(path: &str);
    pub fn push(url: &str);
    pub fn replace(url: &str);
    pub fn reveal(path: &str);
    pub fn saved() -> String;
    pub fn scroll_box(path: &str, pixels: f64);
    pub fn scroll_to(percent: f64);
    pub fn status() -> String;
    pub fn submit(path: &str);
    #[wasm_bindgen(js_name = type)]
    pub fn type_into(path: &str, text: &str);
    pub fn unhook();
}

/// Opens a page with this content for a visitor who was never there; `track` is that part of the config.
pub fn open(html: &str, track: &str) {
    forget();
    go_on(html, track);
}

/// Opens a page on which `path` was clicked before spoor had started.
pub fn open_late(html: &str, track: &str, path: &str) {
    forget();
    begin(html, track, || keep(path));
}

/// Opens a page for the visitor of the page before.
pub fn go_on(html: &str, track: &str) {
    begin(html, track, || ());
}

fn begin(html: &str, track: &str, before: impl FnOnce()) {
    raise(html, &calls());
    before();
    let json = format!(
        r#"{{"collector": "/c", "site": "s", "heatmap": {{"moves": true, "hovers": true}}, "track": {track}}}"#
    );
    assert!(web::start(
        &config(&json),
        &facts(),
        &saved(),
        "",
        1,
        2,
        now()
    ));
    listen();
}

/// Returns what was recognised since the page's view.
pub fn told() -> Vec<String> {
    heard().split_off(1)
}

/// Plays a video from and to a second, and waits until that is heard.
pub async fn play(path: &str, from: f64, to: f64) {
    js_sys::futures::JsFuture::from(played_promise(path, from, to))
        .await
        .expect("a video that plays");
}

/// Waits until the browser has drawn, and has told what that brings about.
pub async fn drawn() {
    js_sys::futures::JsFuture::from(drawn_promise())
        .await
        .unwrap();
}

/// Waits, where only time makes the edge look.
pub async fn pause(ms: u32) {
    js_sys::futures::JsFuture::from(paused_promise(ms))
        .await
        .unwrap();
}

/// Returns the edge's exports as the loader has them.
fn calls() -> Object {
    let calls = Object::new();
    let hear =
        Closure::<dyn Fn(String, bool, f64) -> bool>::new(|said: String, listening, time| {
            web::hear(&said, listening, time)
        });
    Reflect::set(&calls, &"$hear".into(), &hear.into_js_value()).unwrap();
    calls
}
