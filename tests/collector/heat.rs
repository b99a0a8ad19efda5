//! Heatmaps and attention: what the reports tell of the points and bands that were sent.

mod any;
mod attention;
mod segments;

use std::sync::LazyLock;

use axum::http::StatusCode;
use serde_json::{Value, json};
use spoor::{
    base64,
    heatmap::{Kind, Packer, Pointer, Spot},
    time::Millis,
    wire::{Heat, Page},
};

use crate::{
    envelope::{Browser, click, now},
    shop::Collector,
};

/// When the visits of these tests began: ten days ago.
static BEGAN: LazyLock<Millis> = LazyLock::new(|| Millis(now().0 - 10 * DAY_MS));
const DAY_MS: u64 = 24 * 3600 * 1000;
/// Where the button stands, and its size.
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

/// Returns the parameters of `user_engagement` with so many seconds in each band.
fn attention(seconds: impl Fn(u64) -> f64) -> spoor::value::Entries {
    let bands = (0..20).map(|band| spoor::value::Value::Num(seconds(band)));
    let bands = spoor::value::Value::List(bands.collect());
    vec![("attention".to_owned(), bands)]
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
async fn a_cell_is_told_where_enough_visitors_have_points_in_it() {
    let collector = Collector::with(&[]);
    // All click on the left, the first of them often on the right as well.
    for seed in 0..5 {
        let mut browser = Browser::new(seed, "demo", *BEGAN);
        let mut page = browser.page("/", *BEGAN);
        let left = Spot::click("#add", BUTTON, [5, 5]);
        let right = Spot::click("#add", BUTTON, [75, 5]);
        let clicks = if seed == 0 { 9 } else { 1 };
        let all = [&[left][..], &vec![right; clicks - 1]].concat();
        page.heat = vec![chunk(1, &all)];
        send(&collector, &mut browser, vec![page]).await;
    }
    for (min, cells) in [
        (1, json!([[0, 0, 5], [1, 0, 8]])),
        (2, json!([[0, 0, 5]])),
        (5, json!([[0, 0, 5]])),
        (6, json!([])),
    ] {
        let path = format!("/api/heatmap?site=demo&path=/&grid=2&min={min}");
        let answer = collector.get(&path).await;
        assert_eq!(answer["elements"][0]["cells"], cells, "{min}");
    }
}

#[tokio::test]
async fn a_grid_counts_cells() {
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
        ("grid=2&min=1", 6, json!([[0, 0, 2], [1, 0, 1], [1, 1, 3]])),
        ("grid=2&min=2", 0, json!([])),
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
