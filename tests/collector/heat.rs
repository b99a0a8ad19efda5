//! Heatmaps and attention: what the reports tell of the points and bands that were sent.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use axum::http::StatusCode;
use proptest::prelude::*;
use serde_json::{Value, json};
use spoor::{
    base64,
    heatmap::{Kind, Packer, Pointer, Spot},
    time::Millis,
    wire::{Heat, Page},
};

use crate::{
    envelope::{Browser, click, event, now},
    shop::Collector,
};

/// When the visits of these tests began: ten days ago.
static BEGAN: LazyLock<Millis> = LazyLock::new(|| Millis(now().0 - 10 * DAY_MS));
const DAY_MS: u64 = 24 * 3600 * 1000;
/// A button, and an element without a size.
const BUTTON: [u32; 4] = [100, 200, 80, 40];

fn chunk(seq: u32, spots: &[Spot<'_>]) -> Heat {
    let mut chunk = Packer::default();
    for spot in spots {
        assert!(chunk.add(spot, 500));
    }
    Heat {
        seq,
        data: base64::encode(&chunk.pack()),
    }
}

fn spot(kind: Kind, selector: &str) -> Spot<'_> {
    Spot {
        kind,
        ..Spot::click(selector, BUTTON, [40, 20])
    }
}

async fn send(collector: &Collector, browser: &mut Browser, pages: Vec<Page>) {
    let body = browser.envelope(pages, now()).to_json();
    let answer = collector.post(body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.json());
}

/// Returns the elements of an answer: selector, points, visitors, buyers.
fn elements(answer: &Value) -> Vec<(String, u64, u64, u64)> {
    let told = answer["elements"].as_array().unwrap().iter();
    told.map(|element| {
        let number = |name: &str| element[name].as_u64().unwrap();
        (
            element["selector"].as_str().unwrap().to_owned(),
            number("points"),
            number("visitors"),
            number("buyers"),
        )
    })
    .collect()
}

#[tokio::test]
async fn a_heatmap_tells_points_by_element_and_device() {
    let collector = Collector::with(&[]);
    let mut browser = Browser::new(1, "demo", *BEGAN);
    let mut wide = browser.page("/p/lamp?utm_source=x", *BEGAN);
    wide.heat = vec![
        click(1, "#add"),
        click(2, "shop-card >>> button"),
        click(3, "#add"),
    ];
    let mut narrow = browser.page("/p/lamp", *BEGAN);
    narrow.viewport = [360, 740];
    narrow.heat = vec![click(1, "#add")];
    let other = browser.page("/", *BEGAN);
    send(&collector, &mut browser, vec![wide, narrow, other]).await;

    let told = collector
        .get("/api/heatmap?site=demo&path=/p/lamp&device=desktop")
        .await;
    let point = json!([16383, 16383, 140, 220, 1265, 0, 1]);
    assert_eq!(
        told,
        json!({
            "path": "/p/lamp", "kind": "click",
            "devices": { "phone": { "views": 1, "visitors": 1, "points": 1 },
                "tablet": { "views": 0, "visitors": 0, "points": 0 },
                "desktop": { "views": 1, "visitors": 1, "points": 3 } },
            "told": 3,
            "elements": [
                { "selector": "#add", "points": 2, "visitors": 1, "buyers": 0, "at": [point, point] },
                { "selector": "shop-card >>> button", "points": 1, "visitors": 1, "buyers": 0, "at": [point] },
            ],
        })
    );
    let pages = collector.get("/api/pages?site=demo").await;
    assert_eq!(
        pages["pages"],
        json!([
            { "path": "/p/lamp", "title": "Shop", "views": 2, "visits": 1, "clicks": 4 },
            { "path": "/", "title": "Shop", "views": 1, "visits": 1, "clicks": 0 },
        ])
    );
    for nothing in ["site=nobody&path=/p/lamp", "site=demo&path=/nowhere"] {
        let told = collector.get(&format!("/api/heatmap?{nothing}")).await;
        assert_eq!(
            (&told["told"], &told["elements"]),
            (&json!(0), &json!([])),
            "{nothing}"
        );
        assert_eq!(told["devices"]["phone"]["views"], 0, "{nothing}");
    }
}

