//! What the core takes of a config. What a page may write, and what it is told where it may not, is js/config.test.mjs.

use spoor::{
    config::{Config, Consent, Funnel, Goal, HEAT, NO_BOTS, SHARE},
    pack::unpack,
    privacy::Scrub,
    value::Value,
};

use crate::browser::entries;

/// What js/config.js makes of tests/fixtures/config.json, which its own tests hold it to.
const PACKED: &str = include_str!("../fixtures/config.packed");

#[test]
fn what_the_page_packs_is_what_the_core_reads() {
    let texts = |list: &[&str]| list.iter().map(|text| (*text).to_owned()).collect();
    let packed = PACKED.trim_end().replace('␟', "\u{1f}");
    assert_eq!(
        Config::read(unpack(&packed)),
        Config {
            collector: "/collect".to_owned(),
            site: "demo-shop".to_owned(),
            on: SHARE | HEAT | NO_BOTS,
            scroll: vec![25, 50],
            video_milestones: vec![10, 90],
            consent: Consent::Required,
            sample: 0.25,
            scrub: Scrub {
                query: texts(&["q"]),
                paths: texts(&["/orders/:id"]),
            },
            exclude: texts(&["pay.example"]),
            funnels: vec![Funnel {
                name: "checkout".to_owned(),
                steps: texts(&["add_to_cart", "/pay*", "purchase"]),
            }],
            goals: vec![
                Goal {
                    name: "keen".to_owned(),
                    when: "scroll".to_owned(),
                    each: false,
                    with: entries(r#"{"percent_scrolled": 75}"#),
                    params: entries(r#"{"value": 2.5, "currency": "EUR"}"#),
                },
                Goal {
                    name: "read_about".to_owned(),
                    when: "/about*".to_owned(),
                    each: true,
                    ..Goal::default()
                },
            ],
            ..Config::default()
        }
    );
}

#[test]
fn what_is_missing_is_empty() {
    for broken in [Value::Null, Value::List(vec![Value::Null; 3])] {
        assert_eq!(Config::read(broken), Config::default());
    }
}
