//! What rules, markup and scrolling become: one table each.

use spoor::signal::Signal;

use crate::browser::{Browser, acted, config, events, lines, page, scrolled};

fn open(track: &str, language: &str) -> Browser {
    let config = format!(r#"{{"collector": "/collect", "track": {track}}}"#);
    let mut page = page("https://shop.example/a");
    page.comma = language == "de";
    Browser::open(self::config(&config), &page)
}

/// Returns what was told since the page's view.
fn told(browser: &Browser) -> &[String] {
    &browser.told[1..]
}

/// Returns the signal of a rule that adds an item, and finds these texts of it.
fn added(texts: [&str; 3]) -> Signal<'static> {
    let [id, price, quantity] = texts;
    acted(&[
        "add_to_cart",
        "1item_id",
        id,
        "1price",
        price,
        "1quantity",
        quantity,
    ])
}

#[test]
fn what_is_found_describes_the_event() {
    for (case, language, said, expected) in [
        ("a name alone", "en", &["view_cart"][..], "view_cart {}"),
        (
            "value is price by quantity, the currency stands in the price",
            "en",
            &[
                "add_to_cart",
                "1item_id",
                "A1",
                "1price",
                "€19.90",
                "1quantity",
                "3",
            ],
            r#"add_to_cart {"value":59.7,"currency":"EUR","items":[{"item_id":"A1","price":19.9,"quantity":3}]}"#,
        ),
        (
            "without a quantity it is one",
            "en",
            &["add_to_cart", "1item_id", "A1", "1price", "£19.90"],
            r#"add_to_cart {"value":19.9,"currency":"GBP","items":[{"item_id":"A1","price":19.9}]}"#,
        ),
        (
            "without a price there is no value",
            "en",
            &[
                "add_to_cart",
                "1item_id",
                "A1",
                "1price",
                "sold out",
                "1quantity",
                "2",
            ],
            r#"add_to_cart {"items":[{"item_id":"A1","quantity":2}]}"#,
        ),
        (
            "a dollar is many currencies",
            "en",
            &["add_to_cart", "1item_id", "A1", "1price", "$5"],
            r#"add_to_cart {"value":5,"items":[{"item_id":"A1","price":5}]}"#,
        ),
        (
            "nothing found",
            "en",
            &["add_to_cart", "1item_id", "", "1price", ""],
            "add_to_cart {}",
        ),
        (
            "a key without a text",
            "en",
            &["add_to_cart", "1item_id"],
            "add_to_cart {}",
        ),
        (
            "a price in the page's language: a point of thousands",
            "de",
            &["add_to_cart", "1item_id", "A1", "1price", "1.299 €"],
            r#"add_to_cart {"value":1299,"currency":"EUR","items":[{"item_id":"A1","price":1299}]}"#,
        ),
        (
            "the same in another language: a decimal point",
            "en",
            &["add_to_cart", "1item_id", "A1", "1price", "1.299 €"],
            r#"add_to_cart {"value":1.299,"currency":"EUR","items":[{"item_id":"A1","price":1.299}]}"#,
        ),
        (
            "what the config says itself",
            "en",
            &[
                "sign_up",
                "2method",
                "snewsletter",
                "2list",
                "sSpring  sale",
                "2step",
                "n2000000",
                "2first",
                "t",
            ],
            r#"sign_up {"method":"newsletter","list":"Spring  sale","step":2,"first":true}"#,
        ),
        (
            "what it says of the item",
            "en",
            &[
                "add_to_cart",
                "1item_id",
                "A1",
                "3item_brand",
                "sNy",
                "3price",
                "n5500000",
            ],
            r#"add_to_cart {"value":5.5,"items":[{"item_id":"A1","item_brand":"Ny","price":5.5}]}"#,
        ),
        (
            "a value and a currency that were said win over those that were found",
            "en",
            &[
                "begin_checkout",
                "0value",
                "50",
                "2currency",
                "sCHF",
                "1price",
                "€10",
            ],
            r#"begin_checkout {"value":50,"currency":"CHF","items":[{"price":10}]}"#,
        ),
        (
            "share describes its item by parameters",
            "en",
            &[
                "share", "0method", "mail", "1item_id", "A1", "1price", "€10",
            ],
            r#"share {"method":"mail","item_id":"A1","price":10}"#,
        ),
        (
            "texts lose addresses",
            "en",
            &["generate_lead", "0topic", "Ask jane@mail.example now"],
            r#"generate_lead {"topic":"Ask [email] now"}"#,
        ),
        (
            "markup's facts of an item and others",
            "en",
            &[
                "add_to_wishlist",
                "1item_id",
                "A1",
                "1price",
                "19.90 EUR",
                "1quantity",
                "2",
                "0list",
                "gifts",
            ],
            r#"add_to_wishlist {"list":"gifts","value":39.8,"currency":"EUR","items":[{"item_id":"A1","price":19.9,"quantity":2}]}"#,
        ),
        (
            "amounts beside the items",
            "en",
            &[
                "purchase",
                "0value",
                "10",
                "0currency",
                "SEK",
                "0tax",
                "2.50",
            ],
            r#"purchase {"value":10,"currency":"SEK","tax":2.5}"#,
        ),
    ] {
        let mut browser = open("{}", language);
        browser.signal(acted(said));
        assert_eq!(told(&browser), [expected], "{case}");
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
        let mut browser = open("{}", "en");
        browser.signal(added(["A1", "€5", ""]));
        browser.after(gap_ms);
        browser.signal(added(second));
        assert_eq!(told(&browser).len(), expected, "{gap_ms} {second:?}");
    }
}

#[test]
fn two_conversions_of_one_click_are_two_though_one_name_ends_with_the_other() {
    let mut browser = open("{}", "en");
    for name in ["view_cart", "cart", "view_cart", "cart"] {
        browser.signal(acted(&[name]));
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
    let mut browser = open("{}", "en");
    let mut german = page("https://shop.example/de");
    german.comma = true;
    browser.signal(Signal::PageEntered(german));
    browser.signal(added(["A1", "1.299 €", ""]));
    browser.hide();
    let told = lines(&events(&browser.batches()[0]));
    assert!(told[2].contains("\"price\":1299}"), "{told:?}");
}
