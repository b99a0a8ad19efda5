//! What `POST /collect` takes, refuses, and keeps.

use std::io::Write;

use axum::http::{Method, StatusCode};
use flate2::{Compression, write::GzEncoder};
use proptest::prelude::*;
use serde_json::json;
use spoor::{time::Millis, value::Value};

use crate::{
    envelope::{Browser, click, event, now},
    shop::{Collector, db},
};

#[tokio::test]
async fn a_batch_is_stored_and_told_again() {
    let collector = Collector::with(&[]);
    let mut browser = Browser::new(1, "demo", now());
    let answer = collector
        .post(browser.body(&["page_view", "add_to_cart"]))
        .await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.json(), json!({ "stored": 2, "repeats": 0 }));
    let events = collector.get("/api/events?site=demo").await;
    let newest = &events["events"][0];
    assert_eq!(newest["name"], "add_to_cart");
    assert_eq!(newest["seq"], 2);
    assert_eq!(newest["path"], "/p/lamp");
    assert_eq!(newest["params"], json!({ "value": 19.9 }));
    assert_eq!(newest["page_id"].as_str().unwrap().len(), 36);
    let other = collector.get("/api/events?site=other").await;
    assert_eq!(other, json!({ "events": [] }));
}

#[tokio::test]
async fn where_a_visit_came_from_is_kept() {
    let collector = Collector::with(&[]);
    let mut browser = Browser::new(7, "demo", now());
    browser.session.source = vec![("utm_source".to_owned(), Value::from("mail"))];
    browser.session.first_source = vec![("referrer".to_owned(), Value::from("https://a.example/"))];
    collector.post(browser.body(&["page_view"])).await;
    collector.close().await;
    let file = rusqlite::Connection::open(db(collector.folder.path())).unwrap();
    let kept = file.query_row(
        "SELECT source, first_source, bot FROM sessions",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    );
    let expected = [
        r#"{"utm_source":"mail"}"#,
        r#"{"referrer":"https://a.example/"}"#,
        "",
    ];
    let [source, first, bot] = expected.map(str::to_owned);
    assert_eq!(kept, Ok((source, first, bot)));
    let long = "x".repeat(101);
    let collector = collector.restart().await;
    browser.session.bot = long;
    let answer = collector.post(browser.body(&["page_view"])).await;
    assert_eq!(answer.json()["field"], "session.bot");
}

#[tokio::test]
async fn repeats_are_dropped_by_page_and_number() {
    let collector = Collector::with(&[]);
    let mut browser = Browser::new(2, "demo", now());
    let mut page = browser.page("/", now());
    page.events = vec![event(1, "page_view"), event(2, "add_to_cart")];
    page.heat = vec![click(3, "#add")];
    let first = browser.envelope(vec![page.clone()], now());
    collector.post(first.to_json()).await;
    let again = collector.post(first.to_json()).await;
    assert_eq!(again.json(), json!({ "stored": 0, "repeats": 3 }));
    page.events.push(event(4, "share"));
    // Another batch that holds what was sent before: as after an answer that was lost.
    let mixed = browser.envelope(vec![page], now()).to_json();
    let answer = collector.post(mixed).await;
    assert_eq!(answer.json(), json!({ "stored": 1, "repeats": 3 }));
    assert_eq!(
        collector.names().await,
        ["share", "add_to_cart", "page_view"]
    );
}

#[tokio::test]
async fn a_wrong_clock_is_corrected_for_the_whole_visit() {
    let collector = Collector::with(&[]);
    let hour = 3_600_000;
    let slow = Millis(now().0 - hour);
    let mut browser = Browser::new(3, "demo", slow);
    let mut page = browser.page("/", slow);
    page.events = vec![event(1, "page_view")];
    let first = browser.envelope(vec![page.clone()], slow.plus(2000));
    let before = now().0;
    collector.post(first.to_json()).await;
    // The second batch was held back for a minute; its event keeps its distance to the first.
    page.events = vec![event(2, "share")];
    let second = browser.envelope(vec![page], Millis(slow.0 - 60_000));
    collector.post(second.to_json()).await;
    let events = collector.get("/api/events").await;
    let at = |index: usize| events["events"][index]["at"].as_u64().unwrap();
    assert!(at(1).abs_diff(before) < 5000, "{} {before}", at(1));
    assert!(at(0) >= at(1) && at(0) <= now().0, "{} {}", at(0), at(1));
}

