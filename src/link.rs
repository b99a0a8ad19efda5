//! What following a link means. Enters: its address. Leaves: a share, a download, a way out, or nothing.

use crate::{
    attribution::host,
    conversion::{Conversion, add},
    privacy::clean_path,
    text::{before, concat, find_str, group, is_listed, matches, part, parts},
    value::Value,
};

/// Where networks take what is shared: their name, and the addresses without scheme and query, a point before each.
const NETWORKS: &str = "\
facebook *.facebook.com/sharer* *.facebook.com/share.php* *.facebook.com/dialog/*s*
x *.x.com/intent/* *.twitter.com/intent/tweet* *.twitter.com/share* *.x.com/share*
whatsapp *.wa.me/ *whatsapp.com/send* .send
pinterest *.pinterest.*/pin/create/*
linkedin *.linkedin.com/shar*
telegram *.t.me/share*
reddit *.reddit.com/submit*
email .mailto:";
/// Files that are downloaded; the list of GA4's enhanced measurement. <https://support.google.com/analytics/answer/9216061>
const FILES: &str = "pdf xls xlsx doc docx txt rtf csv exe key pps ppt pptx 7z pkg rar gz zip avi mov mp4 mpg mpeg wmv mid midi mp3 wav wma dmg epub";

/// Returns the network that `url` shares to, or nothing.
#[must_use]
pub fn network(url: &str) -> &'static str {
    let at = find_str(url, "://").map_or(0, |at| at + 3);
    let rest = part(url, at, url.len());
    // A scheme of an app has a word in place of a host: whatsapp://send.
    let address = concat(&[".", before(rest, b'?')]);
    group(NETWORKS, &|pattern| matches(pattern, &address))
}

/// Tells the download of `url`, where it is a file's address or the link says so; returns whether it did.
pub fn download(url: &str, said: bool, out: &mut Vec<Conversion>) -> bool {
    let clean = clean_path(url);
    // Behind the scheme and the host; a `data:` address has neither.
    let path = find_str(&clean, "://").map_or("", |at| {
        let rest = part(&clean, at + 3, clean.len());
        part(rest, before(rest, b'/').len(), rest.len())
    });
    let file = parts(path, b'/').last().unwrap_or_default();
    let extension = parts(file, b'.').last().unwrap_or_default();
    let lower = extension.to_ascii_lowercase();
    if !said && !is_listed(FILES, &lower) {
        return false;
    }
    let told = add(out, "file_download");
    if extension.len() < file.len() {
        told.text("file_extension", &lower);
    }
    told.text("file_name", path);
    told.text("link_url", &clean);
    true
}

/// Tells the way out to `url`, where it leads to another site than the page's.
pub fn outbound(url: &str, page: &str, out: &mut Vec<Conversion>) {
    let (to, from) = (host(url), host(page));
    if url.starts_with("http") && without_www(to) != without_www(from) {
        let told = add(out, "click");
        told.put("outbound", Value::Bool(true));
        told.text("link_domain", to);
        told.text("link_url", &clean_path(url));
    }
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
            let mut told = Vec::new();
            assert_eq!(download(url, said, &mut told), name.is_some(), "{url}");
            let file = told
                .first()
                .and_then(|told| told.get("file_name")?.as_str());
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
            let mut told = Vec::new();
            outbound(url, "https://shop.example/p", &mut told);
            assert_eq!(told.len(), usize::from(leads_out), "{url}");
        }
    }

    proptest! {
        #[test]
        fn any_address_is_survived(url: String) {
            let mut told = Vec::new();
            let _ = network(&url);
            download(&url, true, &mut told);
            outbound(&url, &url, &mut told);
        }
    }
}
