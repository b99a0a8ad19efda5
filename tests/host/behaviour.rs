//! What a visit does over its pages and tabs: funnels, goals, barriers, forms, consent, and who is followed at all.

use spoor::{
    config::Consent,
    conversion::Found,
    form::FormEvent,
    heatmap::Spot,
    signal::{PageFacts, Signal},
    tracker::{Effect, Input, Tracker},
};

use crate::browser::{
    Browser, START, config, events, found, lines, page, pressed, scrolled, tracked,
};

const ALL: &str = r##"{
  "collector": "/collect", "site": "demo-shop",
  "item": { "card": ".card", "item_id": "@data-sku", "price": ".price" },
  "track": {
    "add_to_cart": ".add", "add_to_wishlist": "[data-wish]",
    "purchase": { "url": "/thanks", "transaction_id": ".number", "value": ".total" },
    "promotion": { "selector": ".hero", "params": { "promotion_id": "@id" } },
    "scroll": true, "share": true, "search": true, "file_download": true, "click": true, "form": true, "rage_click": true,
    "error_click": true, "quick_back": true, "view_item": true, "select_item": true, "view_item_list": true, "attention": true
  },
  "funnels": { "checkout": ["view_item", "add_to_cart", "/checkout*", "purchase"] },
  "goals": [{ "name": "keen", "when": { "event": "scroll", "percent_scrolled": 75 }, "value": 2, "currency": "EUR" }],
  "privacy": { "query": ["q"], "paths": ["/orders/:id"] }
}"##;

fn at(path: &str) -> PageFacts<'static> {
    page(&format!("https://shop.example{path}"))
}

/// Returns what the rule of an event found on the page, of the facts that it looks for.
fn what(name: &str, texts: &[&str]) -> Found<'static> {
    let keys = match name {
        "purchase" => ["0transaction_id", "2value", "4currency"],
        "view_promotion" => ["0promotion_id", "0promotion_name", ""],
        _ => ["1item_id", "3price", "4currency"],
    };
    let facts = keys.into_iter().zip(texts.iter().copied());
    let facts = facts.filter(|(_, text)| !text.is_empty());
    let mut said = vec![name];
    said.extend(facts.flat_map(|(key, text)| [key, text]));
    Found {
        is_derived: keys[0].starts_with('1'),
        is_shown: name == "purchase",
        ..found(&said)
    }
}

fn open(path: &str) -> Browser {
    Browser::open(config(ALL), &at(path))
}

fn act(browser: &mut Browser, name: &str, texts: &[&str]) {
    browser.signal(Signal::Acted(what(name, texts)));
}

/// Everything that went out or was told, without the page views.
fn told(browser: &Browser) -> Vec<String> {
    let told = browser
        .told
        .iter()
        .filter(|line| !line.starts_with("page_view"));
    told.cloned().collect()
}

#[test]
fn an_item_is_described_by_its_card_or_by_its_page() {
    for (in_card, texts, offered, pushed, expected) in [
        (
            true,
            ["B2", "n5000000", "EUR"],
            "1item_id\u{1f}A1",
            "",
            r#"{"value":5,"currency":"EUR","items":[{"item_id":"B2","price":5}]}"#,
        ),
        (true, ["", "", ""], "1item_id\u{1f}A1", "", "{}"),
        (
            false,
            ["", "", ""],
            "1item_id\u{1f}A1\u{1f}1item_name\u{1f}Lamp\u{1f}3price\u{1f}n12500000\u{1f}0currency\u{1f}EUR",
            "",
            r#"{"currency":"EUR","value":12.5,"items":[{"item_id":"A1","item_name":"Lamp","price":12.5}]}"#,
        ),
        (
            false,
            ["", "", ""],
            "",
            r#"{"currency": "SEK", "items": [{"item_id": "D4", "price": 3}]}"#,
            r#"{"currency":"SEK","value":3,"items":[{"item_id":"D4","price":3}]}"#,
        ),
        (
            false,
            ["C3", "", ""],
            "1item_id\u{1f}A1",
            "",
            r#"{"items":[{"item_id":"C3"}]}"#,
        ),
    ] {
        let mut browser = open("/p");
        browser.signal(Signal::Offered(offered));
        if !pushed.is_empty() {
            let facts = crate::browser::value(pushed);
            browser.signal(Signal::Pushed {
                name: "view_item",
                facts: &facts,
            });
        }
        let mut what = what("add_to_cart", &texts);
        what.in_card = in_card;
        browser.signal(Signal::Acted(what));
        assert_eq!(told(&browser)[0], format!("add_to_cart {expected}"));
    }
}

