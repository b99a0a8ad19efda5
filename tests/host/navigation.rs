//! When a change of address is another page, and when a pause is another visit.

use spoor::signal::{
    Navigation::{self, Push, Replace},
    Signal,
};

use crate::browser::{Browser, START, assert_each_once, config, events, names, page, tracked};

const SHOP: &str = "https://shop.example";
const MINUTE_MS: u64 = 60_000;

fn open(path: &str) -> Browser {
    let config = config(r#"{"collector": "/collect"}"#);
    Browser::open(config, &page(&format!("{SHOP}{path}")))
}

fn navigate(browser: &mut Browser, navigation: Navigation, path: &str) {
    browser.after(100);
    let page = page(&format!("{SHOP}{path}"));
    browser.signal(Signal::Navigated(navigation, page));
}

fn views(browser: &mut Browser) -> usize {
    let told = browser.told.iter();
    told.filter(|told| told.starts_with("page_view")).count()
}

#[test]
fn another_path_or_route_is_another_page() {
    for (from, navigation, to, is_other) in [
        ("/a", Push, "/b", true),
        ("/a", Push, "/a", false),
        ("/a", Push, "/a?size=3", true),
        ("/a?size=3", Push, "/a", true),
        ("/a", Push, "/a#reviews", false),
        ("/a?size=3", Push, "/a?size=3#reviews", false),
        ("/a#reviews", Push, "/a", false),
        ("/a", Push, "/a#/cart", true),
        ("/a#/cart", Push, "/a#/pay", true),
        ("/a#!cart", Push, "/a#!pay", true),
        ("/a#/cart", Push, "/a#/cart?step=2", true),
        ("/a", Replace, "/b", true),
        ("/a", Replace, "/a?size=3", false),
        ("/a", Replace, "/a#reviews", false),
        ("/a#/cart", Replace, "/a#/cart?step=2", false),
        ("/a#/cart", Replace, "/a#/pay", true),
    ] {
        let mut browser = open(from);
        navigate(&mut browser, navigation, to);
        let seen = views(&mut browser);
        let case = format!("{from} {navigation:?} {to}");
        assert_eq!(seen == 2, is_other, "{case}");
        browser.hide();
        assert_eq!(
            browser.batches()[0].pages.len(),
            1 + usize::from(is_other),
            "{case}"
        );
    }
}

#[test]
fn a_replaced_address_is_where_the_next_navigation_comes_from() {
    let mut browser = open("/a");
    navigate(&mut browser, Replace, "/a?size=3");
    navigate(&mut browser, Push, "/a?size=3#reviews");
    assert_eq!(views(&mut browser), 1, "only the fragment changed");
    navigate(&mut browser, Push, "/a");
    assert_eq!(views(&mut browser), 2, "the query was dropped");
}

#[test]
fn a_page_in_the_document_counts_from_one_and_names_where_it_came_from() {
    let mut browser = open("/p/lamp?size=3");
    browser.signal(tracked("size_guide", "null"));
    navigate(&mut browser, Push, "/cart?step=1");
    browser.after(40);
    browser.signal(tracked("begin_checkout", "null"));
    browser.hide();
    let batches = browser.batches();
    let [lamp, cart] = &batches[0].pages[..] else {
        panic!("{batches:?}");
    };
    assert_eq!(names(&lamp.events), ["page_view", "size_guide"]);
    assert_eq!(names(&cart.events), ["page_view", "begin_checkout"]);
    assert_eq!((cart.events[0].seq, cart.events[1].t), (1, 40));
    assert_eq!(cart.opened_at, START.plus(100));
    assert_eq!(cart.url, "https://shop.example/cart");
    assert_eq!(cart.referrer, "https://shop.example/p/lamp");
    assert_each_once(&batches);
}

#[test]
fn a_page_that_was_entered_again_is_a_view_of_its_own() {
    let mut browser = open("/a");
    browser.signal(Signal::PageEntered(page("https://shop.example/a")));
    browser.hide();
    let batches = browser.batches();
    let [first, second] = &batches[0].pages[..] else {
        panic!("{batches:?}");
    };
    assert_ne!(first.id, second.id);
    assert_eq!(names(&events(&batches[0])), ["page_view", "page_view"]);
}

#[test]
fn half_an_hour_without_anything_done_ends_the_visit_on_the_same_page() {
    let mut browser = open("/a");
    browser.after(30 * MINUTE_MS - 1);
    browser.signal(tracked("first", "null"));
    browser.after(100);
    // Too short to be sent by age: the end of the visit sends it, under the old visit.
    browser.signal(tracked("second", "null"));
    browser.wake_at = None;
    browser.after(30 * MINUTE_MS);
    browser.signal(tracked("third", "null"));
    browser.after(5000);
    browser.hide();
    assert_eq!(
        browser.names(),
        [["page_view"].as_slice(), &["first", "second"], &["third"],]
    );
    let batches = browser.batches();
    let (old, new) = (&batches[1], &batches[2]);
    assert_eq!(batches[0].session, old.session);
    assert_eq!((old.session.number, new.session.number), (1, 2));
    assert_ne!(old.session.id, new.session.id);
    assert_eq!(old.visitor, new.visitor);
    assert_ne!(
        old.pages[0].id, new.pages[0].id,
        "a page view belongs to one visit"
    );
    assert_eq!(new.pages[0].url, "https://shop.example/a");
    assert_eq!(new.session.started_at, new.pages[0].opened_at);
    assert_eq!((events(new)[0].seq, events(new)[0].t), (1, 0));
    assert_each_once(&batches);
}

#[test]
fn a_visit_that_ended_is_not_resumed_on_the_next_page() {
    let mut browser = open("/a");
    browser.hide();
    browser.after(30 * MINUTE_MS);
    browser.load(&page("https://shop.example/b"));
    browser.hide();
    let batches = browser.batches();
    let numbers: Vec<_> = batches.iter().map(|batch| batch.session.number).collect();
    assert_eq!(numbers, [1, 2]);
    assert_eq!(batches[0].visitor, batches[1].visitor);
}
