//! Attention: what is told of the bands of a page.

use serde_json::{Value, json};

use super::{BEGAN, attention, send};
use crate::{
    envelope::{Browser, event},
    shop::Collector,
};

#[tokio::test]
async fn attention_of_a_view_adds_up_and_is_told_as_a_mean_over_views() {
    let collector = Collector::with(&[]);
    let mut browser = Browser::new(1, "demo", *BEGAN);
    let engaged = |seq: u32, seconds: &dyn Fn(u64) -> f64| {
        let mut engaged = event(seq, "user_engagement");
        engaged.params = attention(seconds);
        engaged
    };
    let mut first = browser.page("/", *BEGAN);
    (first.viewport, first.document) = ([1280, 720], [1265, 3600]);
    first.events = vec![
        engaged(1, &|band| if band < 2 { 3.0 } else { 0.0 }),
        engaged(2, &|band| if band == 1 { 1.5 } else { 0.0 }),
    ];
    let mut second = browser.page("/", BEGAN.plus(1000));
    (second.viewport, second.document) = ([400, 700], [400, 1400]);
    second.events = vec![engaged(1, &|band| if band == 0 { 0.5 } else { 0.0 })];
    let mut passing = browser.page("/", BEGAN.plus(2000));
    passing.events = vec![event(1, "page_view")];
    // Hostile ones are passed over, or bounded.
    let mut hostile = browser.page("/hostile", BEGAN.plus(3000));
    let mut few = event(1, "user_engagement");
    few.params = vec![("attention".to_owned(), "all".into())];
    hostile.events = vec![few, engaged(2, &|band| if band == 0 { 1e9 } else { -5.0 })];
    hostile.document = [0, 0];
    send(
        &collector,
        &mut browser,
        vec![first, second, passing, hostile],
    )
    .await;

    let told = collector.get("/api/attention?site=demo&path=/").await;
    assert_eq!(
        (&told["path"], &told["views"], &told["fold"]),
        (&json!("/"), &json!(2), &json!(0.5))
    );
    let bands = told["bands"].as_array().unwrap();
    assert_eq!(bands.len(), 20);
    assert_eq!(bands[0], json!({ "seconds": 1.75, "reached": 1.0 }));
    assert_eq!(bands[1], json!({ "seconds": 2.25, "reached": 0.5 }));
    assert_eq!(bands[2], json!({ "seconds": 0.0, "reached": 0.0 }));
    let phones = collector
        .get("/api/attention?site=demo&path=/&device=phone")
        .await;
    assert_eq!(
        (&phones["views"], &phones["bands"][0]["seconds"]),
        (&json!(1), &json!(0.5))
    );
    let hostile = collector
        .get("/api/attention?site=demo&path=/hostile")
        .await;
    assert_eq!(
        (&hostile["views"], &hostile["fold"]),
        (&json!(1), &Value::Null)
    );
    assert_eq!(hostile["bands"][0]["seconds"], 86_400.0);
    assert_eq!(hostile["bands"][1]["seconds"], 0.0);
    let nobody = collector.get("/api/attention?site=nobody&path=/").await;
    assert_eq!(
        (&nobody["views"], &nobody["fold"]),
        (&json!(0), &Value::Null)
    );
    assert_eq!(nobody["bands"].as_array().unwrap().len(), 20);
}
