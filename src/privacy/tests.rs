//! What is kept of addresses and texts, and what never is.

use proptest::prelude::*;

use super::*;

fn scrub(paths: &str) -> Scrub {
    Scrub {
        paths: paths.replace(' ', "\n"),
    }
}

/// Returns `url` where nothing of its query is let through.
fn clean_url(url: &str) -> String {
    Scrub::default().url(url, "")
}

fn kept(pairs: &[(&str, &str)]) -> String {
    let texts: Vec<_> = pairs.iter().flat_map(|(key, text)| [*key, *text]).collect();
    texts.join("\u{1f}")
}

#[test]
fn addresses_keep_their_path_and_route() {
    for (url, expected) in [
        (
            "https://shop.example/p/lamp?size=3&utm_source=mail&q=my+name#top",
            "https://shop.example/p/lamp",
        ),
        (
            "https://shop.example/?gclid=a1&utm_medium=cpc",
            "https://shop.example/",
        ),
        (
            "https://shop.example/#/cart?token=1",
            "https://shop.example/#/cart",
        ),
        (
            "https://user:secret@shop.example/a",
            "https://shop.example/a",
        ),
        (
            "https://shop.example/u/jane@mail.example/orders",
            "https://shop.example/u/[email]/orders",
        ),
        (
            "https://shop.example/u/jane%40mail.example",
            "https://shop.example/u/[email]",
        ),
        ("about:blank", "about:blank"),
        ("", ""),
    ] {
        assert_eq!(clean_url(url), expected);
    }
}

#[test]
fn a_referrer_keeps_its_path_alone() {
    assert_eq!(
        clean_path("https://search.example/find?q=private#x"),
        "https://search.example/find"
    );
}

#[test]
fn texts_lose_addresses_and_length() {
    for (text, expected) in [
        ("Desk lamp", "Desk lamp"),
        ("write to jane@mail.example.", "write to [email]"),
        ("5 @ 3.50", "5 @ 3.50"),
    ] {
        assert_eq!(clean_text(text), expected);
    }
    assert_eq!(clean_text(&("a".to_owned() + &"é".repeat(200))).len(), 299);
    let long = "word ".repeat(59) + "jane.doe@mail.example";
    assert!(!clean_text(&long).contains("jane"), "{long}");
    assert!(clean_text(&"a@b.c ".repeat(100)).len() <= MAX_TEXT_BYTES);
}

#[test]
fn a_path_is_told_by_the_first_template_that_fits() {
    let scrub = scrub("/orders/new /orders/:id /u/:name/* /:lang/checkout/:step/ /a/:x /a/:y");
    for (path, expected) in [
        ("/orders/17", "/orders/:id"),
        ("/orders/17/", "/orders/:id/"),
        ("/orders/new", "/orders/new"),
        ("/orders/jane@mail.example", "/orders/:id"),
        ("/orders", "/orders"),
        ("/orders/", "/orders/"),
        ("/orders/17/lines", "/orders/17/lines"),
        ("/x/orders/17", "/x/orders/17"),
        ("/Orders/17", "/Orders/17"),
        ("/u/jane/settings/2", "/u/:name/settings/2"),
        ("/u/jane/j@d.example/x", "/u/:name/[email]/x"),
        ("/u/jane/", "/u/:name/"),
        ("/u/jane", "/u/:name"),
        ("/u", "/u"),
        ("/de/checkout/pay", "/:lang/checkout/:step"),
        ("/a/1", "/a/:x"),
        ("/", "/"),
        ("", ""),
        ("/x/jane@mail.example", "/x/[email]"),
    ] {
        let url = ["https://jane:secret@shop.example", path].concat();
        let expected = ["https://shop.example", expected].concat();
        assert_eq!(scrub.path(&(url.clone() + "?id=17#x")), expected, "{path}");
        assert_eq!(
            scrub.url(&(url + "?id=17#/orders/17?x"), ""),
            expected + "#/orders/17",
            "{path}"
        );
    }
    assert_eq!(scrub.path("/orders/17"), "/orders/:id");
}

