//! What begins a visit, what goes on with it, and how tabs agree on it.

use proptest::prelude::*;

use super::*;

const START: Millis = Millis(1_763_827_200_000);

fn entries(pairs: &[(&str, &str)]) -> Entries {
    pairs
        .iter()
        .map(|(key, text)| ((*key).to_owned(), Value::from(*text)))
        .collect()
}

fn mail() -> Entries {
    entries(&[("utm_source", "spring=mail"), ("channel", "email")])
}

fn referral(host: &str) -> Entries {
    entries(&[("referrer", host), ("channel", "referral")])
}

#[test]
fn a_visit_goes_on_over_pages_until_half_an_hour_without_anything_done() {
    let chance = &mut Chance::new([3; 2]);
    let first = Session::resume("", mail(), START, chance);
    assert_eq!((first.visit.number, first.visit.started_at), (1, START));
    for (after, number) in [(1, 1), (IDLE_MS - 1, 1), (IDLE_MS, 2), (MAX_VISIT_MS, 2)] {
        let next = Session::resume(&first.to_saved(), Entries::new(), START.plus(after), chance);
        assert_eq!(next.visit.number, number, "{after}");
        assert_eq!(next.visitor, first.visitor);
        assert_eq!(next.visit.id == first.visit.id, number == 1);
        assert_eq!(
            next.visit.source.is_empty(),
            number == 2,
            "the source is the visit's own"
        );
    }
}

#[test]
fn a_campaign_begins_a_new_visit_but_its_reload_does_not() {
    let chance = &mut Chance::new([3; 2]);
    let first = Session::resume("", Entries::new(), START, chance);
    let clicked = Session::resume(&first.to_saved(), mail(), START.plus(1), chance);
    assert_eq!((clicked.visit.number, &clicked.visit.source), (2, &mail()));
    let reloaded = Session::resume(&clicked.to_saved(), mail(), START.plus(2), chance);
    assert_eq!(reloaded.visit.id, clicked.visit.id);
}

#[test]
fn a_long_pause_within_a_page_begins_a_new_visit() {
    let chance = &mut Chance::new([3; 2]);
    let mut session = Session::resume("", mail(), START, chance);
    assert!(!session.touch(START.plus(IDLE_MS - 1), chance));
    assert!(
        !session.touch(START.plus(IDLE_MS), chance),
        "touched meanwhile"
    );
    assert!(session.touch(START.plus(3 * IDLE_MS), chance));
    assert_eq!(session.visit.number, 2);
}

#[test]
fn a_visit_ends_after_a_day_whatever_is_done() {
    let chance = &mut Chance::new([3; 2]);
    let mut session = Session::resume("", mail(), START, chance);
    let mut now = START;
    while now.since(START) < MAX_VISIT_MS {
        now = now.plus(IDLE_MS / 2);
        assert_eq!(session.touch(now, chance), now.since(START) >= MAX_VISIT_MS);
    }
    assert_eq!(
        (session.visit.number, session.visit.started_at),
        (2, START.plus(MAX_VISIT_MS))
    );
    assert!(session.visit.source.is_empty(), "a visit by nobody");
}

#[test]
fn what_refers_to_a_visit_that_goes_on_changes_nothing() {
    let chance = &mut Chance::new([3; 2]);
    for source in [Entries::new(), mail()] {
        let first = Session::resume("", source, START, chance);
        // Back from a bank that no list knows, and from the shop's own page with the campaign's address.
        for back in [
            referral("https://bank.example/"),
            Entries::new(),
            first.visit.source.clone(),
        ] {
            let next = Session::resume(&first.to_saved(), back, START.plus(1), chance);
            assert_eq!(next.visit, first.visit);
        }
    }
}

#[test]
fn the_first_source_is_kept_over_visits_and_told_where_it_is_another() {
    let chance = &mut Chance::new([3; 2]);
    let (mail, blog, none) = (mail(), referral("https://blog.example/"), Entries::new());
    let mut saved = String::new();
    let mut now = START;
    for (source, first) in [
        (&none, &none),
        (&mail, &none),
        (&none, &mail),
        (&blog, &mail),
        (&mail, &none),
        (&blog, &mail),
    ] {
        let session = Session::resume(&saved, source.clone(), now, chance);
        assert_eq!(
            (&session.visit.source, &session.visit.first_source),
            (source, first)
        );
        saved = session.to_saved();
        now = now.plus(IDLE_MS);
    }
}

#[test]
fn a_text_of_the_version_before_is_read() {
    let chance = &mut Chance::new([3; 2]);
    let saved = "1\n019aac4b-2f00-7a11-b220-a8397b1dc001\n019aac4b-2f01-7a11-9220-a8397b1dc002\n7\n1763827200000\n1763827200009\njane\nutm_source=spring=mail";
    let session = Session::resume(saved, mail(), START.plus(9), chance);
    assert_eq!((session.visit.number, session.user.as_str()), (7, "jane"));
    assert_eq!(session.to_saved(), saved, "its campaign is no new one");
}

#[test]
fn of_a_fresh_session_nothing_is_known() {
    let chance = &mut Chance::new([3; 2]);
    let one = Session::fresh(mail(), START, chance);
    let other = Session::fresh(mail(), START, chance);
    assert!(one.visitor != other.visitor && one.visit.id != other.visit.id);
    assert_eq!((other.visit.number, other.visit.source), (1, mail()));
}

/// A tab as the tracker drives it: what is stored is merged before anything is done, and saved after it.
fn act(tab: &mut Session, stored: &mut String, now: Millis, chance: &mut Chance) {
    tab.merge(stored);
    tab.touch(now, chance);
    *stored = tab.to_saved();
}