#[tokio::test]
async fn each_kind_and_pointer_is_told_by_itself() {
    let collector = Collector::with(&[]);
    let mut browser = Browser::new(1, "demo", *BEGAN);
    let mut page = browser.page("/", *BEGAN);
    let touch = Spot {
        pointer: Pointer::Touch,
        ..spot(Kind::Click, "#touched")
    };
    let key = Spot {
        pointer: Pointer::Key,
        ..spot(Kind::Click, "#key")
    };
    let fixed = Spot {
        is_fixed: true,
        ..spot(Kind::Move, "#bar")
    };
    let inside = Spot {
        scroller: "#list",
        scrolled: [0, 90],
        ..spot(Kind::Move, "#row")
    };
    let hover = Spot {
        stayed: 1250,
        ..spot(Kind::Hover, "#hovered")
    };
    page.heat = vec![
        chunk(1, &[spot(Kind::Click, "#mouse"), touch, fixed, inside]),
        chunk(2, &[key]),
        chunk(
            3,
            &[hover, spot(Kind::Rage, "#rage"), spot(Kind::Dead, "#dead")],
        ),
    ];
    let mut phone = browser.page("/", *BEGAN);
    phone.viewport = [360, 740];
    phone.heat = vec![chunk(1, &[touch, spot(Kind::Click, "#mouse")])];
    send(&collector, &mut browser, vec![page, phone]).await;

    let of = |more: &[u32]| {
        let mut point = vec![16383, 16383, 140, 220, 1265];
        point.extend(more);
        point
    };
    // What is asked, the points on desktops and phones, and the elements told with their points.
    for (asked, [desktop, phone], expected) in [
        (
            "",
            [3, 2],
            json!([
                ["#mouse", [of(&[0, 1]), of(&[0, 1])]],
                ["#touched", [of(&[0, 1]), of(&[0, 1])]],
                ["#key", [of(&[0, 1])]]
            ]),
        ),
        (
            "kind=click&device=desktop&pointer=mouse",
            [1, 1],
            json!([["#mouse", [of(&[0, 1])]]]),
        ),
        (
            "device=desktop&pointer=touch",
            [1, 1],
            json!([["#touched", [of(&[0, 1])]]]),
        ),
        ("pointer=key", [1, 0], json!([["#key", [of(&[0, 1])]]])),
        ("pointer=pen", [0, 0], json!([])),
        (
            "kind=move",
            [2, 0],
            json!([["#bar", [of(&[1, 1])]], ["#row", [of(&[2, 1])]]]),
        ),
        (
            "kind=hover",
            [1, 0],
            json!([["#hovered", [of(&[0, 1250])]]]),
        ),
        ("kind=rage", [1, 0], json!([["#rage", [of(&[0, 1])]]])),
        ("kind=dead", [1, 0], json!([["#dead", [of(&[0, 1])]]])),
        ("kind=dead&pointer=touch", [0, 0], json!([])),
    ] {
        let told = collector
            .get(&format!("/api/heatmap?site=demo&path=/&{asked}"))
            .await;
        let points = |device: &str| told["devices"][device]["points"].as_u64();
        assert_eq!(
            (points("desktop"), points("phone")),
            (Some(desktop), Some(phone)),
            "{asked}"
        );
        let mut elements: Vec<Value> = told["elements"]
            .as_array()
            .unwrap()
            .iter()
            .map(|element| json!([element["selector"], element["at"]]))
            .collect();
        let mut expected = expected.as_array().unwrap().clone();
        elements.sort_by_key(Value::to_string);
        expected.sort_by_key(Value::to_string);
        assert_eq!(elements, expected, "{asked}");
    }
}

/// Visits of one page, a day apart: who, from where, what they did, whose variant they saw.
async fn shop_with_visits() -> Collector {
    let collector = Collector::with(&[]);
    let visits: [(u64, &str, &[&str], &str); 4] = [
        (1, "spring", &["purchase"], "bold"),
        (2, "spring", &["share"], "plain"),
        (3, "autumn", &["purchase", "share"], "bold"),
        (4, "", &[], ""),
    ];
    for (seed, campaign, events, variant) in visits {
        let began = BEGAN.plus(seed * DAY_MS);
        let mut browser = Browser::new(seed, "demo", began);
        if !campaign.is_empty() {
            browser.session.source = vec![("utm_campaign".to_owned(), campaign.into())];
        }
        let mut page = browser.page("/", began);
        page.events = (1..)
            .zip(events)
            .map(|(seq, name)| event(seq, name))
            .collect();
        if !variant.is_empty() {
            let mut shown = event(9, "experience_impression");
            shown.params = vec![("exp_variant_string".to_owned(), variant.into())];
            page.events.push(shown);
            // Of another event it means nothing.
            let mut other = event(10, "select_content");
            other.params = vec![("exp_variant_string".to_owned(), "other".into())];
            page.events.push(other);
        }
        let mut engaged = event(11, "user_engagement");
        engaged.params = attention(|band| if band < seed { 2.0 } else { 0.0 });
        page.events.push(engaged);
        page.heat = vec![chunk(
            20,
            &[spot(Kind::Click, "#add"), spot(Kind::Click, "#add")],
        )];
        if seed == 4 {
            page.viewport = [800, 600];
        }
        send(&collector, &mut browser, vec![page]).await;
    }
    collector
}

