//! What the reports tell.

use axum::http::{Method, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use spoor::time::Millis;

use crate::{
    envelope::{Browser, click, event, now},
    shop::Collector,
};

/// Lets a visit do `steps`, one second after the other, at a clock that is right.
async fn visit(collector: &Collector, seed: u64, steps: &[&str]) {
    let began = Millis(now().0 - 60_000);
    let mut browser = Browser::new(seed, "demo", began);
    let mut page = browser.page("/p/lamp", began);
    page.events = (1..)
        .zip(steps)
        .map(|(seq, name)| event(seq, name))
        .collect();
    let body = browser.envelope(vec![page], now()).to_json();
    assert_eq!(collector.post(body).await.status, StatusCode::OK);
}

async fn shop_with_visits() -> Collector {
    let collector = Collector::with(&[]);
    let visits: [&[&str]; 5] = [
        &["page_view", "add_to_wishlist", "add_to_cart", "purchase"],
        &["page_view", "add_to_wishlist", "add_to_wishlist"],
        // The wish came after the order: it led to nothing.
        &["page_view", "add_to_cart", "purchase", "add_to_wishlist"],
        &["page_view", "add_to_cart"],
        &["page_view"],
    ];
    for (seed, steps) in (1..).zip(visits) {
        visit(&collector, seed, steps).await;
    }
    collector
}

#[tokio::test]
async fn a_promotion_is_told_with_how_many_of_those_who_saw_it_clicked() {
    let collector = Collector::with(&[]);
    for (seed, steps) in (1..).zip([
        &["view_promotion", "select_promotion", "select_promotion"][..],
        &["view_promotion"],
        // Clicked by a key before it was in view: nobody saw it first.
        &["select_promotion", "view_promotion"],
        &["page_view"],
    ]) {
        let began = Millis(now().0 - 60_000);
        let mut browser = Browser::new(seed, "demo", began);
        let mut page = browser.page("/", began);
        page.events = (1..)
            .zip(steps)
            .map(|(seq, name)| event(seq, name))
            .collect();
        for event in &mut page.events {
            let spring = spoor::value::Value::from("spring");
            event.params = vec![("promotion_id".to_owned(), spring)];
        }
        let body = browser.envelope(vec![page], now()).to_json();
        assert_eq!(collector.post(body).await.status, StatusCode::OK);
    }
    let answer = collector.get("/api/promotions?site=demo").await;
    assert_eq!(
        answer["promotions"],
        json!([{ "promotion": "spring", "seen": 3, "clicked": 1, "rate": 1.0 / 3.0 }])
    );
    let nobody = collector.get("/api/promotions?site=nobody").await;
    assert_eq!(nobody["promotions"], json!([]));
}

fn conversion<'a>(answer: &'a Value, name: &str) -> &'a Value {
    let all = answer["conversions"].as_array().unwrap();
    all.iter().find(|one| one["name"] == name).unwrap()
}

#[tokio::test]
async fn a_conversion_is_told_with_what_followed_it() {
    let collector = shop_with_visits().await;
    let answer = collector.get("/api/conversions?site=demo").await;
    assert_eq!(
        (&answer["visits"], &answer["reached"]),
        (&json!(5), &json!(2))
    );
    let wishes = conversion(&answer, "add_to_wishlist");
    assert_eq!(wishes["count"], 4);
    assert_eq!(wishes["visits"], 3);
    assert_eq!(wishes["rate"], 0.6);
    assert_eq!(
        wishes["with"],
        json!({ "visits": 3, "reached": 1, "share": 1.0 / 3.0 })
    );
    assert_eq!(
        wishes["without"],
        json!({ "visits": 2, "reached": 0, "share": 0.0 })
    );
    assert_eq!(conversion(&answer, "purchase")["with"], Value::Null);
    assert_eq!(
        conversion(&answer, "page_view")["without"]["share"],
        Value::Null
    );
    let none = collector
        .get("/api/conversions?site=demo&from=1&to=2")
        .await;
    assert_eq!(none["visits"], 0);
    let nobody = collector.get("/api/conversions?site=nobody").await;
    assert_eq!(nobody["conversions"], json!([]));
}

