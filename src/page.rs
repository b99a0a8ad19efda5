//! What an address says of its page. Enters: addresses as the browser has them. Leaves: whether a pattern fits, whether it is
//! another page, whether it shows results of a search.

use crate::{
    attribution::host,
    conversion::{Conversion, add},
    privacy::{clean_text, route},
    signal::Navigation,
    text::{before, cut, decode_percent, find, find_str, is_listed, matches, parts},
};

/// Parameters by which shops ask for what was searched; GA4's, and those of the larger shop systems.
const SEARCHES: &str = "q s search query keyword search_query search_term";

/// Returns whether the page at `url` fits `pattern`, in which `*` stands for anything: its path, or where the pattern has a
/// `?` or `=`, path and query. An empty pattern fits every page.
#[must_use]
pub fn is_at(pattern: &str, url: &str) -> bool {
    if pattern.is_empty() {
        return true;
    }
    let address = before(url, b'#');
    let rest = find_str(address, "://").map_or(address, |at| {
        address
            .get(at + 3 + host(address).len()..)
            .unwrap_or_default()
    });
    let whole = find(pattern, b'?').or(find(pattern, b'=')).is_some();
    matches(pattern, if whole { rest } else { before(rest, b'?') })
}

/// Returns whether `to` is another page than `from`: another path or route; another query too, unless it merely replaces.
#[must_use]
pub fn is_other(from: &str, to: &str, navigation: Navigation) -> bool {
    let (from_url, to_url) = (before(from, b'#'), before(to, b'#'));
    let (from_route, to_route) = (route(from), route(to));
    match navigation {
        Navigation::Push => from_url != to_url || from_route != to_route,
        Navigation::Replace => {
            before(from_url, b'?') != before(to_url, b'?')
                || before(from_route, b'?') != before(to_route, b'?')
        }
    }
}

/// Tells the search whose results the page at `url` shows. What was searched is told only where `allowed` names its
/// parameter: people type anything into a search.
pub fn search(url: &str, allowed: &[String], out: &mut Vec<Conversion>) {
    let query = cut(before(url, b'#'), b'?').map_or("", |(_, query)| query);
    for (key, value) in parts(query, b'&').filter_map(|pair| cut(pair, b'=')) {
        if is_listed(SEARCHES, key) && !value.is_empty() {
            let told = add(out, "search");
            if allowed.iter().any(|allowed| allowed == key) {
                told.text("search_term", &clean_text(&decode_percent(value)));
            }
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_fits_the_path_or_path_and_query() {
        for (pattern, url, fits) in [
            ("", "https://shop.example/any", true),
            (
                "/order/thanks",
                "https://shop.example/order/thanks?o=1#top",
                true,
            ),
            (
                "/order/thanks",
                "https://shop.example/order/thanks/2",
                false,
            ),
            ("/order/*", "https://shop.example/order/thanks/2", true),
            (
                "*/thank-you",
                "https://shop.example/en/orders/7/thank-you?x=1",
                true,
            ),
            (
                "*route=checkout/success*",
                "https://shop.example/index.php?route=checkout/success&l=en",
                true,
            ),
            (
                "*route=checkout/success*",
                "https://shop.example/index.php?route=checkout/cart",
                false,
            ),
            ("/", "https://shop.example/", true),
            ("/", "https://shop.example", false),
        ] {
            assert_eq!(is_at(pattern, url), fits, "{pattern} {url}");
        }
    }

    #[test]
    fn a_search_is_told_by_its_results_and_its_words_only_where_allowed() {
        let allowed = ["q".to_owned()];
        for (url, term) in [
            (
                "https://shop.example/search?q=rain+jacket",
                Some("rain jacket"),
            ),
            ("https://shop.example/?s=tent&post_type=product", Some("")),
            (
                "https://shop.example/search?q=me%40mail.example",
                Some("[email]"),
            ),
            ("https://shop.example/search?q=", None),
            ("https://shop.example/list?sort=price", None),
            ("https://shop.example/#?q=x", None),
        ] {
            let mut found = Vec::new();
            search(url, &allowed, &mut found);
            let told = found.first().map(|found| {
                let term = found
                    .get("search_term")
                    .and_then(crate::value::Value::as_str);
                term.unwrap_or_default()
            });
            assert_eq!(told, term, "{url}");
        }
    }
}
