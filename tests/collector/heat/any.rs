//! Whatever points are sent, the API's totals are theirs.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};
use spoor::heatmap::{Kind, Pointer, Spot};

use super::{BEGAN, BUTTON, chunk, elements, send};
use crate::{envelope::Browser, shop::Collector};

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
