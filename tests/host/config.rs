//! What the core takes of a config. What a page may write, and what it is told where it may not, is js/config.test.mjs.

use spoor::{
    config::{ATTENTION, Config, Consent, Funnel, Goal, HEAT, NO_BOTS, SHARE},
    privacy::Scrub,
};

use crate::browser::entries;

/// What js/config.js writes of tests/fixtures/config.json, which its own tests hold it to.
const SAMPLE: &str = include_str!("../fixtures/config.written");

#[test]
fn what_the_page_packs_is_what_the_core_reads() {
    let mut written = SAMPLE.trim_end().to_owned();
    for (sign, code) in [
        ('␟', "\u{1f}"),
        ('␞', "\u{1e}"),
        ('␝', "\u{1d}"),
        ('␊', "\n"),
    ] {
        written = written.replace(sign, code);
    }
    assert_eq!(
        Config::read(&written),
        Config {
            site: "demo-shop".to_owned(),
            on: SHARE | ATTENTION | HEAT | NO_BOTS,
            scroll: "25 50".to_owned(),
            video_milestones: "10 90".to_owned(),
            consent: Consent::Required,
            sample: 0.25,
            scrub: Scrub {
                paths: "/orders/:id\n/u/:name".to_owned(),
            },
            exclude: "pay.example".to_owned(),
            queue_bytes: 100_000,
            queue_ms: 129_600_000,
            funnels: vec![Funnel {
                name: "checkout".to_owned(),
                steps: "add_to_cart\n/pay*\npurchase".to_owned(),
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
        }
    );
}

#[test]
fn what_is_missing_is_empty() {
    let config = Config::read("demo-shop");
    assert_eq!(config.site, "demo-shop");
    assert!(config.funnels.is_empty() && config.goals.is_empty() && config.scroll.is_empty());
}