fn attention(seconds: impl Fn(u64) -> f64) -> spoor::value::Entries {
    let bands = (0..20).map(|band| spoor::value::Value::Num(seconds(band)));
    let bands = spoor::value::Value::List(bands.collect());
    vec![("attention".to_owned(), bands)]
}

#[tokio::test]
async fn a_segment_chooses_views_by_what_their_visits_are() {
    let collector = shop_with_visits().await;
    // Half a day before the visit of this number.
    let day = |number: u64| BEGAN.0 + number * DAY_MS - DAY_MS / 2;
    // What is asked, the seeds of the visits, and how many of their visitors reached the goal.
    let cases: [(String, &[u64], u64); 16] = [
        (String::new(), &[1, 2, 3, 4], 2),
        ("converted=yes".into(), &[1, 3], 2),
        ("converted=no".into(), &[2, 4], 0),
        ("goal=share".into(), &[1, 2, 3, 4], 2),
        ("goal=share&converted=yes".into(), &[2, 3], 2),
        ("goal=share&converted=no".into(), &[1, 4], 0),
        ("goal=nothing&converted=yes".into(), &[], 0),
        ("goal=nothing&converted=no".into(), &[1, 2, 3, 4], 0),
        ("campaign=spring".into(), &[1, 2], 1),
        ("campaign=spring&converted=no".into(), &[2], 0),
        ("campaign=spr%25".into(), &[], 0),
        ("variant=bold".into(), &[1, 3], 2),
        ("variant=bold&campaign=autumn".into(), &[3], 1),
        ("variant=other".into(), &[], 0),
        ("device=tablet".into(), &[4], 0),
        (format!("from={}&to={}", day(1), day(3)), &[1, 2], 1),
    ];
    for (asked, seeds, buyers) in cases {
        let query = format!("site=demo&path=/&{asked}");
        let told = collector.get(&format!("/api/heatmap?{query}")).await;
        let visits = seeds.len() as u64;
        let expected = (visits > 0).then(|| ("#add".to_owned(), 2 * visits, visits, buyers));
        assert_eq!(elements(&told), Vec::from_iter(expected), "{asked}");
        let count = |name: &str| {
            let devices = told["devices"].as_object().unwrap().values();
            devices
                .map(|device| device[name].as_u64().unwrap())
                .sum::<u64>()
        };
        // Each device is counted, whichever is asked for.
        if !asked.starts_with("device") {
            assert_eq!(
                [count("views"), count("visitors"), count("points")],
                [visits, visits, 2 * visits],
                "{asked}"
            );
        } else {
            assert_eq!(count("views"), 4);
        }
        let told = collector.get(&format!("/api/attention?{query}")).await;
        assert_eq!(told["views"], visits, "{asked}");
        for (band, told) in told["bands"].as_array().unwrap().iter().enumerate() {
            let saw = seeds.iter().filter(|seed| (band as u64) < **seed).count() as f64;
            let of = seeds.len().max(1) as f64;
            assert_eq!(
                told,
                &json!({ "seconds": 2.0 * saw / of, "reached": saw / of }),
                "{asked}: {band}"
            );
        }
    }
}

#[tokio::test]
async fn a_buyer_of_another_visit_in_the_period_is_one() {
    let collector = Collector::with(&[]);
    let mut browser = Browser::new(1, "demo", *BEGAN);
    let mut page = browser.page("/", *BEGAN);
    page.heat = vec![click(1, "#add")];
    send(&collector, &mut browser, vec![page]).await;
    browser.session.id = Browser::new(2, "demo", *BEGAN).session.id;
    browser.session.started_at = BEGAN.plus(DAY_MS);
    let mut thanks = browser.page("/thanks", BEGAN.plus(DAY_MS));
    thanks.events = vec![event(1, "purchase")];
    send(&collector, &mut browser, vec![thanks]).await;
    let until = format!("&to={}", BEGAN.0 + DAY_MS / 2);
    for (asked, expected) in [
        ("", vec![("#add".to_owned(), 1, 1, 1)]),
        // The order was not in the visit.
        ("&converted=yes", vec![]),
        (&until, vec![("#add".to_owned(), 1, 1, 0)]),
    ] {
        let told = collector
            .get(&format!("/api/heatmap?site=demo&path=/{asked}"))
            .await;
        assert_eq!(elements(&told), expected, "{asked}");
    }
}