#[test]
fn the_shops_own_push_fills_in_what_a_rule_did_not_find() {
    let mut browser = open("/thanks");
    let facts = crate::browser::value(
        r#"{"transaction_id": "T1", "value": 99, "currency": "EUR", "items": [{"item_id": "A1", "quantity": 2}]}"#,
    );
    browser.signal(Signal::Pushed {
        name: "purchase",
        facts: &facts,
    });
    act(&mut browser, "purchase", &["", "n98000000", "EUR"]);
    let line = r#"purchase {"value":98,"currency":"EUR","transaction_id":"T1","items":[{"item_id":"A1","quantity":2}]}"#;
    assert!(
        told(&browser).contains(&line.replace(
            r#""value":98,"currency":"EUR","transaction_id":"T1","#,
            r#""value":98,"transaction_id":"T1","currency":"EUR","#
        )),
        "{:?}",
        told(&browser)
    );
}

#[test]
fn a_pressed_button_takes_back() {
    let mut browser = open("/p");
    for pressed in [false, true] {
        let mut what = what("add_to_wishlist", &["A1"]);
        what.pressed = pressed;
        browser.signal(Signal::Acted(what));
        browser.after(1000);
    }
    let names: Vec<_> = told(&browser)
        .iter()
        .map(|line| line.split(' ').next().unwrap().to_owned())
        .collect();
    assert_eq!(names, ["add_to_wishlist", "remove_from_wishlist"]);
}

#[test]
fn the_same_order_is_told_once() {
    let mut browser = open("/thanks?order=1");
    act(&mut browser, "purchase", &["T1", "n10000000", "EUR"]);
    act(&mut browser, "purchase", &["T1", "n10000000", "EUR"]);
    browser.load(&at("/thanks?order=1"));
    act(&mut browser, "purchase", &["T1", "n10000000", "EUR"]);
    act(&mut browser, "purchase", &["T2", "n10000000", "EUR"]);
    let told = told(&browser);
    let purchases = told.iter().filter(|line| line.starts_with("purchase"));
    assert_eq!(purchases.count(), 2, "{told:?}");
}

#[test]
fn a_view_of_no_item_is_not_told() {
    let mut browser = open("/p");
    for (texts, offered, has_told) in [
        (["", "", ""], "", false),
        (["A1", "", ""], "", true),
        (["", "", ""], "1item_id\u{1f}A2", true),
    ] {
        browser.signal(Signal::Offered(offered));
        browser.signal(Signal::Acted(what("view_item", &texts)));
        assert_eq!(browser.tracker.has_told(), has_told, "{texts:?} {offered}");
        browser.after(1000);
    }
}

#[test]
fn links_are_told_by_where_they_lead() {
    for (link, expected) in [
        (
            "https://twitter.com/intent/tweet?text=x",
            r#"share {"method":"x","content_type":"product","item_id":"A1"}"#,
        ),
        (
            "https://shop.example/size.pdf",
            r#"file_download {"file_extension":"pdf","file_name":"/size.pdf","link_url":"https://shop.example/size.pdf"}"#,
        ),
        (
            "https://maker.example/lamp?ref=7",
            r#"click {"outbound":true,"link_domain":"maker.example","link_url":"https://maker.example/lamp"}"#,
        ),
        ("https://shop.example/cart", ""),
        ("mailto:hello@shop.example", ""),
    ] {
        let mut browser = open("/p");
        browser.signal(Signal::Offered("1item_id\u{1f}A1"));
        for _ in 0..2 {
            browser.signal(Signal::Pointed {
                spot: &Spot::click("", [0; 4], [0, 0]),
                spared: false,
                link,
                download: false,
            });
        }
        assert_eq!(told(&browser).concat(), expected, "{link}, a double click");
    }
}

