//! What rules, markup and scrolling become: one table each.

use spoor::{signal::Signal, value::Value};

use crate::browser::{Browser, acted, config, entries, events, lines, page, scrolled};

fn open(track: &str, language: &str) -> Browser {
    let config = format!(r#"{{"collector": "/collect", "track": {track}}}"#);
    let mut page = page("https://shop.example/a");
    page.language = language.to_owned();
    Browser::open(self::config(&config), &page)
}

/// Returns what was told since the page's view.
fn told(browser: &Browser) -> &[String] {
    &browser.told[1..]
}

const ITEM: &str = r#"{ "add_to_cart": { "selector": ".add", "item": { "item_id": "@data-sku", "price": ".price", "quantity": "@data-quantity" } } }"#;

#[test]
fn a_rule_names_the_event_and_its_readings() {
    for (case, track, language, texts, expected) in [
        (
            "a selector alone",
            r#"{ "view_cart": ".cart" }"#,
            "en",
            &[][..],
            "view_cart {}",
        ),
        (
            "value is price by quantity, the currency stands in the price",
            ITEM,
            "en",
            &["A1", "€19.90", "3"],
            r#"add_to_cart {"value":59.7,"currency":"EUR","items":[{"item_id":"A1","price":19.9,"quantity":3}]}"#,
        ),
        (
            "without a quantity it is one",
            ITEM,
            "en",
            &["A1", "£19.90", ""],
            r#"add_to_cart {"value":19.9,"currency":"GBP","items":[{"item_id":"A1","price":19.9}]}"#,
        ),
        (
            "without a price there is no value",
            ITEM,
            "en",
            &["A1", "sold out", "2"],
            r#"add_to_cart {"items":[{"item_id":"A1","quantity":2}]}"#,
        ),
        (
            "a dollar is many currencies",
            ITEM,
            "en",
            &["A1", "$5", ""],
            r#"add_to_cart {"value":5,"items":[{"item_id":"A1","price":5}]}"#,
        ),
        ("nothing found", ITEM, "en", &["", "", ""], "add_to_cart {}"),
        (
            "fewer texts than fields",
            ITEM,
            "en",
            &["A1"],
            r#"add_to_cart {"items":[{"item_id":"A1"}]}"#,
        ),
        (
            "a price in the page's language: a point of thousands",
            ITEM,
            "de",
            &["A1", "1.299 €", ""],
            r#"add_to_cart {"value":1299,"currency":"EUR","items":[{"item_id":"A1","price":1299}]}"#,
        ),
        (
            "the same in another language: a decimal point",
            ITEM,
            "en",
            &["A1", "1.299 €", ""],
            r#"add_to_cart {"value":1.299,"currency":"EUR","items":[{"item_id":"A1","price":1.299}]}"#,
        ),
        (
            "what the config says itself",
            r#"{ "sign_up": { "form": "form", "method": "newsletter", "params": { "list": "=Spring  sale", "step": 2, "first": true } } }"#,
            "en",
            &["x", "y", "z", "w"],
            r#"sign_up {"method":"newsletter","list":"Spring  sale","step":2,"first":true}"#,
        ),
        (
            "a value and a currency that were said win over those that were found",
            r#"{ "begin_checkout": { "selector": "a", "value": ".total", "currency": "CHF", "item": { "price": ".price" } } }"#,
            "en",
            &["50", "", "€10"],
            r#"begin_checkout {"value":50,"currency":"CHF","items":[{"price":10}]}"#,
        ),
        (
            "share describes its item by parameters",
            r#"{ "share": { "selector": "a", "method": "@data-network", "item": { "item_id": "@data-sku", "price": ".price" } } }"#,
            "en",
            &["mail", "A1", "€10"],
            r#"share {"method":"mail","item_id":"A1","price":10}"#,
        ),
        (
            "texts lose addresses",
            r#"{ "generate_lead": { "selector": "a", "params": { "topic": "h2" } } }"#,
            "en",
            &["Ask jane@mail.example now"],
            r#"generate_lead {"topic":"Ask [email] now"}"#,
        ),
    ] {
        let mut browser = open(track, language);
        browser.signal(acted(0, texts));
        assert_eq!(told(&browser), [expected], "{case}");
    }
}

#[test]
fn a_rule_that_does_not_exist_is_passed_over() {
    let mut browser = open(ITEM, "en");
    assert_eq!(browser.signal(acted(1, &[])), []);
}

#[test]
fn markup_names_the_event_and_its_facts() {
    for (name, facts, expected) in [
        (
            "add_to_wishlist",
            r#"{ "item_id": "A1", "item_brand": "Ny", "price": "19.90 EUR", "quantity": "2", "list": "gifts" }"#,
            r#"add_to_wishlist {"list":"gifts","value":39.8,"currency":"EUR","items":[{"item_id":"A1","item_brand":"Ny","price":19.9,"quantity":2}]}"#,
        ),
        (
            "share",
            r#"{ "method": "mail", "item_id": "A1" }"#,
            r#"share {"method":"mail","item_id":"A1"}"#,
        ),
        (
            "purchase",
            r#"{ "value": "10", "currency": "SEK", "tax": "2.50" }"#,
            r#"purchase {"value":10,"currency":"SEK","tax":2.5}"#,
        ),
        ("own_event", "{}", "own_event {}"),
        ("", "{}", ""),
        ("no event", "{}", ""),
        ("été", "{}", ""),
    ] {
        let mut browser = open("{}", "en");
        let facts: Vec<_> = entries(facts)
            .into_iter()
            .map(|(key, text)| format!("{key}\u{1f}{}", text.as_str().unwrap()))
            .collect();
        let facts = &facts.join("\u{1f}");
        browser.signal(Signal::Marked { name, facts });
        assert_eq!(told(&browser).concat(), expected, "{name}");
    }
}

#[test]
fn a_second_click_within_the_window_is_not_a_new_conversion() {
    for (gap_ms, second, expected) in [
        (0, ["A1", "€5", ""], 1),
        (399, ["A1", "€5", ""], 1),
        (400, ["A1", "€5", ""], 2),
        (100, ["B2", "€5", ""], 2),
    ] {
        let mut browser = open(ITEM, "en");
        browser.signal(acted(0, &["A1", "€5", ""]));
        browser.after(gap_ms);
        browser.signal(acted(0, &second));
        assert_eq!(told(&browser).len(), expected, "{gap_ms} {second:?}");
    }
}

#[test]
fn two_conversions_of_one_click_are_two_though_one_name_ends_with_the_other() {
    let mut browser = open(r#"{ "view_cart": "a", "cart": "a" }"#, "en");
    for rule in [0, 1, 0, 1] {
        browser.signal(acted(rule, &[]));
    }
    assert_eq!(told(&browser), ["view_cart {}", "cart {}"]);
}

#[test]
fn two_reports_of_the_shops_own_code_are_two_conversions() {
    let mut browser = open("{}", "en");
    for _ in 0..2 {
        browser.signal(crate::browser::tracked("vote", "null"));
    }
    assert_eq!(told(&browser), ["vote {}"; 2]);
}

#[test]
fn each_milestone_of_scrolling_is_told_once_a_page() {
    let mut browser = open(r#"{ "scroll": [25, 50, 100] }"#, "en");
    for (percent, expected) in [
        (10.0, 0),
        (24.4, 0),
        (24.5, 1),
        (99.4, 2),
        (30.0, 2),
        (99.5, 3),
        (120.0, 3),
        (f64::NAN, 3),
    ] {
        browser.signal(scrolled(percent));
        assert_eq!(told(&browser).len(), expected, "{percent}");
    }
    browser.signal(Signal::PageEntered(page("https://shop.example/b")));
    browser.signal(scrolled(60.0));
    assert_eq!(
        told(&browser)[3..],
        [
            "page_view {}",
            r#"scroll {"percent_scrolled":25}"#,
            r#"scroll {"percent_scrolled":50}"#,
        ]
    );
}

#[test]
fn the_language_is_that_of_the_page_in_view() {
    let mut browser = open(ITEM, "en");
    let mut german = page("https://shop.example/de");
    german.language = "de".to_owned();
    browser.signal(Signal::PageEntered(german));
    browser.signal(acted(0, &["A1", "1.299 €", ""]));
    browser.hide();
    let told = lines(&events(&browser.batches()[0]));
    assert!(told[2].contains("\"price\":1299}"), "{told:?}");
}

#[test]
fn names_of_events_are_those_that_collectors_take() {
    for (name, is_name) in [
        ("add_to_cart", true),
        ("Step2", true),
        (&"a".repeat(40), true),
        (&"a".repeat(41), false),
        ("", false),
        ("2nd", false),
        ("_x", false),
        ("a-b", false),
        ("a b", false),
        ("é", false),
    ] {
        let config = Value::Map(vec![
            ("collector".to_owned(), Value::from("/c")),
            (
                "track".to_owned(),
                Value::Map(vec![(name.to_owned(), Value::from("a"))]),
            ),
        ]);
        let read = spoor::config::Config::read(&config, &|_| true);
        assert_eq!(read.is_ok(), is_name, "{name}");
        assert_eq!(
            Signal::tracked(name, Value::Null).is_ok(),
            is_name,
            "{name}"
        );
    }
}
