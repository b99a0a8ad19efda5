//! Clicks and submits: which element a rule means, and what is read near it.

use wasm_bindgen_test::wasm_bindgen_test;

use super::stage::{mark, open, pause, play, press_key, reveal, submit, told};

/// By then the page was looked at again.
const LOOKED_MS: u32 = 1100;
const CARD: &str = r#"
  <section data-currency="EUR">
    <article class="card" data-sku="A1">
      <h2 class="title"> Desk
        lamp </h2>
      <p class="price" data-cents="1990">€19.90</p>
      <a class="more" href="/p/lamp?ref=1#x">More</a>
      <div class="buttons"><button class="add"><b><i id="icon">+</i></b></button></div>
    </article>
    <article class="card" data-sku="B2"><h2 class="title">Mug</h2><p class="price">€5</p><button class="add two"></button></article>
  </section>"#;

#[wasm_bindgen_test]
fn a_click_deep_inside_is_one_on_what_the_rule_selects() {
    open(
        CARD,
        r#"{"add_to_cart": {"selector": ".add", "currency": "@data-currency",
            "item": {"item_id": "@data-sku", "item_name": ".title", "price": ".price"},
            "params": {"cents": ".price@data-cents", "none": ".none", "no_attribute": ".price@title", "link": ".more@href"}}}"#,
    );
    press_key("#icon");
    assert_eq!(
        told(),
        [
            r#"add_to_cart {"currency":"EUR","cents":"1990","link":"/p/lamp?ref=1#x","value":19.9,"items":[{"item_id":"A1","item_name":"Desk lamp","price":19.9}]}"#
        ]
    );
}

#[wasm_bindgen_test]
fn a_reading_comes_from_the_nearest_ancestor_that_holds_one() {
    open(
        CARD,
        r#"{"add_to_cart": {"selector": ".add", "item": {"item_id": "@data-sku", "item_name": ".title"}}}"#,
    );
    press_key(".two");
    assert_eq!(
        told(),
        [r#"add_to_cart {"items":[{"item_id":"B2","item_name":"Mug"}]}"#]
    );
}

#[wasm_bindgen_test]
fn a_click_elsewhere_is_nothing() {
    open(CARD, r#"{"add_to_cart": ".add"}"#);
    press_key(".title");
    assert_eq!(told(), [""; 0]);
}

#[wasm_bindgen_test]
fn one_click_may_be_two_conversions_and_needs_no_bubbling() {
    open(
        r#"<div class="outer"><button class="inner"></button></div>"#,
        r#"{"outer": ".outer", "inner": ".inner"}"#,
    );
    press_key(".inner");
    assert_eq!(told(), ["outer {}", "inner {}"]);
}

#[wasm_bindgen_test]
fn an_open_shadow_root_is_looked_into_and_out_of() {
    open(
        r#"<h2 class="title">Mug</h2><div id="host" data-sku="S1" data-spoor="seen" data-spoor-where="host">
             <template data-shadow><p class="price">€18.50</p><button class="add"><span>+</span></button></template>
           </div>"#,
        r##"{"add_to_cart": {"selector": ".add", "item": {"item_id": "@data-sku", "item_name": ".title", "price": ".price"}}, "host": "#host"}"##,
    );
    press_key("#host >>> .add span");
    assert_eq!(
        told(),
        [
            r#"add_to_cart {"value":18.5,"currency":"EUR","items":[{"item_id":"S1","item_name":"Mug","price":18.5}]}"#,
            "host {}",
            r#"seen {"where":"host"}"#,
        ]
    );
}

#[wasm_bindgen_test]
fn markup_alone_is_enough() {
    open(
        r#"<button id="save" data-spoor="add_to_wishlist" data-spoor-item_id="A1" data-spoor-price="19.90 EUR"><b>Save</b></button>"#,
        "{}",
    );
    press_key("#save b");
    assert_eq!(
        told(),
        [
            r#"add_to_wishlist {"value":19.9,"currency":"EUR","items":[{"item_id":"A1","price":19.9}]}"#
        ]
    );
    mark("#save", "data-spoor", "not a name");
    press_key("#save b");
    assert_eq!(told().len(), 1);
}

#[wasm_bindgen_test]
async fn a_form_that_a_script_sends_is_told_once_it_has_succeeded() {
    open(
        r#"<form id="newsletter" data-list="spring"><input name="email" type="email"><button id="go">Go</button></form>
           <form id="search"><button>Find</button></form><p id="thanks" hidden>Thank you</p>"#,
        r##"{"sign_up": {"form": "#newsletter", "success": "#thanks", "method": "newsletter", "params": {"list": "@data-list"}},
             "search": {"form": "#search"}}"##,
    );
    submit("#search");
    submit("#newsletter");
    pause(LOOKED_MS).await;
    assert_eq!(told(), [""; 0], "nothing says that either was sent");
    reveal("#thanks");
    pause(LOOKED_MS).await;
    assert_eq!(
        told(),
        [r#"sign_up {"method":"newsletter","list":"spring"}"#]
    );
}

#[wasm_bindgen_test]
async fn a_video_is_followed_where_its_selector_says() {
    open(
        r#"<video class="product" aria-label="The lamp"></video><video id="other"></video>"#,
        r#"{"video": {"selector": "video.product", "milestones": [50]}}"#,
    );
    play("#other", 0.0, 9.0).await;
    assert_eq!(told(), [""; 0]);
    play("video.product", 0.0, 5.0).await;
    let told = told();
    assert!(
        told[0].starts_with(r#"video_start {"video_title":"The lamp","#),
        "{told:?}"
    );
    assert!(
        told[1].contains(r#""video_current_time":5,"video_duration":10,"video_percent":50"#),
        "{told:?}"
    );
    assert_eq!(told.len(), 2);
}
