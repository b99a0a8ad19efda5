//! When a batch goes: by age, by count, by bytes, on demand; and what hot signals cost.

use spoor::{
    config::Config,
    delivery::Outcome,
    signal::{Media, MediaEvent, Signal},
    tracker::{Effect, Input},
};

use crate::browser::{Browser, START, assert_each_once, config, page, pressed, scrolled, tracked};

fn settings() -> Config {
    config(r#"{"collector": "/collect", "track": {"scroll": [50], "video": [50]}}"#)
}

fn open(config: Config) -> Browser {
    Browser::open(config, &page("https://shop.example/a"))
}

#[test]
fn a_batch_goes_when_its_first_event_is_five_seconds_old() {
    let mut browser = open(settings());
    browser.after(4999);
    assert_eq!(browser.wake_at, Some(START.plus(5000)));
    browser.signal(tracked("late", "null"));
    assert_eq!(browser.sent.len(), 0);
    browser.after(1);
    assert_eq!(browser.names(), [["page_view", "late"]]);
    assert_eq!(browser.batches()[0].sent_at, START.plus(5000));
    browser.after(60_000);
    assert_eq!(browser.sent.len(), 1, "nothing waits, nothing goes");
    browser.signal(tracked("next", "null"));
    browser.after(0);
    assert_eq!(browser.wake_at, Some(browser.now.plus(5000)));
}

/// Returns how many events each draft has that the browser was asked to hold; 0 where it was taken back.
fn drafts(effects: &[Effect]) -> Vec<usize> {
    let drafts = effects.iter().filter_map(|effect| match effect {
        Effect::Draft(_, text) => Some(text.matches("\"seq\"").count()),
        _ => None,
    });
    drafts.collect()
}

#[test]
fn what_waits_is_drafted_as_it_changes() {
    let mut browser = open(settings());
    browser.after(1999);
    assert!(drafts(&browser.input(Input::Woke)).is_empty());
    let at = browser.now.plus(1);
    browser.now = at;
    assert_eq!(drafts(&browser.input(Input::Woke)), [1]);
    browser.signal(tracked("next", "null"));
    assert_eq!(browser.wake_at, Some(at.plus(2000)), "not each event anew");
    let order = tracked("purchase", r#"{"transaction_id": "T1"}"#);
    browser.signal(order);
    assert_eq!(browser.wake_at, Some(browser.now), "but this at once");
    assert_eq!(drafts(&browser.input(Input::Woke)), [3]);
    let sent = browser.input(Input::Flush);
    assert!(matches!(
        sent[..],
        [Effect::Keep(..), Effect::Draft(..), Effect::Send(_), ..]
    ));
    assert_eq!(drafts(&sent), [0], "it is on its way");
}

#[test]
fn a_full_batch_goes_at_once() {
    let mut browser = open(settings());
    for _ in 2..50 {
        browser.signal(tracked("step", "null"));
        assert_eq!(browser.sent.len(), 0);
    }
    let effects = browser.signal(tracked("last", "null"));
    assert!(matches!(
        effects[..],
        [Effect::Tell(..), Effect::Keep(..), Effect::Send(_)]
    ));
    assert_eq!(browser.names()[0].len(), 50);
}

#[test]
fn a_heavy_batch_goes_at_once() {
    let mut browser = open(settings());
    let heavy = format!(r#"{{"note": "{}"}}"#, "x".repeat(9 * 1024));
    for _ in 0..2 {
        browser.signal(tracked("heavy", &heavy));
        assert_eq!(browser.sent.len(), 0);
    }
    browser.signal(tracked("heavy", &heavy));
    assert_eq!(browser.sent.len(), 1);
    let bytes = browser.sent[0].body.len();
    assert!((24 * 1024..48 * 1024).contains(&bytes), "{bytes}");
}

#[test]
fn an_event_that_no_request_carries_is_a_loss_that_the_next_batch_tells() {
    let mut browser = open(settings());
    let huge = format!(r#"{{"note": "{}"}}"#, "x".repeat(17 * 1024));
    browser.signal(tracked("huge", &huge));
    assert_eq!(browser.status()["losses"]["too_large"], 1);
    browser.signal(tracked("small", "null"));
    browser.after(5000);
    assert_eq!(browser.names(), [["page_view", "small"]]);
    let losses = &browser.batches()[0].losses;
    assert_eq!(*losses, crate::browser::entries(r#"{"too_large": 1}"#));
    assert_eq!(browser.status().get("losses"), None, "told once");
    assert_each_once(&browser.batches());
}

#[test]
fn what_is_flushed_goes_at_once_and_an_empty_batch_never() {
    let mut browser = open(settings());
    browser.input(Input::Flush);
    assert_eq!(browser.names(), [["page_view"]]);
    browser.after(10);
    for input in [Input::Flush, Input::Woke] {
        assert_eq!(browser.input(input), [], "{input:?}");
    }
    assert!(matches!(browser.hide()[..], [Effect::Save(_)]));
}

#[test]
fn hot_signals_cost_nothing_until_they_mean_something() {
    let mut browser = open(settings());
    let media = |event, at_s| {
        let media = Media {
            element: 0,
            event,
            at_s,
            duration_s: 100.0,
            muted: false,
            visible: true,
        };
        Signal::Media(media, None)
    };
    browser.signal(media(MediaEvent::Play, 0.0));
    for tick in 1..190 {
        browser.after(250);
        let scrolled = scrolled(f64::from(tick) / 4.0);
        assert_eq!(browser.signal(scrolled), [], "{tick}");
        let played = media(MediaEvent::Progress, f64::from(tick) / 4.0);
        assert_eq!(browser.signal(played), [], "{tick}");
    }
    let effects = browser.signal(scrolled(49.6));
    assert!(matches!(effects[..], [Effect::Tell(..), Effect::WakeAt(_)]));
}

#[test]
fn status_says_why_nothing_arrives() {
    let mut browser = open(settings());
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
    let fresh = r#"{"events_waiting": 1, "batches_waiting": 0}"#;
    assert_eq!(browser.status(), json(fresh));

    browser.answer = None;
    browser.input(Input::Flush);
    let flying = r#"{"events_waiting": 0, "batches_waiting": 1}"#;
    assert_eq!(browser.status(), json(flying));

    let request = browser.flying.remove(0);
    browser.input(Input::Settled(request.id, Outcome::Later(Some(7000))));
    let later = r#"{"events_waiting": 0, "batches_waiting": 1, "last_outcome": "later", "next_try_ms": 7000}"#;
    assert_eq!(browser.status(), json(later));

    browser.after(7000);
    let request = browser.flying.remove(0);
    browser.input(Input::Settled(request.id, Outcome::Refused));
    let refused = r#"{"events_waiting": 0, "batches_waiting": 0, "last_outcome": "refused", "losses": {"refused": 1}}"#;
    assert_eq!(browser.status(), json(refused));
}

#[test]
fn when_the_network_is_back_it_is_tried_at_once_unless_the_collector_asked_to_wait() {
    for (retry_after_ms, tried) in [(None, true), (Some(30_000), false)] {
        let mut browser = open(settings());
        browser.answer = Some(Outcome::Later(retry_after_ms));
        browser.input(Input::Flush);
        // Long enough that the next waits take more than half a minute.
        browser.after(if tried { 600_000 } else { 1 });
        let before = browser.sent.len();
        browser.input(Input::Connected);
        assert_eq!(browser.sent.len() > before, tried, "{retry_after_ms:?}");
    }
}

#[test]
fn points_of_heatmaps_are_not_drafted() {
    let mut browser = open(config(r#"{"collector": "/collect", "heatmap": true}"#));
    browser.signal(pressed("main > button"));
    browser.after(2000);
    browser.signal(tracked("step", "null"));
    browser.now = browser.now.plus(2000);
    let drafted = browser.input(Input::Woke);
    assert_eq!(drafts(&drafted), [2]);
    browser.input(Input::Flush);
    let [page] = &browser.batches()[0].pages[..] else {
        panic!("one page");
    };
    assert_eq!((page.events.len(), page.heat.len()), (2, 1));
}