#[tokio::test]
async fn a_funnel_tells_how_far_visits_went_and_how_long_it_took() {
    let collector = shop_with_visits().await;
    let answer = collector
        .get("/api/funnel?site=demo&steps=page_view,add_to_cart,purchase")
        .await;
    assert_eq!(
        answer,
        json!({ "visits": 5, "steps": [
            { "name": "page_view", "visits": 5, "lost": 0, "median_ms": null },
            { "name": "add_to_cart", "visits": 3, "lost": 2, "median_ms": 1000 },
            { "name": "purchase", "visits": 2, "lost": 1, "median_ms": 1000 },
        ] })
    );
    let checkout = collector.get("/api/funnel?site=demo").await;
    assert_eq!(checkout["steps"].as_array().unwrap().len(), 6);
    assert_eq!(checkout["steps"][0]["visits"], 0);
}

#[tokio::test]
async fn visits_of_bots_are_told_apart_and_counted_where_one_asks_for_them() {
    let collector = Collector::with(&[]);
    let began = Millis(now().0 - 60_000);
    for (seed, bot) in [(1, ""), (2, "crawler"), (3, "")] {
        let mut browser = Browser::new(seed, "demo", began);
        let mut page = browser.page("/p/lamp", began);
        page.events = vec![event(1, "page_view"), event(2, "purchase")];
        page.heat = vec![click(3, "#add")];
        let first = browser.envelope(vec![page.clone()], now());
        collector.post(first.to_json()).await;
        // What shows itself as a bot later on was one before.
        browser.session.bot = bot.to_owned();
        page.events = vec![event(4, "share")];
        let second = browser.envelope(vec![page], now());
        collector.post(second.to_json()).await;
    }
    for (asked, visits) in [("", 2), ("&bots=false", 2), ("&bots=true", 3)] {
        let get = |path: &str| format!("/api/{path}site=demo{asked}");
        let told = collector.get(&get("conversions?")).await;
        assert_eq!(
            (&told["visits"], &told["reached"]),
            (&json!(visits), &json!(visits)),
            "{asked}"
        );
        let told = collector.get(&get("funnel?steps=page_view,share&")).await;
        assert_eq!(
            (&told["visits"], &told["steps"][1]["visits"]),
            (&json!(visits), &json!(visits))
        );
        let told = collector.get(&get("pages?")).await;
        assert_eq!(told["pages"][0]["views"], visits, "{asked}");
        let told = collector.get(&get("heatmap?path=/p/lamp&")).await;
        assert_eq!(
            told["devices"]["desktop"],
            json!({ "views": visits, "visitors": visits, "points": visits })
        );
        assert_eq!(told["told"], visits, "{asked}");
    }
    let sites = collector.get("/api/sites").await;
    let site = &sites["sites"][0];
    assert_eq!((&site["visits"], &site["bots"]), (&json!(2), &json!(1)));
    let told = collector.get("/api/events?site=demo").await;
    let events = told["events"].as_array().unwrap();
    let bots: Vec<&str> = events
        .iter()
        .map(|event| event["bot"].as_str().unwrap())
        .collect();
    assert_eq!(
        bots,
        ["", "", "", "crawler", "crawler", "crawler", "", "", ""]
    );
}