#[test]
fn another_tab_keeps_a_visit_alive() {
    let chance = &mut Chance::new([3; 2]);
    let mut one = Session::resume("", mail(), START, chance);
    let mut stored = one.to_saved();
    let mut other = Session::resume(&stored, Entries::new(), START.plus(1), chance);
    for minutes in [0, 20, 40, 60, 80] {
        act(
            &mut other,
            &mut stored,
            START.plus(minutes * 60_000),
            chance,
        );
    }
    assert!(one.is_over(START.plus(81 * 60_000)), "as far as it knows");
    assert!(one.merge(&stored).is_none(), "the same visit");
    assert!(!one.touch(START.plus(81 * 60_000), chance));
    assert_eq!(one.visit, other.visit);
}

#[test]
fn a_later_visit_of_another_tab_holds_here_too() {
    let chance = &mut Chance::new([3; 2]);
    let mut one = Session::resume("", Entries::new(), START, chance);
    one.visit.bot.push_str("webdriver");
    let before = one.to_saved();
    let mut clicked = Session::resume(&before, mail(), START.plus(1), chance);
    clicked.extra.push_str("\n~told 17");
    assert!(one.merge(&clicked.to_saved()).is_some());
    assert_eq!(
        (one.visit.id, &one.visit.source),
        (clicked.visit.id, &mail())
    );
    assert_eq!(one.extra, "\n~told 17");
    assert_eq!(one.visit.bot, "webdriver", "is this page's own");
    let after = one.clone();
    for stale in [before.as_str(), "", "0", &after.to_saved()] {
        assert!(one.merge(stale).is_none());
        assert_eq!(one, after);
    }
}

#[test]
fn two_tabs_that_began_at_one_moment_become_one_visitor() {
    let mut one = Session::resume("", Entries::new(), START, &mut Chance::new([3; 2]));
    let mut other = Session::resume("", Entries::new(), START, &mut Chance::new([4; 2]));
    let texts = (one.to_saved(), other.to_saved());
    assert!(one.merge(&texts.1).is_some() != other.merge(&texts.0).is_some());
    assert_eq!(one, other);
}

#[test]
fn a_text_that_is_not_ours_counts_as_none() {
    let chance = &mut Chance::new([3; 2]);
    for saved in ["", "0", "1", "1\nx\ny", "{\"v\":1}", "1\n\n\n\n\n\n"] {
        assert_eq!(
            Session::resume(saved, Entries::new(), START, chance)
                .visit
                .number,
            1,
            "{saved:?}"
        );
    }
}

proptest! {
    #[test]
    fn what_was_saved_is_resumed(
        seed: [u64; 2], user in "[^\n]*", value in "[^\n]*", extra in "(\n~[^\n]*){0,3}",
    ) {
        let chance = &mut Chance::new(seed);
        let mut session = Session::resume("", vec![("utm_id".to_owned(), Value::from(value))], START, chance);
        session.user = user;
        session.extra = extra;
        for source in [session.visit.source.clone(), mail()] {
            session = Session::resume(&session.to_saved(), source.clone(), START, chance);
            prop_assert_eq!(Session::resume(&session.to_saved(), source, START, chance), session.clone());
        }
    }

    #[test]
    fn any_saved_text_is_survived(saved: String) {
        let mut session = Session::resume(&saved, Entries::new(), START, &mut Chance::new([1; 2]));
        session.merge(&saved);
    }

    #[test]
    fn tabs_never_split_a_visit(
        acts in prop::collection::vec((0..3usize, 1..2 * IDLE_MS, prop::bool::weighted(0.1)), 1..40),
    ) {
        let chance = &mut Chance::new([5; 2]);
        let mut stored = String::new();
        let mut tabs = [(); 3].map(|()| {
            let tab = Session::resume(&stored, Entries::new(), START, chance);
            stored = tab.to_saved();
            tab
        });
        let (mut now, mut begun_at, mut visits) = (START, START, 1);
        for (tab, pause, clicks) in acts {
            now = now.plus(pause);
            let over = pause >= IDLE_MS || now.since(begun_at) >= MAX_VISIT_MS;
            if clicks {
                let campaign = entries(&[("utm_id", &now.0.to_string())]);
                tabs[tab] = Session::resume(&stored, campaign, now, chance);
                stored = tabs[tab].to_saved();
            } else {
                act(&mut tabs[tab], &mut stored, now, chance);
            }
            if over || clicks {
                begun_at = now;
                visits += 1;
            }
            prop_assert_eq!((tabs[tab].visit.number, tabs[tab].visit.started_at), (visits, begun_at));
        }
        for tab in &mut tabs {
            tab.merge(&stored);
            prop_assert_eq!(&tab.to_saved(), &stored);
        }
    }

    #[test]
    fn tabs_agree_whoever_hears_first(seeds: [[u64; 2]; 2], same: bool, ages in prop::array::uniform2(0..3 * IDLE_MS)) {
        let first = Session::fresh(mail(), START, &mut Chance::new([6; 2])).to_saved();
        let [one, other] = [0, 1].map(|tab| {
            let saved = if same { first.as_str() } else { "" };
            Session::resume(saved, Entries::new(), START.plus(ages[tab]), &mut Chance::new(seeds[tab]))
        });
        let (mut here, mut there) = (one.clone(), other.clone());
        let moved = (here.merge(&other.to_saved()), there.merge(&one.to_saved()));
        prop_assert!(moved.0.is_none() || moved.1.is_none());
        prop_assert_eq!((here.visitor, here.visit), (there.visitor, there.visit));
        prop_assert_eq!(here.last_active_at, there.last_active_at);
    }
}
