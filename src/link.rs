//! What following a link means. Enters: its address. Leaves: a share, a download, a way out, or nothing.

use crate::{
    attribution::host,
    conversion::Conversion,
    privacy::clean_path,
    text::{before, concat, cut, find_str, is_listed, matches, parts},
};

/// Where networks take what is shared: their name, and the address without scheme and query, a point before it.
const NETWORKS: &str = "facebook=*.facebook.com/sharer* facebook=*.facebook.com/share.php* facebook=*.facebook.com/dialog/*s* \
    x=*.x.com/intent/* x=*.twitter.com/intent/tweet* x=*.twitter.com/share* x=*.x.com/share* whatsapp=*.wa.me/ whatsapp=*whatsapp.com/send* \
    whatsapp=.send pinterest=*.pinterest.*/pin/create/* linkedin=*.linkedin.com/shar* telegram=*.t.me/share* \
    reddit=*.reddit.com/submit* email=.mailto:";
/// Files that are downloaded; the list of GA4's enhanced measurement. <https://support.google.com/analytics/answer/9216061>
const FILES: &str = "pdf xls xlsx doc docx txt rtf csv exe key pps ppt pptx 7z pkg rar gz zip avi mov mp4 mpg mpeg wmv mid midi mp3 wav wma dmg epub";

/// Returns the network that `url` shares to, or nothing.
#[must_use]
pub fn network(url: &str) -> &'static str {
    let rest = find_str(url, "://").map_or(url, |at| url.get(at + 3..).unwrap_or_default());
    // A scheme of an app has a word in place of a host: whatsapp://send.
    let address = concat(&[".", before(rest, b'?')]);
    for (name, pattern) in parts(NETWORKS, b' ').filter_map(|network| cut(network, b'=')) {
        if matches(pattern, &address) {
            return name;
        }
    }
    ""
}

/// Returns the download of `url`, where it is a file's address or the link says so.
#[must_use]
pub fn download(url: &str, said: bool) -> Option<Conversion> {
    let clean = clean_path(url);
    let path = cut(&clean, b':').map_or("", |(_, rest)| rest.trim_start_matches('/'));
    let path = path.get(before(path, b'/').len()..)?;
    let file = parts(path, b'/').last()?;
    let extension = parts(file, b'.').last()?.to_ascii_lowercase();
    if !said && !is_listed(FILES, &extension) {
        return None;
    }
    let mut out = Conversion::new("file_download");
    if extension.len() < file.len() {
        out.text("file_extension", &extension);
    }
    out.text("file_name", path);
    out.text("link_url", &clean);
    Some(out)
}

/// Returns the way out to `url`, where it leads to another site than the page's.
#[must_use]
pub fn outbound(url: &str, page: &str) -> Option<Conversion> {
    let (to, from) = (host(url), host(page));
    if !url.starts_with("http") || without_www(to) == without_www(from) {
        return None;
    }
    let mut out = Conversion::new("click");
    out.put("outbound", crate::value::Value::Bool(true));
    out.text("link_domain", to);
    out.text("link_url", &clean_path(url));
    Some(out)
}

fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn share_links_are_told_by_their_network() {
        for (url, name) in [
            (
                "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fshop.example",
                "facebook",
            ),
            ("https://www.facebook.com/sharer.php?u=x", "facebook"),
            ("https://www.facebook.com/dialog/share?app_id=1", "facebook"),
            ("https://m.facebook.com/share.php?u=x", "facebook"),
            ("https://twitter.com/intent/tweet?text=x", "x"),
            ("https://twitter.com/share?url=x", "x"),
            ("https://x.com/intent/post?text=x", "x"),
            ("https://wa.me/?text=x", "whatsapp"),
            ("https://api.whatsapp.com/send?text=x", "whatsapp"),
            ("https://web.whatsapp.com/send?text=x", "whatsapp"),
            ("whatsapp://send?text=x", "whatsapp"),
            (
                "https://www.pinterest.com/pin/create/button/?url=x",
                "pinterest",
            ),
            (
                "https://www.pinterest.de/pin/create/link/?url=x",
                "pinterest",
            ),
            (
                "https://www.linkedin.com/sharing/share-offsite/?url=x",
                "linkedin",
            ),
            (
                "https://www.linkedin.com/shareArticle?mini=true&url=x",
                "linkedin",
            ),
            ("https://t.me/share/url?url=x", "telegram"),
            ("https://www.reddit.com/submit?url=x", "reddit"),
            ("mailto:?subject=Look&body=x", "email"),
        ] {
            assert_eq!(network(url), name, "{url}");
        }
    }

    #[test]
    fn a_network_s_other_pages_and_its_lookalikes_are_no_share() {
        for url in [
            "https://www.facebook.com/corrie.outdoor",
            "https://x.com/corrie",
            "https://www.pinterest.com/corrie/boards/",
            "https://t.me/corrie",
            "https://wa.me/353123456",
            "https://www.linkedin.com/company/corrie",
            "https://notfacebook.com/sharer",
            "https://shop.example/x?to=https://twitter.com/share",
            "mailto:hello@corrie.example?subject=Order",
            "tel:+353123",
            "",
        ] {
            assert_eq!(network(url), "", "{url}");
        }
    }

    #[test]
    fn files_are_told_from_pages() {
        for (url, said, name) in [
            (
                "https://shop.example/docs/Size-Guide.PDF?v=2",
                false,
                Some("/docs/Size-Guide.PDF"),
            ),
            ("https://cdn.example/manual.zip", false, Some("/manual.zip")),
            ("https://shop.example/export", true, Some("/export")),
            ("https://shop.example/tent.html", false, None),
            ("https://shop.example/", false, None),
            ("https://pdf", false, None),
            ("https://shop.example/zip/codes", false, None),
            ("mailto:me@x.zip", false, None),
        ] {
            let found = download(url, said);
            let file = found
                .as_ref()
                .and_then(|found| found.get("file_name")?.as_str());
            assert_eq!(file, name, "{url}");
        }
    }

    #[test]
    fn only_another_site_is_outbound() {
        for (url, leads_out) in [
            ("https://maker.example/", true),
            ("https://shop.example/cart", false),
            ("https://www.shop.example/cart", false),
            ("http://shop.example/cart", false),
            ("https://shop.example.evil.example/", true),
            ("tel:+3531", false),
            ("javascript:void(0)", false),
        ] {
            assert_eq!(
                outbound(url, "https://shop.example/p").is_some(),
                leads_out,
                "{url}"
            );
        }
    }

    proptest! {
        #[test]
        fn any_address_is_survived(url: String) {
            let _ = (network(&url), download(&url, true), outbound(&url, &url));
        }
    }
}