#[tokio::test]
async fn events_are_told_newest_first_from_where_one_left_off() {
    let collector = shop_with_visits().await;
    let answer = collector.get("/api/events?limit=2").await;
    let newest = &answer["events"][0];
    assert_eq!(newest["name"], "page_view");
    let id = newest["id"].as_i64().unwrap();
    let nothing = collector.get(&format!("/api/events?after={id}")).await;
    assert_eq!(nothing, json!({ "events": [] }));
    visit(&collector, 99, &["share"]).await;
    let answer = collector.get(&format!("/api/events?after={id}")).await;
    assert_eq!(answer["events"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_feed_tells_events_as_they_come_and_ends_with_the_collector() {
    let collector = shop_with_visits().await;
    let mut feed = collector.open("/api/live?site=demo").await;
    visit(&collector, 99, &["share"]).await;
    let frame = feed.frame().await.unwrap().unwrap().into_data().unwrap();
    let text = String::from_utf8(frame.to_vec()).unwrap();
    assert!(text.contains("\"name\":\"share\""), "{text}");
    assert!(text.contains("id: 15\n"), "{text}");
    let mut later = collector.open("/api/live?after=14").await;
    let frame = later.frame().await.unwrap().unwrap().into_data().unwrap();
    assert_eq!(text.as_bytes(), frame);
}

#[tokio::test]
async fn feeds_are_bounded_and_make_room_again() {
    let collector = Collector::with(&[]);
    let mut feeds = Vec::new();
    for _ in 0..64 {
        feeds.push(collector.open("/api/live").await);
    }
    let answer = collector.request(Method::GET, "/api/live", &[], "").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    feeds.pop();
    visit(&collector, 1, &["share"]).await;
    let mut feed = collector.open("/api/live?after=0").await;
    assert!(feed.frame().await.unwrap().unwrap().is_data());
}

#[tokio::test]
async fn a_wrong_parameter_is_named_with_its_remedy() {
    let collector = Collector::with(&[]);
    for (path, field, remedy) in [
        ("/api/events?limit=0", "limit", "from 1 to 1000"),
        ("/api/events?limit=many", "limit", "many"),
        ("/api/events?after=-1", "after", "whole number"),
        ("/api/events?sit=demo", "sit", "known: site, limit, after"),
        ("/api/live?after=x", "after", "whole number"),
        ("/api/conversions", "site", "site=demo-shop"),
        ("/api/conversions?site=", "site", "site=demo-shop"),
        (
            "/api/conversions?site=a&from=yesterday",
            "from",
            "yesterday",
        ),
        ("/api/conversions?site=a&from=5&to=5", "from", "later `to`"),
        ("/api/funnel?site=a&steps=a,,b", "steps", "commas"),
        (
            "/api/funnel?site=a&steps=1,2,3,4,5,6,7,8,9,0,1,2,3",
            "steps",
            "1 to 12",
        ),
        ("/api/heatmap?site=a", "path", "path="),
        (
            "/api/heatmap?site=a&path=/&device=watch",
            "device",
            "phone or tablet or desktop",
        ),
        ("/api/heatmap?site=a&path=/&limit=100001", "limit", "100000"),
        ("/api/heatmap?site=a&path=/&kind=tap", "kind", "hover or"),
        (
            "/api/heatmap?site=a&path=/&pointer=eye",
            "pointer",
            "pen or key",
        ),
        (
            "/api/heatmap?site=a&path=/&converted=true",
            "converted",
            "yes or no",
        ),
        ("/api/heatmap?site=a&path=/&grid=1", "grid", "from 2 to 64"),
        ("/api/heatmap?site=a&path=/&grid=65", "grid", "from 2 to 64"),
        ("/api/heatmap?site=a&path=/&grid=4&min=0", "min", "from 1"),
        ("/api/heatmap?site=a&path=/&min=5", "min", "grid=16"),
        ("/api/attention?site=a", "path", "path="),
        ("/api/attention?site=a&path=/&kind=click", "kind", "variant"),
        ("/api/pages?site=a&to=-5", "to", "whole number"),
        ("/api/sites?x=1", "x", "\"x\""),
        ("/api/pages?site=a&bots=yes", "bots", "true or false"),
    ] {
        let answer = collector.request(Method::GET, path, &[], "").await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}");
        let told = answer.json();
        assert_eq!(told["field"], field, "{path}");
        let error = told["error"].as_str().unwrap();
        assert!(error.contains(remedy), "{path}: {error}");
    }
}

#[tokio::test]
async fn pages_of_named_origins_alone_read_what_the_overlay_shows() {
    let shop = "https://shop.example";
    let collector = Collector::with(&["--allow-origin", shop, "--serve", "/reports=www/reports"]);
    let anybody = Collector::with(&["--allow-origin", "*"]);
    for (collector, origin, path, is_read) in [
        (&collector, shop, "/api/heatmap?site=demo&path=/", true),
        (&collector, shop, "/api/attention?site=demo&path=/", true),
        (&collector, shop, "/reports/overlay.js", true),
        (&collector, shop, "/api/heatmap?site=demo&kind=x", true),
        (&collector, shop, "/api/events?site=demo", false),
        (&collector, shop, "/api/conversions?site=demo", false),
        (
            &collector,
            "https://evil.example",
            "/api/heatmap?site=demo&path=/",
            false,
        ),
        (&collector, "null", "/api/attention?site=demo&path=/", false),
        (&anybody, shop, "/api/heatmap?site=demo&path=/", false),
    ] {
        let headers = [("origin", origin), ("host", "collector.example")];
        let answer = collector.request(Method::GET, path, &headers, "").await;
        let told = answer.headers.get("access-control-allow-origin");
        assert_eq!(
            told.map(|told| told == origin),
            is_read.then_some(true),
            "{origin} {path}"
        );
        assert!(
            !answer
                .headers
                .contains_key("access-control-allow-credentials")
        );
    }
}