#[tokio::test]
async fn totals_are_of_all_points_and_those_told_are_the_newest() {
    let collector = Collector::with(&[]);
    for seed in 1..=5 {
        let began = BEGAN.plus(seed * 1000);
        let mut browser = Browser::new(seed, "demo", began);
        let mut page = browser.page("/", began);
        page.document = [1000 + seed as u32, 3000];
        page.heat = vec![
            click(1, "#add"),
            click(2, if seed == 1 { "#old" } else { "#add" }),
        ];
        send(&collector, &mut browser, vec![page]).await;
    }
    for (limit, expected) in [
        (1, vec![1005]),
        (4, vec![1005, 1005, 1004, 1004]),
        (9, vec![1005, 1005, 1004, 1004, 1003, 1003, 1002, 1002]),
    ] {
        let told = collector
            .get(&format!("/api/heatmap?site=demo&path=/&limit={limit}"))
            .await;
        assert_eq!(
            elements(&told),
            [("#add".to_owned(), 9, 5, 0), ("#old".to_owned(), 1, 1, 0)],
            "{limit}"
        );
        assert_eq!(told["devices"]["desktop"]["points"], 10, "{limit}");
        assert_eq!(told["told"], limit);
        let widths = |index: usize| -> Vec<u64> {
            let points = told["elements"][index]["at"].as_array().unwrap().iter();
            points.map(|point| point[4].as_u64().unwrap()).collect()
        };
        assert_eq!(widths(0), expected, "{limit}");
        assert_eq!(widths(1).len(), usize::from(limit == 9), "{limit}");
    }
}

#[tokio::test]
async fn a_chunk_that_comes_again_counts_once_and_an_empty_one_too() {
    let collector = Collector::with(&[]);
    let mut browser = Browser::new(1, "demo", *BEGAN);
    let mut page = browser.page("/", *BEGAN);
    page.heat = vec![click(1, "#add"), chunk(2, &[])];
    let first = browser.envelope(vec![page.clone()], now()).to_json();
    page.heat.push(click(3, "#add"));
    let second = browser.envelope(vec![page], now()).to_json();
    for (body, expected) in [
        (&first, json!({ "stored": 2, "repeats": 0 })),
        (&first, json!({ "stored": 0, "repeats": 2 })),
        (&second, json!({ "stored": 1, "repeats": 2 })),
    ] {
        assert_eq!(collector.post(body.clone()).await.json(), expected);
    }
    let told = collector.get("/api/heatmap?site=demo&path=/").await;
    assert_eq!(elements(&told), [("#add".to_owned(), 2, 1, 0)]);
}

#[tokio::test]
async fn a_grid_counts_cells_and_leaves_out_those_of_few() {
    let collector = Collector::with(&[]);
    let mut browser = Browser::new(1, "demo", *BEGAN);
    let mut page = browser.page("/", *BEGAN);
    let at = |x: u32, y: u32| Spot::click("#add", BUTTON, [x, y]);
    page.heat = vec![chunk(
        1,
        &[
            at(0, 0),
            at(39, 0),
            at(41, 0),
            at(80, 40),
            at(79, 39),
            at(300, 500),
        ],
    )];
    send(&collector, &mut browser, vec![page]).await;
    for (asked, told, cells) in [
        ("grid=2", 6, json!([[0, 0, 2], [1, 0, 1], [1, 1, 3]])),
        ("grid=2&min=2", 5, json!([[0, 0, 2], [1, 1, 3]])),
        ("grid=2&min=4", 0, json!([])),
        (
            "grid=64&limit=1",
            6,
            json!([[0, 0, 1], [31, 0, 1], [32, 0, 1], [63, 62, 1], [63, 63, 2]]),
        ),
    ] {
        let answer = collector
            .get(&format!("/api/heatmap?site=demo&path=/&{asked}"))
            .await;
        assert_eq!(answer["told"], told, "{asked}");
        assert_eq!(
            answer["elements"][0],
            json!({ "selector": "#add", "points": 6, "visitors": 1, "buyers": 0, "cells": cells }),
            "{asked}"
        );
    }
}

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

