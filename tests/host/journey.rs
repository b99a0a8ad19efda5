//! A whole visit: what a shopper does on three pages, and every byte of what the collector is told of it.

use spoor::delivery::Way;
use spoor::signal::{Media, MediaEvent, MediaFacts, PageFacts, Signal};

use crate::browser::{
    Browser, START, acted, assert_each_once, config, entries, events, lines, names, page, scrolled,
    tracked,
};

const CONFIG: &str = r##"{
  "collector": "/collect", "site": "demo-shop",
  "track": { "video": [25, 50, 75], "scroll": [50, 90] } }"##;
/// What a newsletter's form says: the config names its method.
const SIGN_UP: [&str; 3] = ["sign_up", "2method", "snewsletter"];

fn lamp() -> PageFacts<'static> {
    PageFacts {
        language: "de-DE",
        referrer: "https://news.example/letter?to=jane",
        campaign: "utm_source\u{1f}newsletter\u{1f}gclid\u{1f}x1",
        ..page("https://shop.example/p/lamp?utm_source=newsletter&gclid=x1")
    }
}

/// Plays the first half of a video of 20 seconds.
fn watch_half(browser: &mut Browser) {
    let facts = MediaFacts {
        title: "The lamp, lit",
        url: "https://cdn.example/lamp.mp4?token=secret",
        provider: "html5",
    };
    let media = |event, at_s| Media {
        element: 0,
        event,
        at_s,
        duration_s: 20.0,
        muted: false,
        visible: true,
    };
    browser.signal(Signal::Media(media(MediaEvent::Play, 0.0), Some(facts)));
    for quarter in 1..=40 {
        browser.after(250);
        let at_s = f64::from(quarter) / 4.0;
        browser.signal(Signal::Media(media(MediaEvent::Progress, at_s), None));
    }
}

fn visit() -> Browser {
    let mut browser = Browser::open(config(CONFIG), &lamp());
    browser.after(1000);
    watch_half(&mut browser);
    browser.after(500);
    browser.signal(acted(&[
        "add_to_wishlist",
        "1item_id",
        "A1",
        "1item_name",
        "Stehlampe",
        "3price",
        "n1299000000",
        "4currency",
        "EUR",
    ]));
    browser.after(500);
    browser.signal(acted(&[
        "add_to_cart",
        "1item_id",
        "A1",
        "3price",
        "n1299000000",
        "4currency",
        "EUR",
        "3quantity",
        "n2000000",
    ]));
    browser.after(500);
    browser.signal(acted(&[
        "share",
        "0method",
        "mail",
        "2content_type",
        "sproduct",
        "1item_id",
        "A1",
    ]));
    browser.after(500);
    browser.signal(acted(&SIGN_UP));
    browser.load(&page("https://shop.example/cart"));
    browser.after(3000);
    browser.signal(scrolled(60.0));
    browser.signal(acted(&[
        "begin_checkout",
        "2value",
        "n2598000000",
        "4currency",
        "EUR",
    ]));
    browser.load(&page("https://shop.example/thanks?order=17"));
    browser.after(10);
    browser.signal(tracked(
        "purchase",
        r#"{"transaction_id": "T17", "value": 2598, "currency": "EUR", "items": [{"item_id": "A1", "quantity": 2}]}"#,
    ));
    browser.hide();
    browser
}

#[test]
fn a_visit_is_told_as_it_went() {
    let browser = visit();
    let video = |name: &str, at: &str, percent: u32| {
        let visible = if percent > 0 { 100 } else { 0 };
        format!(
            r#"{name} {{"video_title":"The lamp, lit","video_url":"https://cdn.example/lamp.mp4","video_provider":"html5","video_current_time":{at},"video_duration":20,"video_percent":{percent},"video_watched_seconds":{at},"video_visible_percent":{visible},"video_muted":false}}"#
        )
    };
    let expected: [&[String]; 5] = [
        &["page_view {}".to_owned(), video("video_start", "0", 0)],
        &[video("video_progress", "5", 25)],
        &[
            video("video_progress", "10", 50),
            r#"add_to_wishlist {"value":1299,"currency":"EUR","items":[{"item_id":"A1","item_name":"Stehlampe","price":1299}]}"#.to_owned(),
            r#"add_to_cart {"value":2598,"currency":"EUR","items":[{"item_id":"A1","price":1299,"quantity":2}]}"#.to_owned(),
            r#"share {"method":"mail","content_type":"product","item_id":"A1"}"#.to_owned(),
            r#"sign_up {"method":"newsletter"}"#.to_owned(),
        ],
        &[
            "page_view {}".to_owned(),
            r#"scroll {"percent_scrolled":50}"#.to_owned(),
            r#"begin_checkout {"value":2598,"currency":"EUR"}"#.to_owned(),
        ],
        &[
            "page_view {}".to_owned(),
            r#"purchase {"transaction_id":"T17","value":2598,"currency":"EUR","items":[{"item_id":"A1","quantity":2}]}"#.to_owned(),
        ],
    ];
    let batches = browser.batches();
    let told: Vec<_> = batches.iter().map(|batch| lines(&events(batch))).collect();
    assert_eq!(told, expected);
    assert_eq!(
        browser.told,
        expected.concat(),
        "the shop hears what is sent"
    );
    assert_eq!(assert_each_once(&batches), 13);
}

