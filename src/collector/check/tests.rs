//! What may be stored, and what is told about the rest.

use super::*;

const NOW: Millis = Millis(1_763_827_206_000);

/// An envelope in JSON, `pages` spliced in.
fn body(pages: &str) -> String {
    format!(
        r##"{{"v":1,"site":"demo","batch":"019aac4b-307b-7dd7-a220-a8397b1dcdaf","sent_at":1763827205456,
        "visitor":"019aac4b-2f00-7a11-b220-a8397b1dc001",
        "session":{{"id":"019aac4b-2f01-7a11-9220-a8397b1dc002","number":1,"started_at":1763827200123}},
        "pages":[{pages}]}}"##
    )
}

fn page(url: &str, rest: &str) -> String {
    format!(
        r##"{{"id":"019aac4b-307b-7123-8220-a8397b1dc003","opened_at":1763827200123,"url":"{url}",
        "viewport":[1280,720],"document":[1265,3100]{rest}}}"##
    )
}

fn refused(pages: &str) -> Refused {
    check(&body(pages), NOW).unwrap_err()
}

#[test]
fn the_clock_of_the_browser_is_corrected_by_when_the_batch_came() {
    let batch = check(&body(""), NOW).unwrap();
    assert_eq!(batch.session.skew_ms, 544);
}

#[test]
fn a_path_is_what_reports_are_asked_for() {
    for (url, path) in [
        ("https://shop.example/p/lamp", "/p/lamp"),
        ("https://shop.example", "/"),
        ("https://shop.example?utm_source=x", "/"),
        ("https://shop.example/a?utm_source=x#/cart", "/a#/cart"),
        ("https://shop.example/a#section", "/a"),
        ("file:///home/index.html", "/home/index.html"),
    ] {
        assert_eq!(path_of(url).as_deref(), Some(path), "{url}");
    }
    assert_eq!(path_of("lamp"), None);
}

#[test]
fn a_fault_is_told_with_its_field_and_its_byte() {
    let url = "https://a.example/";
    let cases = [
        (page("lamp", ""), "pages[0].url", "\"lamp\""),
        (page("", ""), "pages[0].url", "\"\""),
        (
            page(url, r#","events":[{"seq":0,"t":1,"name":"x"}]"#),
            "pages[0].events[0].seq",
            "0,\"t\"",
        ),
        (
            page(url, r#","events":[{"seq":1,"t":1,"name":""}]"#),
            "pages[0].events[0].name",
            "\"\"",
        ),
        (
            page(url, r#","heat":[{"seq":1,"data":"A=="}]"#),
            "pages[0].heat[0].data",
            "\"A==\"",
        ),
        (
            page(url, r#","heat":[{"seq":1,"data":"Ag"}]"#),
            "pages[0].heat[0].data",
            "\"Ag\"",
        ),
        (
            page(url, "").replace("1763827200123", "999999999999999"),
            "pages[0].opened_at",
            "9999",
        ),
    ];
    for (pages, field, at) in cases {
        let error = refused(&pages);
        assert_eq!(error.field, field, "{error}");
        let text = body(&pages);
        assert!(text[error.byte..].starts_with(at), "{error}");
        assert!(!error.is_too_much(), "{error}");
    }
}

#[test]
fn too_much_of_anything_is_told_apart_from_what_is_wrong() {
    let many = |count: usize, part: &str| vec![part; count].join(",");
    let url = "https://a.example/";
    let event = r#"{"seq":1,"t":1,"name":"x"}"#;
    let events = format!(r#","events":[{}]"#, many(limits::MAX_EVENTS + 1, event));
    let heat = format!(
        r#","heat":[{}]"#,
        many(limits::MAX_CHUNKS + 1, r#"{"seq":1,"data":"AQAA"}"#)
    );
    for (pages, field) in [
        (many(limits::MAX_PAGES + 1, &page(url, "")), "pages"),
        (page(url, &events), "pages[0].events"),
        (page(url, &heat), "pages[0].heat"),
    ] {
        let error = refused(&pages);
        assert_eq!(error.field, field);
        assert!(error.is_too_much(), "{error}");
    }
    let long = "x".repeat(limits::MAX_NAME_BYTES + 1);
    let error = refused(&page(
        url,
        &format!(r#","events":[{{"seq":1,"t":1,"name":"{long}"}}]"#),
    ));
    assert_eq!(
        (error.field.as_str(), error.is_too_much()),
        ("pages[0].events[0].name", false)
    );
}

#[test]
fn a_long_title_is_cut_and_not_refused() {
    let title = format!(r#","title":"{}""#, "ä".repeat(2000));
    let batch = check(&body(&page("https://a.example/", &title)), NOW).unwrap();
    assert_eq!(
        batch.pages[0].title.chars().count(),
        limits::MAX_LABEL_CHARS
    );
}