/// Points of one view: kind, pointer, selector, place in the element.
type Made = Vec<(u32, u32, usize, [u32; 2])>;
const SELECTORS: [&str; 4] = ["", "#add", "main > a:nth-of-type(2)", "x-card >>> b"];
const KINDS: [&str; 5] = ["click", "move", "hover", "rage", "dead"];
const POINTERS: [&str; 4] = ["mouse", "touch", "pen", "key"];

fn made() -> impl Strategy<Value = Made> {
    let point = (0..5u32, 0..4u32, 0..SELECTORS.len(), [0..90u32, 0..50u32]);
    prop::collection::vec(point, 0..60)
}

/// Posts a view of each visitor with these chunks.
async fn post(collector: &Collector, site: &str, views: &[(u64, Vec<Made>)]) {
    for (number, (visitor, chunks)) in (0..).zip(views) {
        let mut browser = Browser::new(*visitor, site, *BEGAN);
        let mut page = browser.page("/", *BEGAN);
        page.id = Browser::new(1000 + number, site, *BEGAN).session.id;
        page.heat = (1..)
            .zip(chunks)
            .map(|(seq, points)| {
                let spots: Vec<Spot<'_>> = points
                    .iter()
                    .map(|(kind, pointer, selector, offset)| Spot {
                        kind: Kind::of(*kind).unwrap(),
                        pointer: Pointer::of(*pointer),
                        ..Spot::click(SELECTORS[*selector], BUTTON, *offset)
                    })
                    .collect();
                chunk(seq, &spots)
            })
            .collect();
        send(collector, &mut browser, vec![page]).await;
    }
}

async fn tells_what_was_sent(views: Vec<(u64, Vec<Made>)>) {
    let collector = Collector::with(&[]);
    post(&collector, "demo", &views).await;
    for (kind, kind_name) in (0..).zip(KINDS) {
        for pointer in [None, Some(0), Some(1), Some(2), Some(3u32)] {
            let mut expected: BTreeMap<&str, (u64, BTreeSet<u64>)> = BTreeMap::new();
            for (visitor, chunks) in &views {
                for (of, by, selector, _) in chunks.iter().flatten() {
                    if *of == kind && pointer.is_none_or(|pointer| pointer == *by) {
                        let element = expected.entry(SELECTORS[*selector]).or_default();
                        element.0 += 1;
                        element.1.insert(*visitor);
                    }
                }
            }
            let total: u64 = expected.values().map(|(points, _)| points).sum();
            let pointer = pointer.map_or(String::new(), |pointer| {
                format!("&pointer={}", POINTERS[pointer as usize])
            });
            for way in ["limit=100000", "limit=7", "grid=5"] {
                let asked =
                    format!("/api/heatmap?site=demo&path=/&kind={kind_name}{pointer}&{way}");
                let told = collector.get(&asked).await;
                let desktop = &told["devices"]["desktop"];
                assert_eq!(
                    (&desktop["points"], &desktop["views"]),
                    (&json!(total), &json!(views.len())),
                    "{asked}"
                );
                assert_eq!(
                    told["told"],
                    if way == "limit=7" {
                        total.min(7)
                    } else {
                        total
                    },
                    "{asked}"
                );
                let elements = elements(&told);
                assert!(
                    elements.is_sorted_by_key(|(_, points, ..)| std::cmp::Reverse(*points)),
                    "{asked}"
                );
                let elements: BTreeMap<_, _> = elements
                    .into_iter()
                    .map(|(selector, points, visitors, _)| (selector, (points, visitors)))
                    .collect();
                let expected: BTreeMap<_, _> = expected
                    .iter()
                    .map(|(selector, (points, visitors))| {
                        ((*selector).to_owned(), (*points, visitors.len() as u64))
                    })
                    .collect();
                assert_eq!(elements, expected, "{asked}");
                let told = told["elements"].as_array().unwrap().iter().map(
                    |element| match &element["at"] {
                        Value::Array(points) => points.len() as u64,
                        _ => element["cells"]
                            .as_array()
                            .unwrap()
                            .iter()
                            .map(|cell| cell[2].as_u64().unwrap())
                            .sum(),
                    },
                );
                assert_eq!(
                    told.sum::<u64>(),
                    if way == "limit=7" {
                        total.min(7)
                    } else {
                        total
                    },
                    "{asked}"
                );
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_points_are_told_as_they_were_sent(
        views in prop::collection::vec((1..4u64, prop::collection::vec(made(), 0..3)), 0..6)
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(tells_what_was_sent(views));
    }
}