#[test]
fn visitor_and_session_stay_while_each_page_is_new() {
    let batches = visit().batches();
    let first = &batches[0];
    for batch in &batches {
        assert_eq!(batch.site, "demo-shop");
        assert_eq!(batch.visitor, first.visitor);
        assert_eq!(batch.session, first.session);
        assert_eq!((batch.user.as_str(), batch.losses.len()), ("", 0));
        assert_eq!(batch.pages.len(), 1);
    }
    assert_eq!((first.session.number, first.session.started_at), (1, START));
    let source = r#"{"referrer": "https://news.example/letter", "utm_source": "newsletter", "gclid": "x1",
            "channel": "paid_search"}"#;
    assert_eq!(first.session.source, entries(source));

    let pages: Vec<_> = batches.iter().map(|batch| &batch.pages[0]).collect();
    let (lamp, cart, thanks) = (pages[0], pages[3], pages[4]);
    assert!(pages[1].id == lamp.id && pages[2].id == lamp.id);
    assert!(lamp.id < cart.id && cart.id < thanks.id, "ids rise in time");
    assert_eq!(lamp.url, "https://shop.example/p/lamp");
    assert_eq!(lamp.referrer, "https://news.example/letter");
    assert_eq!(thanks.url, "https://shop.example/thanks");
    assert_eq!(
        (lamp.language.as_str(), lamp.title.as_str()),
        ("de-DE", "Lamp")
    );
    assert_eq!((lamp.viewport, lamp.document), ([1280, 720], [1265, 3100]));
    let times: Vec<u32> = events(&batches[2]).iter().map(|event| event.t).collect();
    assert_eq!(times, [11_000, 11_500, 12_000, 12_500, 13_000]);
    let mut ids: Vec<_> = batches.iter().map(|batch| batch.batch).collect();
    ids.dedup();
    assert_eq!(ids.len(), batches.len(), "each batch has an id of its own");
}

#[test]
fn leaving_sends_at_once_and_nothing_twice() {
    let mut browser = Browser::open(config(CONFIG), &lamp());
    browser.signal(acted(&SIGN_UP));
    assert_eq!(browser.sent.len(), 0);
    browser.hide();
    assert_eq!(browser.sent.len(), 1);
    assert_eq!(browser.sent[0].way, Way::Last);
    assert_eq!(browser.names(), [["page_view", "sign_up"]]);
    browser.hide();
    browser.after(60_000);
    browser.hide();
    assert_eq!(browser.sent.len(), 1, "the browser took it");

    // The page comes back, and more is done on it.
    browser.signal(tracked("size_guide", "null"));
    browser.after(5000);
    assert_eq!(browser.sent[1].way, Way::Post);
    assert_eq!(browser.names()[1], ["size_guide"]);
    assert_each_once(&browser.batches());
}

#[test]
fn what_is_on_its_way_is_not_sent_again_on_leaving() {
    let mut browser = Browser::open(config(CONFIG), &lamp());
    browser.answer = None;
    browser.after(5000);
    browser.signal(acted(&SIGN_UP));
    browser.hide();
    assert_eq!(
        browser.names(),
        [["page_view"].as_slice(), ["sign_up"].as_slice()]
    );
    assert_eq!(browser.status()["batches_waiting"], 1);
}

#[test]
fn a_customer_is_named_from_then_on() {
    let mut browser = Browser::open(config(CONFIG), &lamp());
    browser.signal(Signal::Identified("customer-17"));
    browser.after(100);
    browser.signal(acted(&SIGN_UP));
    browser.load(&page("https://shop.example/cart"));
    browser.hide();
    let batches = browser.batches();
    let users: Vec<_> = batches.iter().map(|batch| batch.user.as_str()).collect();
    assert_eq!(users, ["", "customer-17", "customer-17"]);
    assert_eq!(names(&events(&batches[0])), ["page_view"]);
    assert_eq!(batches[0].visitor, batches[2].visitor);
}

#[test]
fn without_a_name_the_shop_is_the_host_of_its_page() {
    let config = config(r#"{"collector": "https://c.example/in"}"#);
    let mut browser = Browser::open(config, &page("https://shop.example:8443/a?b"));
    browser.hide();
    assert_eq!(browser.batches()[0].site, "shop.example:8443");
}
