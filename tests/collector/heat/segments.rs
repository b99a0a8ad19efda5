//! Segments: views by what their visits are.

use serde_json::json;
use spoor::heatmap::Kind;

use super::{BEGAN, DAY_MS, attention, chunk, elements, send, spot};
use crate::{
    envelope::{Browser, click, event},
    shop::Collector,
};

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
