//! The network and the storage: what goes out when, and what the next page finds.

use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::{
    drawn, flush, go_on, heard, hide, leave, network, open, press_key, push, saved, status, told,
    unhook,
};

#[wasm_bindgen_test]
async fn a_page_that_is_hidden_posts_one_whole_body() {
    open(
        r#"<button id="b" data-spoor="tap" data-spoor-note="Åre 😀 &quot;x&quot;">Tap</button>"#,
        "{}",
    );
    press_key("#b");
    assert_eq!(network(), [""; 0]);
    hide();
    leave();
    let [sent] = &network()[..] else {
        panic!("one request: {:?}", network());
    };
    let body = sent.strip_prefix("post /c ").expect(sent);
    let parsed = js_sys::JSON::parse(body).expect(body);
    assert!(parsed.is_object());
    assert!(body.starts_with(r#"{"v":1,"site":"s","batch":""#), "{body}");
    assert!(
        body.contains(r#""name":"page_view""#) && body.contains("Åre 😀"),
        "{body}"
    );
    drawn().await;
    assert_eq!(
        status(),
        r#"{"events_waiting":0,"batches_waiting":0,"last_outcome":"done"}"#
    );
}

#[wasm_bindgen_test]
fn what_may_not_be_stored_is_a_beacon() {
    open("", r#"{}, "consent": "cookieless""#);
    leave();
    let sent = network();
    assert_eq!(sent.len(), 1);
    assert!(sent[0].starts_with(r#"beacon /c {"v":1"#), "{sent:?}");
    assert_eq!(saved(), "");
}

#[wasm_bindgen_test]
async fn what_is_flushed_is_posted_and_its_answer_heard() {
    open("", "{}");
    flush();
    assert!(status().contains(r#""batches_waiting":1"#));
    // It waits for its turn among the pages.
    while network().is_empty() {
        drawn().await;
    }
    assert!(network()[0].starts_with(r#"post /c {"v":1"#));
    drawn().await;
    assert_eq!(
        status(),
        r#"{"events_waiting":0,"batches_waiting":0,"last_outcome":"done"}"#
    );
}

#[wasm_bindgen_test]
async fn what_waits_for_its_turn_goes_as_the_page_is_left() {
    open("", "{}");
    flush();
    assert_eq!(network(), [""; 0]);
    leave();
    let sent = network();
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert!(sent[0].contains(r#""name":"page_view""#), "{sent:?}");
    drawn().await;
    assert_eq!(
        status(),
        r#"{"events_waiting":0,"batches_waiting":0,"last_outcome":"done"}"#
    );
}

#[wasm_bindgen_test]
fn the_visit_is_kept_for_the_next_page() {
    open("", "{}");
    leave();
    let first = network().concat();
    let kept = saved();
    assert!(kept.starts_with("1\n"), "{kept}");
    go_on("", "{}");
    leave();
    let second = network().concat();
    let member = |body: &str, key: &str| {
        let behind = body.split_once(key).expect(key).1.to_owned();
        behind[..36].to_owned()
    };
    for key in [r#""visitor":""#, r#""session":{"id":""#] {
        assert_eq!(member(&first, key), member(&second, key), "{key}");
    }
    open("", "{}");
    leave();
    let stranger = network().concat();
    assert!(stranger.contains(r#""number":1"#));
}

#[wasm_bindgen_test]
async fn once_unhooked_nothing_is_heard_or_sent() {
    const BUTTON: &str = r#"<button id="b" data-spoor="tap"></button>"#;
    open(BUTTON, r#"{"tap2": "button", "scroll": [1]}"#);
    press_key("#b");
    assert_eq!(told().len(), 2);
    let before = heard().len();
    unhook();
    press_key("#b");
    push("/elsewhere");
    hide();
    leave();
    drawn().await;
    assert_eq!(heard().len(), before);
    assert_eq!(network(), [""; 0]);
}