#[test]
fn rage_and_errors_name_their_element() {
    let mut browser = open("/p");
    for _ in 0..4 {
        browser.signal(pressed("#buy"));
        browser.after(150);
    }
    browser.signal(Signal::Erred("TypeError https://shop.example/a.js:7"));
    assert_eq!(
        told(&browser),
        [
            r##"rage_click {"element":"#buy"}"##,
            r##"error_click {"element":"#buy","error":"TypeError https://shop.example/a.js:7"}"##,
        ]
    );
}

#[test]
fn what_is_seen_together_is_one_list() {
    let mut browser = open("/list");
    for texts in [["A1", "n5000000", "EUR"], ["B2", "n6000000", "EUR"]] {
        let mut found = what("view_item_list", &texts);
        found.in_card = true;
        found.is_shown = true;
        browser.signal(Signal::Acted(found));
    }
    assert_eq!(told(&browser), [""; 0]);
    browser.after(100);
    assert_eq!(
        told(&browser),
        [r#"view_item_list {"items":[{"item_id":"A1","price":5},{"item_id":"B2","price":6}]}"#]
    );
}

#[test]
fn what_is_merely_seen_keeps_no_visit_alive() {
    for (is_shown, visits) in [(true, 2), (false, 1)] {
        let mut browser = open("/list");
        browser.after(20 * 60_000);
        let mut found = what("noticed", &[]);
        found.is_shown = is_shown;
        browser.signal(Signal::Acted(found));
        browser.after(20 * 60_000);
        act(&mut browser, "tapped", &[]);
        browser.after(10_000);
        let mut ids: Vec<_> = browser
            .batches()
            .iter()
            .map(|batch| batch.session.id)
            .collect();
        ids.dedup();
        assert_eq!(ids.len(), visits, "nobody acted: {is_shown}");
    }
}

#[test]
fn a_funnel_is_followed_over_pages_and_its_end_told_where_the_visit_ends() {
    let mut browser = open("/p");
    act(&mut browser, "add_to_cart", &["A1", "n5000000", "EUR"]);
    browser.load(&at("/checkout/address"));
    browser.signal(Signal::Form {
        form: 0,
        event: FormEvent::Input,
        field: "phone",
        detail: "checkout",
    });
    browser.load(&at("/checkout/payment"));
    // Nothing more is done for the rest of the day.
    browser.after(24 * 3_600_000);
    let told = told(&browser);
    let steps: Vec<_> = told
        .iter()
        .filter(|line| line.starts_with("funnel_step"))
        .collect();
    assert_eq!(steps.len(), 2, "{told:?}");
    let abandoned: Vec<_> = told
        .iter()
        .filter(|line| line.starts_with("checkout_abandon"))
        .collect();
    let [abandoned] = &abandoned[..] else {
        panic!("once: {told:?}");
    };
    for part in [
        r#""last_step":"/checkout*""#,
        r#""step_index":3"#,
        r#""last_field":"phone""#,
        r#""reason":"idle""#,
    ] {
        assert!(abandoned.contains(part), "{part}: {abandoned}");
    }
    let visits: std::collections::HashSet<_> = browser
        .batches()
        .iter()
        .map(|batch| batch.session.id)
        .collect();
    assert_eq!(
        visits.len(),
        1,
        "it is told as a part of the visit that it ends"
    );
}

#[test]
fn a_tab_closed_in_the_checkout_tells_so_and_going_on_resumes() {
    let mut browser = open("/p");
    act(&mut browser, "add_to_cart", &["A1", "n5000000", "EUR"]);
    browser.load(&at("/checkout"));
    browser.input(Input::Left(true));
    assert!(
        told(&browser)
            .last()
            .unwrap()
            .starts_with("checkout_abandon")
    );
    browser.load(&at("/thanks"));
    act(&mut browser, "purchase", &["T1", "n5000000", "EUR"]);
    assert!(
        told(&browser)
            .iter()
            .any(|line| line.starts_with("funnel_step") && line.contains(r#""resumed":true"#))
    );
    browser.input(Input::Left(true));
    let abandoned = told(&browser)
        .iter()
        .filter(|line| line.starts_with("checkout_abandon"))
        .count();
    assert_eq!(abandoned, 1);
}

#[test]
fn a_goal_is_told_with_its_value_once_a_visit() {
    let mut browser = open("/p");
    for _ in 0..2 {
        browser.signal(scrolled(80.0));
        browser.load(&at("/q"));
    }
    let goals: Vec<_> = told(&browser)
        .into_iter()
        .filter(|line| line.starts_with("keen"))
        .collect();
    assert_eq!(goals, [r#"keen {"value":2,"currency":"EUR"}"#]);
}

#[test]
fn addresses_are_kept_by_templates_and_listed_parameters() {
    let results = |search: &'static str| PageFacts {
        search,
        query: "q\u{1f}rain coat",
        ..at("/orders/4711?q=rain+coat&token=secret")
    };
    let mut browser = Browser::open(config(ALL), &results("=rain coat for jane@mail.example"));
    browser.signal(Signal::PageEntered(results("=")));
    browser.signal(Signal::PageEntered(results("")));
    browser.hide();
    let page = &browser.batches()[0].pages[0];
    assert_eq!(page.url, "https://shop.example/orders/:id?q=rain%20coat");
    assert_eq!(
        told(&browser),
        [
            r#"search {"search_term":"rain coat for [email]"}"#,
            "search {}"
        ]
    );
}

fn with_consent(said: &str) -> Browser {
    let json = ALL.replacen('{', &format!(r#"{{ "consent": "{said}","#), 1);
    Browser::open(config(&json), &at("/p"))
}

#[test]
fn what_happens_before_an_answer_is_held_and_then_sent_with_its_own_time() {
    let mut browser = with_consent("required");
    browser.after(1000);
    browser.signal(tracked("own", "{}"));
    browser.after(60_000);
    browser.hide();
    assert!(browser.sent.is_empty() && browser.told.is_empty() && !browser.has_saved());
    browser.input(Input::Answered(Consent::Granted, ""));
    browser.after(10_000);
    let batch = &browser.batches()[0];
    let times: Vec<_> = events(batch)
        .iter()
        .map(|event| (event.name.clone(), event.t))
        .collect();
    assert_eq!(
        times[..2],
        [("page_view".to_owned(), 0), ("own".to_owned(), 1000)]
    );
    assert!(browser.has_saved());
}

#[test]
fn a_refusal_forgets_what_was_held_and_what_comes() {
    let mut browser = with_consent("required");
    browser.signal(tracked("own", "{}"));
    browser.input(Input::Answered(Consent::Denied, ""));
    browser.signal(tracked("own", "{}"));
    browser.hide();
    browser.after(60_000);
    assert!(browser.sent.is_empty() && !browser.has_saved());
    browser.input(Input::Answered(Consent::Granted, ""));
    browser.hide();
    assert_eq!(
        lines(&events(&browser.batches()[0])),
        ["page_view {}"],
        "from here on"
    );
}

#[test]
fn without_storage_each_page_is_a_strangers() {
    for said in ["cookieless", "granted"] {
        let identity = if said == "granted" {
            r#""identity": "none","#
        } else {
            ""
        };
        let json = ALL.replacen('{', &format!(r#"{{ {identity} "consent": "{said}","#), 1);
        let mut browser = Browser::open(config(&json), &at("/p"));
        browser.load(&at("/q"));
        browser.hide();
        assert!(!browser.has_saved(), "{said}");
        let batches = browser.batches();
        assert_ne!(batches[0].visitor, batches[1].visitor, "{said}");
    }
}

#[test]
fn who_agrees_is_remembered_only_where_the_shop_remembers_anybody() {
    for (identity, remembers) in [("storage", true), ("none", false)] {
        let said = format!(r#"{{ "identity": "{identity}", "consent": "required","#);
        let mut browser = Browser::open(config(&ALL.replacen('{', &said, 1)), &at("/p"));
        browser.input(Input::Answered(Consent::Granted, ""));
        browser.hide();
        assert_eq!(browser.sent.len(), 1, "{identity}");
        assert_eq!(browser.has_saved(), remembers, "{identity}");
    }
}

#[test]
fn the_answer_of_another_day_brings_back_the_visitor() {
    let mut first = open("/p");
    first.hide();
    let saved = first.saved().to_owned();
    let mut browser = with_consent("required");
    browser.input(Input::Answered(Consent::Granted, &saved));
    browser.hide();
    assert_eq!(browser.batches()[0].visitor, first.batches()[0].visitor);
}

#[test]
fn two_tabs_are_one_visit_with_one_funnel() {
    let mut first = open("/p");
    act(&mut first, "add_to_cart", &["A1", "n5000000", "EUR"]);
    first.hide();
    let saved = first.saved().to_owned();
    let mut second = Browser::open(config(ALL), &at("/q"));
    second.input(Input::Saved(&saved));
    second.signal(Signal::PageEntered(at("/checkout")));
    second.hide();
    let last = second.batches().pop().unwrap();
    assert_eq!(last.visitor, first.batches()[0].visitor);
    assert!(
        told(&second)
            .iter()
            .any(|line| line.starts_with("funnel_step") && line.contains(r#""step_index":3"#)),
        "{:?}",
        told(&second)
    );
}

#[test]
fn robots_are_marked_or_left_out_and_a_sample_is_the_same_visitors_each_time() {
    let start = |json: &str, bot: &str, saved: &str| {
        Tracker::start(config(json), &at("/"), saved, bot, [7, 9], START)
    };
    let (tracker, _) = start(ALL, "crawler", "");
    assert!(tracker.is_followed());
    let (tracker, _) = start(&ALL.replacen('{', r#"{ "bots": "drop","#, 1), "crawler", "");
    assert!(!tracker.is_followed());
    let half = ALL.replacen('{', r#"{ "sample": 0.5,"#, 1);
    let (mut followed, mut all) = (0, 0);
    for seed in 0..400 {
        let seeds = [seed, seed << 7];
        let (tracker, effects) = Tracker::start(config(&half), &at("/"), "", "", seeds, START);
        let saved = effects.iter().find_map(|effect| match effect {
            Effect::Save(saved) => Some(saved.clone()),
            _ => None,
        });
        let (again, _) = start(&half, "", &saved.unwrap());
        assert_eq!(again.is_followed(), tracker.is_followed());
        followed += u32::from(tracker.is_followed());
        all += 1;
    }
    assert!((150..250).contains(&followed), "{followed} of {all}");
}

#[test]
fn attention_to_a_route_is_told_of_that_route() {
    let mut browser = open("/list");
    browser.signal(scrolled(20.0));
    browser.after(3000);
    browser.signal(Signal::PageEntered(at("/product")));
    browser.signal(scrolled(20.0));
    browser.after(2000);
    browser.hide();
    let told: Vec<_> = browser
        .batches()
        .into_iter()
        .flat_map(|batch| batch.pages)
        .flat_map(|page| {
            let engaged = page.events.into_iter();
            let engaged = engaged.filter(|event| event.name == "user_engagement");
            engaged.map(move |_| page.url.clone())
        })
        .collect();
    assert_eq!(
        told,
        ["https://shop.example/list", "https://shop.example/product"]
    );
}
