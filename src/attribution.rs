//! Where a visit came from. Enters: address, referrer and campaign parameters of its first page. Leaves: the `source` of
//! the session.

use crate::{
    privacy::{clean_path, clean_text},
    signal::PageFacts,
    text::{before, find_str},
    value::{Entries, Value},
};

/// Returns the campaign parameters of `page`, and its `referrer` where that is of another host.
#[must_use]
pub fn source(page: &PageFacts) -> Entries {
    let mut out = Entries::new();
    if !page.referrer.is_empty() && host(&page.referrer) != host(&page.url) {
        out.push((
            "referrer".to_owned(),
            Value::Str(clean_path(&page.referrer)),
        ));
    }
    for (key, value) in &page.campaign {
        out.push((
            key.clone(),
            Value::Str(clean_text(value.as_str().unwrap_or_default())),
        ));
    }
    out
}

/// Returns the host of `url`, with its port.
#[must_use]
pub fn host(url: &str) -> &str {
    let start = find_str(url, "://").map_or(0, |at| at + 3);
    before(
        before(before(url.get(start..).unwrap_or_default(), b'/'), b'?'),
        b'#',
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources() {
        for (referrer, campaign, expected) in [
            ("", vec![], vec![]),
            ("https://shop.example/b", vec![], vec![]),
            (
                "https://news.example/x?q=1",
                vec![],
                vec![("referrer", "https://news.example/x")],
            ),
            (
                "",
                vec![("utm_source", "Spring mail")],
                vec![("utm_source", "Spring mail")],
            ),
            (
                "",
                vec![("utm_id", "jane@mail.example")],
                vec![("utm_id", "[email]")],
            ),
        ] {
            let entries = |pairs: Vec<(&str, &str)>| {
                pairs
                    .into_iter()
                    .map(|(key, text)| (key.to_owned(), Value::from(text)))
                    .collect::<Entries>()
            };
            let page = PageFacts {
                url: "https://shop.example/a".to_owned(),
                referrer: referrer.to_owned(),
                campaign: entries(campaign),
                ..PageFacts::default()
            };
            assert_eq!(source(&page), entries(expected), "{referrer}");
        }
    }
}
