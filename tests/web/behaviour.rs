//! What is told without a rule's click alone: what came of it, what is shown and seen, what goes wrong, what the page says.

use js_sys::eval;
use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::{
    click_at, hide, leave, network, open, open_late, pause, press_key, reveal, submit, told,
    type_into,
};

/// Longer than a click's answer may take, and than the page is looked at next.
const SOON_MS: u32 = 1100;

/// Runs a piece of the shop's own script.
fn shop(script: &str) {
    eval(script).expect(script);
}

#[wasm_bindgen_test]
fn a_pressed_heart_is_the_opposite() {
    for (heart, name) in [
        (
            r#"<button id="b" aria-pressed="true">"#,
            "remove_from_wishlist",
        ),
        (r#"<button id="b" aria-pressed="false">"#, "add_to_wishlist"),
        (
            r#"<button id="b"><i class="is-active"></i>"#,
            "remove_from_wishlist",
        ),
    ] {
        open(heart, r##"{"add_to_wishlist": "#b"}"##);
        press_key("#b");
        assert_eq!(told(), [format!("{name} {{}}")], "{heart}");
    }
}

#[wasm_bindgen_test]
async fn a_click_succeeds_by_the_request_that_it_led_to() {
    const RULE: &str = r##"{"added": {"selector": "#b", "success": "*added=1"}}"##;
    for (address, count) in [("/?added=1", 1), ("/none?added=1", 0), ("/?other=1", 0)] {
        open(r#"<button id="b"></button>"#, RULE);
        shop(&format!(
            "document.querySelector('#b').onclick = () => {{
               const request = new XMLHttpRequest();
               request.open('GET', '{address}');
               request.send();
             }}"
        ));
        press_key("#b");
        pause(SOON_MS).await;
        assert_eq!(told().len(), count, "{address}");
    }
}

#[wasm_bindgen_test]
async fn what_is_shown_is_told_once_and_when_it_has_a_box() {
    open(
        r#"<p id="thanks" hidden>Thank you</p>"#,
        r##"{"thanked": {"shown": "#thanks"}}"##,
    );
    pause(300).await;
    assert_eq!(told(), [""; 0]);
    reveal("#thanks");
    pause(SOON_MS).await;
    assert_eq!(told(), ["thanked {}"]);
}

#[wasm_bindgen_test]
async fn what_was_in_view_for_a_second_was_seen() {
    open(
        r#"<p class="banner">Sale</p><p class="banner" style="margin-top: 9000px">Far below</p>
           <div data-spoor-ignore><p class="banner">Nobody's</p></div>"#,
        r#"{"noticed": {"seen": ".banner"}}"#,
    );
    pause(400).await;
    assert_eq!(told(), [""; 0], "not long enough");
    pause(SOON_MS).await;
    assert_eq!(told(), ["noticed {}"]);
    hide();
    shop("delete document.visibilityState; document.dispatchEvent(new Event('visibilitychange'))");
    pause(SOON_MS + 500).await;
    assert_eq!(told(), ["noticed {}"], "back from another tab");
}

#[wasm_bindgen_test]
async fn what_was_not_seen_long_enough_is_seen_on_the_way_back() {
    open(
        r#"<p class="banner">Sale</p>"#,
        r#"{"noticed": {"seen": ".banner"}}"#,
    );
    pause(300).await;
    hide();
    pause(SOON_MS).await;
    assert_eq!(told(), [""; 0], "nobody looked");
    shop("delete document.visibilityState; document.dispatchEvent(new Event('visibilitychange'))");
    pause(SOON_MS + 500).await;
    assert_eq!(told(), ["noticed {}"]);
}

#[wasm_bindgen_test]
fn a_dead_click_watches_no_attributes_but_those_around_it() {
    open(
        r#"<section><div><button id="b" aria-controls="menu">Buy</button></div></section><ul id="menu"></ul>"#,
        r#"{"dead_click": true}"#,
    );
    shop(
        "window.watched = [];
         window.observe = MutationObserver.prototype.observe;
         MutationObserver.prototype.observe = function (node, options) {
           if (options.attributes) watched.push([node.nodeName, !!options.subtree]);
           window.observe.call(this, node, options);
         };",
    );
    click_at("#b", 2.0, 2.0);
    let watched = eval("JSON.stringify(watched)")
        .unwrap()
        .as_string()
        .unwrap();
    shop("MutationObserver.prototype.observe = window.observe");
    assert_eq!(
        watched,
        r#"[["SECTION",true],["DIV",false],["BODY",false],["HTML",false],["UL",true]]"#
    );
}

#[wasm_bindgen_test]
async fn a_click_that_nothing_answers_is_dead() {
    for (answer, count) in [
        ("() => {}", 1),
        ("({ target }) => target.append('!')", 0),
        ("({ target }) => target.classList.add('on')", 0),
        ("() => window.dispatchEvent(new Event('scroll'))", 0),
        (
            "() => { const r = new XMLHttpRequest(); r.open('GET', '/'); r.send(); }",
            0,
        ),
    ] {
        open(r#"<button id="b">Buy</button>"#, r#"{"dead_click": true}"#);
        shop(&format!("document.querySelector('#b').onclick = {answer}"));
        click_at("#b", 2.0, 2.0);
        pause(SOON_MS).await;
        assert_eq!(told().len(), count, "{answer}: {:?}", told());
    }
}

#[wasm_bindgen_test]
async fn a_click_from_before_the_start_is_told_and_never_dead() {
    open_late(
        r#"<button id="b">Buy</button>"#,
        r##"{"dead_click": true, "tap": "#b"}"##,
        "#b",
    );
    pause(SOON_MS).await;
    assert_eq!(told(), ["tap {}"]);
}

#[wasm_bindgen_test]
fn a_form_that_is_left_half_filled_is_given_up() {
    open(
        r#"<form name="address"><input name="city"><input name="pin" data-spoor-ignore><button></button></form>"#,
        r#"{"form": true}"#,
    );
    type_into("[name=pin]", "secret-a");
    assert_eq!(told(), [""; 0], "an ignored field is none");
    type_into("[name=city]", "secret-b");
    assert_eq!(
        told(),
        [r#"form_start {"form_name":"address","first_field_name":"city"}"#]
    );
    submit("form");
    leave();
    let sent = network().concat();
    assert!(
        sent.contains("form_abandon") && sent.contains("city"),
        "{sent}"
    );
    assert!(!sent.contains("secret") && !sent.contains("pin"), "{sent}");
}

#[wasm_bindgen_test]
async fn a_form_in_a_shadow_root_is_heard_once_it_was_entered() {
    open(
        r#"<div id="host"><template data-shadow><form name="inner"><input name="city"><button></button></form></template></div>"#,
        r#"{"form": true, "sent": {"form": "form", "success": "/*"}}"#,
    );
    shop(
        "const root = document.querySelector('#host').shadowRoot;
         root.querySelector('input').dispatchEvent(new FocusEvent('focusin', { bubbles: true, composed: true }));
         root.querySelector('input').dispatchEvent(new Event('change', { bubbles: true }));
         root.querySelector('form').onsubmit = (event) => {
           event.preventDefault();
           const request = new XMLHttpRequest();
           request.open('GET', '/');
           request.send();
         };
         root.querySelector('form').requestSubmit();",
    );
    pause(SOON_MS).await;
    let told = told().join("\n");
    for name in ["form_start", "form_submit", "sent"] {
        assert!(told.contains(name), "{name}: {told}");
    }
}

#[wasm_bindgen_test]
fn an_item_comes_from_what_the_page_says_of_it() {
    const BUTTON: &str = r#"<button id="b"></button>"#;
    const ITEMS: &str = r#""items":[{"item_id":"A1","item_name":"Lamp","price":19.9}]"#;
    for (case, page, script) in [
        (
            "JSON-LD",
            r#"<script type="application/ld+json">{"@graph": [{"@type": "WebPage"}, {"@type": ["Product"], "name": "Lamp", "sku": "A1",
                 "offers": [{"@type": "AggregateOffer", "offers": [{"price": "19.90", "priceCurrency": "EUR"}]}]}]}</script>"#,
            "0",
        ),
        (
            "microdata",
            r#"<div itemscope itemtype="https://schema.org/Product"><b itemprop="name">Lamp</b><meta itemprop="sku" content="A1">
                 <i itemprop="price" content="19.90">€ 19,90</i><meta itemprop="priceCurrency" content="EUR"></div>"#,
            "0",
        ),
        (
            "dataLayer",
            "",
            "window.dataLayer = [{ event: 'view_item', ecommerce: { currency: 'EUR', items: [{ item_id: 'A1', item_name: 'Lamp', price: 19.9 }] } }]",
        ),
    ] {
        shop(script);
        open(&format!("{page}{BUTTON}"), r##"{"add_to_cart": "#b"}"##);
        press_key("#b");
        shop("delete window.dataLayer");
        let told = told().join("\n");
        assert!(told.contains(ITEMS), "{case}: {told}");
    }
}

#[wasm_bindgen_test]
fn nothing_is_recorded_of_an_ignored_part_and_nothing_read_in_a_masked_one() {
    open(
        r#"<div data-spoor-ignore><button id="ignored" data-spoor="tap"></button></div>
           <div data-spoor-mask><h2 class="title">Secret</h2><button id="masked"></button></div>"#,
        r#"{"pressed": {"selector": "button", "params": {"title": ".title"}}}"#,
    );
    press_key("#ignored");
    assert_eq!(told(), [""; 0]);
    press_key("#masked");
    assert_eq!(told(), ["pressed {}"]);
    leave();
    let sent = network().concat();
    assert!(
        !sent.contains("Secret") && !sent.contains("ignored"),
        "{sent}"
    );
}

#[wasm_bindgen_test]
async fn players_in_iframes_tell_by_messages() {
    for (origin, provider, messages) in [
        (
            "https://www.youtube.com",
            "youtube",
            r#"[{ info: { duration: 10, currentTime: 0, playerState: 1, videoData: { title: "Lamp" } } },
                ...[1, 2, 3, 4, 5].map((currentTime) => ({ info: { currentTime } }))]"#,
        ),
        (
            "https://player.vimeo.com",
            "vimeo",
            r#"[{ event: "play", data: { seconds: 0, duration: 10 } },
                ...[1, 2, 3, 4, 5].map((seconds) => ({ event: "timeupdate", data: { seconds, duration: 10 } }))]"#,
        ),
    ] {
        open(
            // Lazy and out of sight: nothing is asked of the network.
            &format!(
                r#"<iframe id="f" hidden loading="lazy" title="Lamp" src="{origin}/embed/1"></iframe>"#
            ),
            r#"{"video": {"selector": "iframe", "milestones": [50]}}"#,
        );
        pause(50).await;
        shop(&format!(
            "for (const origin of ['https://elsewhere.example', '{origin}'])
               for (const said of {messages})
                 dispatchEvent(new MessageEvent('message', {{
                   source: document.querySelector('#f').contentWindow, origin, data: JSON.stringify(said),
                 }}))"
        ));
        let told = told();
        assert_eq!(told.len(), 2, "{origin}: {told:?}");
        assert!(
            told[0].starts_with(r#"video_start {"video_title":"Lamp","#)
                && told[0].contains(provider),
            "{told:?}"
        );
        assert!(told[1].contains(r#""video_percent":50"#), "{told:?}");
    }
}
