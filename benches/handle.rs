//! What one call of the core costs, by kind of input, and what a recorded journey costs in all.
//!
//! `npm run bench:core`. Native code: the Wasm of the same source, built for size, is slower.
#![allow(missing_docs, clippy::expect_used, clippy::panic, clippy::unwrap_used)]

use std::{hint::black_box, time::Duration};

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use spoor::{
    config::{Config, HEAT},
    conversion::Found,
    delivery::Outcome,
    heatmap::Spot,
    signal::{Media, MediaEvent, PageFacts, Signal},
    time::Millis,
    tracker::{Effect, Input, Tracker},
    value::Value,
};

const START: Millis = Millis(1_763_827_200_000);

fn open() -> Tracker {
    let config = Config {
        site: "demo-shop".to_owned(),
        on: HEAT,
        scroll: "25 50 75 90".to_owned(),
        video_milestones: "10 25 50 75 90".to_owned(),
        sample: 1.0,
        queue_bytes: 512 * 1024,
        queue_ms: 604_800_000,
        ..Config::default()
    };
    let page = PageFacts {
        url: "https://shop.example/p/lamp?utm_source=newsletter",
        title: "Lamp",
        language: "en",
        viewport: [1280, 720],
        document: [1265, 3100],
        ..PageFacts::default()
    };
    Tracker::start(config, &page, "", "", [1, 2], START).0
}

fn click(sku: &str) -> Input<'static> {
    let facts = [
        "add_to_cart",
        "1item_id",
        sku,
        "1item_name",
        "Desk lamp",
        "3price",
        "n1299000000",
    ];
    Input::Signal(Signal::Acted(Found {
        said: facts.join("\u{1f}").leak(),
        ..Found::default()
    }))
}

fn point(row: u32) -> Input<'static> {
    let selector = "#grid > li:nth-of-type(4) > button.add";
    Input::Signal(Signal::Pointed {
        spot: Box::leak(Box::new(Spot::click(
            selector,
            [640, 420 + row, 120, 44],
            [17, 30],
        ))),
        spared: false,
        link: "",
        download: false,
    })
}

fn scroll(percent: f64) -> Input<'static> {
    Input::Signal(Signal::Scrolled {
        top: 0.0,
        bottom: percent,
        scroller: "",
    })
}

fn media(event: MediaEvent, at_s: f64) -> Input<'static> {
    let media = Media {
        element: 0,
        event,
        at_s,
        duration_s: 60.0,
        muted: false,
        visible: true,
    };
    Input::Signal(Signal::Media(media, None))
}

fn track() -> Input<'static> {
    let params = r#"{"transaction_id": "T17", "value": 39.8, "currency": "EUR", "items": [{"item_id": "A1", "quantity": 2}]}"#;
    let params: Value = serde_json::from_str(params).unwrap();
    let Value::Map(params) = params else {
        panic!("an object");
    };
    let params = Box::leak(Box::new(params));
    Input::Signal(Signal::Tracked {
        name: "purchase",
        params,
    })
}

/// A minute on a product's page: a video, scrolling, 20 clicks, a purchase, and the page's end. Each input with its time.
fn journey() -> Vec<(Input<'static>, Millis)> {
    let mut inputs = vec![(media(MediaEvent::Play, 0.0), START)];
    for tick in 1..=240u32 {
        let now = START.plus(u64::from(tick) * 250);
        inputs.push((media(MediaEvent::Progress, f64::from(tick) / 4.0), now));
        inputs.push((scroll(f64::from(tick) / 3.0), now));
        if tick.is_multiple_of(12) {
            inputs.push((click(&tick.to_string()), now));
            inputs.push((point(tick), now));
        }
        if tick.is_multiple_of(20) {
            inputs.push((Input::Woke, now));
        }
    }
    let end = START.plus(60_001);
    inputs.push((track(), end));
    inputs.push((Input::Hidden, end));
    inputs
}

/// Plays a journey to a collector that takes everything; returns the bytes that went out.
fn play(tracker: &mut Tracker, inputs: Vec<(Input, Millis)>) -> usize {
    let mut bytes = 0;
    for (input, now) in inputs {
        for effect in tracker.handle(input, now) {
            if let Effect::Send(request) = effect {
                bytes += request.body.len();
                tracker.handle(Input::Settled(request.id, Outcome::Done), now);
            }
        }
    }
    bytes
}

fn inputs(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("handle");
    let watching = || {
        let mut tracker = open();
        tracker.handle(media(MediaEvent::Play, 0.0), START);
        tracker
    };
    let kinds: [(&str, Input); 6] = [
        ("scroll below its milestone", scroll(12.0)),
        ("media progress", media(MediaEvent::Progress, 0.25)),
        ("click on a rule", click("A1")),
        ("heatmap point", point(0)),
        ("track", track()),
        ("flush of one event", Input::Flush),
    ];
    for (kind, input) in kinds {
        group.bench_function(kind, |bencher| {
            bencher.iter_batched_ref(
                || (watching(), Some(input)),
                |(tracker, input)| input.take().map(|input| tracker.handle(input, START)),
                BatchSize::SmallInput,
            );
        });
    }
    group.finish();
}

fn whole(criterion: &mut Criterion) {
    let inputs = journey();
    let bytes = play(&mut open(), inputs.clone());
    assert!(bytes > 4096, "the journey sends {bytes} bytes");
    criterion.bench_function("a journey of a minute", |bencher| {
        bencher.iter_batched(
            || (open(), inputs.clone()),
            |(mut tracker, inputs)| black_box(play(&mut tracker, inputs)),
            BatchSize::SmallInput,
        );
    });
}

criterion_group! {
    name = core;
    // Short: seven figures in some ten seconds, steady to a few percent.
    config = Criterion::default()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .without_plots();
    targets = inputs, whole
}
criterion_main!(core);