#[test]
fn parameters_that_are_kept_are_cleaned_and_written_to_be_read() {
    for (pairs, expected) in [
        (&[][..], ""),
        (
            &[("q", "desk lamp"), ("variant", "3")],
            "?q=desk%20lamp&variant=3",
        ),
        (&[("q", "café &+#%")], "?q=café%20%26%2b%23%25"),
        (&[("q", "")], "?q="),
        (&[("q", "a=b")], "?q=a=b"),
        (&[("filter[color]", "red")], "?filter[color]=red"),
        (&[("q", "jane@mail.example")], "?q=[email]"),
        (
            &[("q", "to jane@mail.example now")],
            "?q=to%20[email]%20now",
        ),
        (&[("q", "4111 1111 1111 1111")], "?q=[card]"),
    ] {
        let url = Scrub::default().url("https://shop.example/p?q=raw#/cart?q=2", &kept(pairs));
        let expected = ["https://shop.example/p", expected, "#/cart"].concat();
        assert_eq!(url, expected, "{pairs:?}");
    }
    let long = Scrub::default().url("/p", &kept(&[("q", &"x".repeat(900))]));
    assert_eq!(long.len(), "/p?q=".len() + MAX_TEXT_BYTES);
}

#[test]
fn texts_lose_the_numbers_of_cards_and_no_others() {
    for (text, expected) in [
        ("4111111111111111", "[card]"),
        ("4111 1111 1111 1111", "[card]"),
        ("pay 4111-1111-1111-1111 now", "pay [card] now"),
        ("5555 5555 5555 4444, 3782 822463 10005", "[card], [card]"),
        ("2223 0031 2200 3222", "[card]"),
        ("3056 9309 0259 04", "[card]"),
        ("card:6011111111111117.", "card:[card]."),
        ("size 42 4111 1111 1111 1111", "size 42 [card]"),
        ("4111 1111 1111 1111 123", "[card] 123"),
        ("é4111111111111111é", "é[card]é"),
        ("4111 1111 1111 1112", "4111 1111 1111 1112"),
        ("4111  1111 1111 1111", "4111  1111 1111 1111"),
        ("41111111111111111", "41111111111111111"),
        // Barcodes whose check digit is right by both rules, and what shops number orders with.
        ("4006381333979", "4006381333979"),
        ("5901234123457", "5901234123457"),
        ("20240131123456", "20240131123456"),
        ("702-1234567-1234567", "702-1234567-1234567"),
        ("1763827200123456", "1763827200123456"),
        (
            "0190a5e2-6b1c-7d3a-9f00-5f4dcc3b5aa7",
            "0190a5e2-6b1c-7d3a-9f00-5f4dcc3b5aa7",
        ),
        ("+49 30 1234 5678", "+49 30 1234 5678"),
    ] {
        assert_eq!(clean_text(text), expected, "{text}");
    }
}

/// By its definition: every second digit from the right doubled, digits summed.
fn has_check_digit(digits: &str) -> bool {
    let sum: u32 = (digits.bytes().rev().enumerate())
        .map(|(at, byte)| u32::from(byte - b'0') << (at % 2))
        .map(|number| number / 10 + number % 10)
        .sum();
    sum.is_multiple_of(10)
}

proptest! {
    #[test]
    fn a_card_is_found_by_its_check_digit(digits in "[456][0-9]{15}", spaced: bool) {
        let text = if spaced { format!("{} {}", &digits[..4], &digits[4..]) } else { digits.clone() };
        prop_assert_eq!(clean_text(&text) == "[card]", has_check_digit(&digits));
    }

    #[test]
    fn no_text_is_too_much(text: String, template: String) {
        prop_assert!(clean_text(&text).len() <= MAX_TEXT_BYTES);
        let scrub = Scrub { paths: template };
        let _ = scrub.url(&text, &kept(&[(&text, &text)]));
    }

    #[test]
    fn nothing_of_a_secret_is_left(secret in "[A-Z]{8}", path in "(/[a-z]{1,5}){0,2}", slash in "/?") {
        let scrub = scrub("/o/:id /u/:name/* /:a/b/:c");
        let url_of = |url: &str| scrub.url(url, "");
        for before in ["/o", "/u"] {
            let url = format!("https://shop.example{before}/{secret}{slash}?k={secret}&qq={secret}#{secret}");
            prop_assert!(!url_of(&url).contains(&secret), "{}", url_of(&url));
        }
        let url = format!("https://shop.example/u/{secret}{path}{slash}?q=1");
        prop_assert!(!url_of(&url).contains(&secret), "{}", url_of(&url));
    }
}
