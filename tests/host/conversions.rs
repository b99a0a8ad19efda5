//! What rules, markup and scrolling become: one table each.

use spoor::signal::Signal;

use crate::browser::{Browser, acted, config, page, scrolled};

fn open(track: &str) -> Browser {
    let config = format!(r#"{{"collector": "/collect", "track": {track}}}"#);
    Browser::open(self::config(&config), &page("https://shop.example/a"))
}

/// Returns what was told since the page's view.
fn told(browser: &Browser) -> &[String] {
    &browser.told[1..]
}

/// Returns the signal of a rule that adds an item of this id.
fn added(id: &str) -> Signal<'static> {
    acted(&["add_to_cart", "1item_id", id, "3price", "n5000000"])
}

#[test]
fn what_is_found_describes_the_event() {
    for (case, said, expected) in [
        ("a name alone", "view_cart", "view_cart {}"),
        (
            "value is price by quantity, the currency stands in the price",
            "add_to_cart|1item_id|A1|3price|n19900000|4currency|EUR|3quantity|n3000000",
            r#"add_to_cart {"value":59.7,"currency":"EUR","items":[{"item_id":"A1","price":19.9,"quantity":3}]}"#,
        ),
        (
            "without a quantity it is one",
            "add_to_cart|1item_id|A1|3price|n19900000|4currency|GBP",
            r#"add_to_cart {"value":19.9,"currency":"GBP","items":[{"item_id":"A1","price":19.9}]}"#,
        ),
        (
            "without a price there is no value",
            "add_to_cart|1item_id|A1|3quantity|n2000000",
            r#"add_to_cart {"items":[{"item_id":"A1","quantity":2}]}"#,
        ),
        (
            "a price that names no currency",
            "add_to_cart|1item_id|A1|3price|n5000000",
            r#"add_to_cart {"value":5,"items":[{"item_id":"A1","price":5}]}"#,
        ),
        (
            "a key without a text",
            "add_to_cart|1item_id",
            "add_to_cart {}",
        ),
        (
            "what the config says itself",
            "sign_up|2method|snewsletter|2list|sSpring  sale|2step|n2000000|2first|t",
            r#"sign_up {"method":"newsletter","list":"Spring  sale","step":2,"first":true}"#,
        ),
        (
            "what it says of the item",
            "add_to_cart|1item_id|A1|3item_brand|sNy|3price|n5500000",
            r#"add_to_cart {"value":5.5,"items":[{"item_id":"A1","item_brand":"Ny","price":5.5}]}"#,
        ),
        (
            "a value and a currency that were said win over those of a price",
            "begin_checkout|2value|n50000000|4currency|EUR|2currency|sCHF|3price|n10000000",
            r#"begin_checkout {"value":50,"currency":"CHF","items":[{"price":10}]}"#,
        ),
        (
            "share describes its item by parameters",
            "share|0method|mail|1item_id|A1|3price|n10000000",
            r#"share {"method":"mail","item_id":"A1","price":10}"#,
        ),
        (
            "texts lose addresses",
            "generate_lead|0topic|Ask jane@mail.example now",
            r#"generate_lead {"topic":"Ask [email] now"}"#,
        ),
        (
            "facts of an item and others",
            "add_to_wishlist|1item_id|A1|3price|n19900000|4currency|EUR|3quantity|n2000000|0list|gifts",
            r#"add_to_wishlist {"list":"gifts","value":39.8,"currency":"EUR","items":[{"item_id":"A1","price":19.9,"quantity":2}]}"#,
        ),
        (
            "amounts beside the items",
            "purchase|2value|n10000000|0currency|SEK|2tax|n2500000",
            r#"purchase {"value":10,"currency":"SEK","tax":2.5}"#,
        ),
    ] {
        let mut browser = open("{}");
        browser.signal(acted(&said.split('|').collect::<Vec<_>>()));
        assert_eq!(told(&browser), [expected], "{case}");
    }
}

#[test]
fn a_second_click_within_the_window_is_not_a_new_conversion() {
    for (gap_ms, second, expected) in [(0, "A1", 1), (399, "A1", 1), (400, "A1", 2), (100, "B2", 2)]
    {
        let mut browser = open("{}");
        browser.signal(added("A1"));
        browser.after(gap_ms);
        browser.signal(added(second));
        assert_eq!(told(&browser).len(), expected, "{gap_ms} {second}");
    }
}

#[test]
fn two_conversions_of_one_click_are_two_though_one_name_ends_with_the_other() {
    let mut browser = open("{}");
    for name in ["view_cart", "cart", "view_cart", "cart"] {
        browser.signal(acted(&[name]));
    }
    assert_eq!(told(&browser), ["view_cart {}", "cart {}"]);
}

#[test]
fn two_reports_of_the_shops_own_code_are_two_conversions() {
    let mut browser = open("{}");
    for _ in 0..2 {
        browser.signal(crate::browser::tracked("vote", "null"));
    }
    assert_eq!(told(&browser), ["vote {}"; 2]);
}

#[test]
fn each_milestone_of_scrolling_is_told_once_a_page() {
    let mut browser = open(r#"{ "scroll": [25, 50, 100] }"#);
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