#[tokio::test]
async fn a_batch_with_one_invalid_page_stores_nothing() {
    let collector = Collector::with(&[]);
    let mut browser = Browser::new(4, "demo", now());
    let mut good = browser.page("/", now());
    good.events = vec![event(1, "page_view")];
    let mut bad = browser.page("/p", now());
    bad.events = vec![event(1, "page_view"), event(0, "share")];
    let body = browser.envelope(vec![good, bad], now()).to_json();
    let answer = collector.post(body.clone()).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let told = answer.json();
    assert_eq!(told["field"], "pages[1].events[1].seq");
    let byte = told["byte"].as_u64().unwrap() as usize;
    assert!(body[byte..].starts_with("0,"), "{told}");
    assert!(collector.names().await.is_empty());
    let answer = collector.get("/api/sites").await;
    assert_eq!(answer["sites"], json!([]));
}

#[tokio::test]
async fn malformed_bodies_are_told_where() {
    let collector = Collector::with(&[]);
    let body = Browser::new(5, "demo", now()).body(&["share"]);
    let broken_off = body[..body.len() / 2].to_owned();
    let cases = [
        (String::new(), ".", 0),
        ("{}".to_owned(), ".", 1),
        ("[1".to_owned(), ".", 0),
        (body.replace("\"v\":1", "\"v\":9"), "v", 0),
        (
            body.replace("\"t\":1000", "\"t\":\"x\""),
            "pages[0].events[0].t",
            0,
        ),
        (broken_off, ".", 100),
        (format!("{body}x"), ".", body.len()),
    ];
    for (body, field, byte) in cases {
        let answer = collector.post(body.clone()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
        let told = answer.json();
        assert!(told["field"].as_str().unwrap().starts_with(field), "{told}");
        assert!(told["byte"].as_u64().unwrap() as usize >= byte, "{told}");
        assert!(told["error"].as_str().unwrap().len() > 3, "{told}");
    }
    let answer = collector.post(vec![b'{', 0xff]).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert_eq!(answer.json()["byte"], 1);
}

#[tokio::test]
async fn a_long_body_is_refused_unread() {
    let collector = Collector::with(&["--max-body-bytes", "2000"]);
    let mut browser = Browser::new(6, "demo", now());
    let many = vec!["share"; 100];
    let answer = collector.post(browser.body(&many)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(
        answer.json()["error"]
            .as_str()
            .unwrap()
            .contains("2000 bytes")
    );
    assert_eq!(
        collector.post(browser.body(&["share"])).await.status,
        StatusCode::OK
    );
}

fn gzipped(plain: &[u8]) -> Vec<u8> {
    let mut zip = GzEncoder::new(Vec::new(), Compression::best());
    zip.write_all(plain).unwrap();
    zip.finish().unwrap()
}

#[tokio::test]
async fn gzip_is_taken_whether_it_is_named_or_not() {
    let collector = Collector::with(&[]);
    for (seed, named) in [(20, &[][..]), (21, &[("content-encoding", "gzip")])] {
        let body = gzipped(
            Browser::new(seed, "demo", now())
                .body(&["share"])
                .as_bytes(),
        );
        let answer = collector
            .request(Method::POST, "/collect", named, body)
            .await;
        assert_eq!(answer.status, StatusCode::OK, "{named:?}");
        assert_eq!(answer.headers["accept-encoding"], "gzip", "{named:?}");
    }
    assert_eq!(collector.names().await, ["share", "share"]);
    let refused = collector.post("{}").await;
    assert_eq!(refused.headers["accept-encoding"], "gzip");
}

#[tokio::test]
async fn broken_and_endless_gzip_is_refused() {
    let collector = Collector::with(&["--max-body-bytes", "2000"]);
    let body = Browser::new(22, "demo", now()).body(&["share"]);
    let whole = gzipped(body.as_bytes());
    let wrong_sum = [&whole[..whole.len() - 8], &[0; 8]].concat();
    let gzip = "gzip";
    let bad = StatusCode::BAD_REQUEST;
    for (bytes, named, status, said) in [
        (whole[..whole.len() - 9].to_vec(), "", bad, "broken gzip"),
        (wrong_sum, "", bad, "broken gzip"),
        ([&whole[..], b"{}"].concat(), "", bad, "broken gzip"),
        (vec![0x1f, 0x8b], "", bad, "broken gzip"),
        (body.into_bytes(), gzip, bad, "broken gzip"),
        (
            gzipped(&vec![b' '; 1_000_000]),
            gzip,
            StatusCode::PAYLOAD_TOO_LARGE,
            "longer than 2000 bytes",
        ),
        (whole, "br", StatusCode::UNSUPPORTED_MEDIA_TYPE, "gzip"),
    ] {
        let headers = [("content-encoding", named)];
        let answer = collector
            .request(Method::POST, "/collect", &headers, bytes)
            .await;
        let told = answer.json()["error"].to_string();
        assert_eq!(answer.status, status, "{told}");
        assert!(told.contains(said), "{told}");
    }
    assert!(collector.names().await.is_empty());
}

#[tokio::test]
async fn more_events_than_a_batch_may_hold_are_refused_by_name() {
    let collector = Collector::with(&[]);
    let mut browser = Browser::new(7, "demo", now());
    let answer = collector.post(browser.body(&vec!["share"; 641])).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(answer.json()["field"], "pages[0].events");
}

#[tokio::test]
async fn json_is_taken_as_text_is() {
    let collector = Collector::with(&[]);
    let body = Browser::new(8, "demo", now()).body(&["share"]);
    let headers = [("content-type", "application/json")];
    let answer = collector
        .request(Method::POST, "/collect", &headers, body)
        .await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[tokio::test]
async fn losses_and_identities_are_kept() {
    let collector = Collector::with(&[]);
    let mut browser = Browser::new(9, "demo", now());
    let mut envelope = browser.envelope(Vec::new(), now());
    envelope.losses = vec![("queue_full".to_owned(), Value::Num(3.0))];
    envelope.user = "customer-17".to_owned();
    for _ in 0..2 {
        let answer = collector.post(envelope.to_json()).await;
        assert_eq!(answer.status, StatusCode::OK);
    }
    let sites = collector.get("/api/sites").await;
    assert_eq!(sites["sites"][0]["losses"], json!({ "queue_full": 3 }));
    envelope.losses = vec![("queue_full".to_owned(), Value::Num(-1.0))];
    let answer = collector.post(envelope.to_json()).await;
    assert_eq!(answer.json()["field"], "losses.queue_full");
}

#[tokio::test]
async fn only_allowed_pages_may_post() {
    let shop = "https://shop.example";
    let collector = Collector::with(&["--allow-origin", shop]);
    // Each is a browser of its own: of one, what it tells within a millisecond would be a repeat.
    for (seed, origin, allowed) in [
        (10, shop, true),
        (11, "http://own.example", true),
        (12, "https://evil.example", false),
    ] {
        let headers = [("origin", origin), ("host", "own.example")];
        let preflight = [
            headers[0],
            headers[1],
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "content-type"),
        ];
        let answer = collector
            .request(Method::OPTIONS, "/collect", &preflight, "")
            .await;
        let told = answer.headers.get("access-control-allow-origin");
        assert_eq!(told.map(|told| told == origin), allowed.then_some(true));
        let body = Browser::new(seed, "demo", now()).body(&["share"]);
        let answer = collector
            .request(Method::POST, "/collect", &headers, body)
            .await;
        let expected = if allowed {
            StatusCode::OK
        } else {
            StatusCode::FORBIDDEN
        };
        assert_eq!(answer.status, expected, "{origin}");
    }
    assert_eq!(collector.names().await.len(), 2);
}

#[tokio::test]
async fn writers_at_the_same_time_all_get_their_batch_stored() {
    let collector = Collector::with(&[]);
    let posts = (0..64u64).map(|seed| {
        let body = Browser::new(1000 + seed, "demo", now()).body(&["page_view", "share"]);
        collector.post(body)
    });
    let answers = futures_util::future::join_all(posts).await;
    for answer in answers {
        assert_eq!(answer.json(), json!({ "stored": 2, "repeats": 0 }));
    }
    assert_eq!(collector.names().await.len(), 128);
}

#[tokio::test]
async fn a_full_queue_says_when_to_come_again() {
    let origin = [("origin", "https://shop.example")];
    let batches = ["--allow-origin", "*", "--max-queue", "1"];
    let bytes = ["--max-queue-bytes", "0", "--max-body-bytes", "1000"];
    for bounds in [&batches[..], &[&batches[..2], &bytes].concat()] {
        let collector = Collector::with(bounds);
        let posts = (0..200u64).map(|seed| {
            let body = Browser::new(2000 + seed, "demo", now()).body(&["share"]);
            collector.request(Method::POST, "/collect", &origin, body)
        });
        let answers = futures_util::future::join_all(posts).await;
        let (stored, refused): (Vec<_>, Vec<_>) = answers
            .iter()
            .partition(|answer| answer.status == StatusCode::OK);
        assert!(!stored.is_empty() && !refused.is_empty(), "{bounds:?}");
        for answer in refused {
            assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
            assert_eq!(answer.headers["retry-after"], "1");
            let error = answer.json()["error"].as_str().unwrap().to_owned();
            assert!(error.contains("raise --max-queue"), "{error}");
            // Else the page would not be told.
            assert_eq!(answer.headers["access-control-allow-origin"], origin[0].1);
            let told = &answer.headers["access-control-expose-headers"];
            assert_eq!(told, "retry-after,date,accept-encoding");
        }
        assert_eq!(collector.names().await.len(), stored.len());
    }
}

#[tokio::test]
async fn a_restart_keeps_everything_and_still_knows_repeats() {
    let collector = Collector::with(&[]);
    let body = Browser::new(11, "demo", now()).body(&["page_view", "share"]);
    collector.post(body.clone()).await;
    let collector = collector.restart().await;
    assert_eq!(collector.names().await, ["share", "page_view"]);
    let answer = collector.post(body).await;
    assert_eq!(answer.json(), json!({ "stored": 0, "repeats": 2 }));
}

#[tokio::test]
async fn a_stopped_store_asks_to_come_again() {
    let collector = Collector::with(&[]);
    collector.close().await;
    let answer = collector
        .post(Browser::new(12, "demo", now()).body(&["share"]))
        .await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(answer.headers.contains_key("retry-after"));
    let health = collector.request(Method::GET, "/health", &[], "").await;
    assert_eq!(health.status, StatusCode::SERVICE_UNAVAILABLE);
}

#[tokio::test]
async fn other_paths_and_methods_are_told_apart() {
    let collector = Collector::with(&[]);
    for (method, path, status) in [
        (Method::GET, "/collect", StatusCode::METHOD_NOT_ALLOWED),
        (Method::DELETE, "/collect", StatusCode::METHOD_NOT_ALLOWED),
        (Method::POST, "/health", StatusCode::METHOD_NOT_ALLOWED),
        (Method::GET, "/api/nothing", StatusCode::NOT_FOUND),
        (Method::GET, "/", StatusCode::NOT_FOUND),
        (Method::GET, "/health", StatusCode::OK),
    ] {
        let answer = collector.request(method.clone(), path, &[], "").await;
        assert_eq!(answer.status, status, "{method} {path}");
        assert!(answer.json().is_object(), "{method} {path}");
    }
}

/// Bodies near to valid ones: a valid one with a span cut out, doubled, or overwritten.
fn mangled() -> impl Strategy<Value = Vec<u8>> {
    let mut browser = Browser::new(13, "demo", Millis(1_763_827_200_123));
    let mut page = browser.page("/", Millis(1_763_827_200_123));
    page.events = vec![event(1, "page_view"), event(2, "share")];
    page.heat = vec![click(3, "#add")];
    let sent_at = Millis(1_763_827_205_456);
    let body = browser.envelope(vec![page], sent_at).to_json().into_bytes();
    let end = body.len();
    (0..end, 0..40usize, prop::collection::vec(any::<u8>(), 0..6)).prop_map(
        move |(from, len, with)| {
            let mut body = body.clone();
            body.splice(from..(from + len).min(end), with);
            body
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_body_is_answered_with_a_fault_of_ours(
        body in prop_oneof![mangled(), prop::collection::vec(any::<u8>(), 0..300)]
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let status = runtime.block_on(async {
            COLLECTOR.post(body).await.status
        });
        prop_assert!(
            matches!(status, StatusCode::OK | StatusCode::BAD_REQUEST | StatusCode::PAYLOAD_TOO_LARGE),
            "{status}"
        );
    }
}

static COLLECTOR: std::sync::LazyLock<Collector> =
    std::sync::LazyLock::new(|| Collector::with(&[]));
