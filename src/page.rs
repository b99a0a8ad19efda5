//! What an address says of its page. Enters: addresses as the browser has them. Leaves: whether a pattern fits, whether it is
//! another page.

use crate::{
    attribution::host,
    privacy::route,
    signal::Navigation,
    text::{before, find, find_str, matches, part},
};

/// Returns whether the page at `url` fits `pattern`, in which `*` stands for anything: its path, or where the pattern has a
/// `?` or `=`, path and query.
#[must_use]
pub fn is_at(pattern: &str, url: &str) -> bool {
    let address = before(url, b'#');
    let rest = find_str(address, "://").map_or(address, |at| {
        part(address, at + 3 + host(address).len(), address.len())
    });
    let whole = find(pattern, b'?').or(find(pattern, b'=')).is_some();
    matches(pattern, if whole { rest } else { before(rest, b'?') })
}

/// Returns whether `to` is another page than `from`: another path or route; another query too, unless it merely replaces.
#[must_use]
pub fn is_other(from: &str, to: &str, navigation: Navigation) -> bool {
    // No address holds a line break.
    let end = match navigation {
        Navigation::Push => b'\n',
        Navigation::Replace => b'?',
    };
    before(before(from, b'#'), end) != before(before(to, b'#'), end)
        || before(route(from), end) != before(route(to), end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_fits_the_path_or_path_and_query() {
        for (pattern, url, fits) in [
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
}
