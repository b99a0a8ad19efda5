//! Who brought a visitor, by which channel, and who only sent one back.

use proptest::prelude::*;

use super::*;

fn told(referrer: &str, campaign: &[(&str, &str)], excluded: &[&str]) -> Entries {
    let campaign: Vec<_> = campaign
        .iter()
        .flat_map(|(key, text)| [*key, *text])
        .collect();
    let page = PageFacts {
        url: "https://www.shop.co.uk/a",
        referrer,
        campaign: &campaign.join("\u{1f}"),
        ..PageFacts::default()
    };
    let excluded = excluded.join("\n");
    source(&page, &excluded)
}

fn entries(pairs: &[(&str, &str)]) -> Entries {
    pairs
        .iter()
        .map(|(key, text)| ((*key).to_owned(), Value::from(*text)))
        .collect()
}

#[test]
fn sources() {
    for (referrer, campaign, expected) in [
        ("", &[][..], &[][..]),
        ("https://www.shop.co.uk/b", &[], &[]),
        (
            "https://news.example/x?q=1",
            &[],
            &[
                ("referrer", "https://news.example/x"),
                ("channel", "referral"),
            ],
        ),
        (
            "",
            &[("utm_source", "Spring mail"), ("utm_term", "")],
            &[("utm_source", "Spring mail"), ("channel", "campaign")],
        ),
        (
            "",
            &[("utm_id", "jane@mail.example")],
            &[("utm_id", "[email]"), ("channel", "campaign")],
        ),
        (
            "",
            &[("utm_id", "7\n~told")],
            &[("utm_id", "7"), ("channel", "campaign")],
        ),
    ] {
        assert_eq!(
            told(referrer, campaign, &[]),
            entries(expected),
            "{referrer}"
        );
    }
}

fn channel_of(referrer: &str, campaign: &[(&str, &str)]) -> String {
    let source = told(referrer, campaign, &[]);
    let channel = source.iter().find(|(key, _)| key == "channel");
    channel
        .map_or("direct", |(_, value)| value.as_str().unwrap())
        .to_owned()
}

#[test]
fn referrers_have_the_channel_of_their_host() {
    for (host, expected) in [
        ("www.google.com", "organic_search"),
        ("google.de", "organic_search"),
        ("www.google.co.uk", "organic_search"),
        ("www.google.com.br", "organic_search"),
        ("cn.bing.com", "organic_search"),
        ("search.yahoo.co.jp", "organic_search"),
        ("duckduckgo.com", "organic_search"),
        ("search.brave.com", "organic_search"),
        ("yandex.com.tr", "organic_search"),
        ("ya.ru", "organic_search"),
        ("www.startpage.com", "organic_search"),
        ("l.facebook.com", "organic_social"),
        ("m.facebook.com", "organic_social"),
        ("l.instagram.com", "organic_social"),
        ("t.co", "organic_social"),
        ("x.com", "organic_social"),
        ("www.pinterest.co.uk", "organic_social"),
        ("out.reddit.com", "organic_social"),
        ("vk.com", "organic_social"),
        ("m.youtube.com", "video"),
        ("mail.google.com", "email"),
        ("outlook.live.com", "email"),
        ("chatgpt.com", "ai"),
        ("www.perplexity.ai", "ai"),
        ("gemini.google.com", "ai"),
        ("copilot.microsoft.com", "ai"),
        ("claude.ai", "ai"),
        // Apps of Android: android-app://com.google.android.gm/
        ("com.google.android.gm", "email"),
        ("com.google.android.googlequicksearchbox", "organic_search"),
        ("com.linkedin.android", "organic_social"),
        // Who merely looks like one of them.
        ("google.com.evil.example", "referral"),
        ("notfacebook.com", "referral"),
        ("facebook.evil.example", "referral"),
        ("netflix.com", "referral"),
        ("at.co", "referral"),
        ("microsoft.com", "referral"),
        ("paypal.evil.example", "referral"),
        ("notpaypal.com", "referral"),
        ("idealo.de", "referral"),
        ("stripes.example", "referral"),
        ("shop.example", "referral"),
        ("www.amazon.de", "referral"),
        ("notshop.co.uk", "referral"),
    ] {
        let referrer = ["https://", host, "/x"].concat();
        assert_eq!(channel_of(&referrer, &[]), expected, "{host}");
        let with_port = ["https://", host, ":8443/"].concat();
        assert_eq!(channel_of(&with_port, &[]), expected, "{host}");
    }
}

#[test]
fn campaigns_have_the_channel_of_their_click_id_medium_and_sender() {
    let google = "https://www.google.com/";
    let facebook = "https://l.facebook.com/";
    for (referrer, campaign, expected) in [
        (google, &[("gclid", "x")][..], "paid_search"),
        ("", &[("gbraid", "x")], "paid_search"),
        (
            "",
            &[("gclid", "x"), ("utm_source", "spring")],
            "paid_search",
        ),
        ("", &[("msclkid", "x")], "paid_search"),
        ("", &[("dclid", "x")], "display"),
        (facebook, &[("fbclid", "x")], "organic_social"),
        ("", &[("fbclid", "x")], "organic_social"),
        (
            "",
            &[("fbclid", "x"), ("utm_medium", "paid")],
            "paid_social",
        ),
        (
            "",
            &[
                ("fbclid", "x"),
                ("utm_source", "mail"),
                ("utm_medium", "email"),
            ],
            "email",
        ),
        ("", &[("ttclid", "x")], "paid_social"),
        ("", &[("ScCid", "x")], "paid_social"),
        ("", &[("irclickid", "x")], "affiliate"),
        ("", &[("mc_cid", "x")], "email"),
        (
            "",
            &[("utm_source", "google"), ("utm_medium", "cpc")],
            "paid_search",
        ),
        (
            "",
            &[("utm_source", "Google"), ("utm_medium", "CPC")],
            "paid_search",
        ),
        (google, &[("utm_medium", "ppc")], "paid_search"),
        (
            "",
            &[("utm_source", "facebook"), ("utm_medium", "paid_social")],
            "paid_social",
        ),
        (
            "",
            &[("utm_source", "facebook"), ("utm_medium", "cpm")],
            "paid_social",
        ),
        (
            "",
            &[("utm_source", "ig"), ("utm_medium", "social")],
            "organic_social",
        ),
        (
            "",
            &[("utm_source", "criteo"), ("utm_medium", "cpm")],
            "display",
        ),
        (
            "",
            &[("utm_source", "criteo"), ("utm_medium", "cpc")],
            "campaign",
        ),
        (
            "",
            &[("utm_source", "google"), ("utm_medium", "display")],
            "display",
        ),
        (
            "",
            &[("utm_source", "google"), ("utm_medium", "organic")],
            "organic_search",
        ),
        (
            "",
            &[("utm_source", "youtube"), ("utm_medium", "cpc")],
            "video",
        ),
        (
            "",
            &[("utm_source", "blog"), ("utm_medium", "video")],
            "video",
        ),
        ("", &[("utm_source", "newsletter")], "email"),
        (
            "",
            &[("utm_source", "spring"), ("utm_medium", "e-mail")],
            "email",
        ),
        (
            "",
            &[("utm_source", "awin"), ("utm_medium", "affiliates")],
            "affiliate",
        ),
        (
            "",
            &[("utm_source", "partner"), ("utm_medium", "referral")],
            "referral",
        ),
        ("", &[("utm_source", "chatgpt.com")], "ai"),
        (facebook, &[("utm_source", "partner")], "campaign"),
        (facebook, &[("utm_campaign", "spring")], "organic_social"),
        (
            "https://news.example/",
            &[("utm_campaign", "spring")],
            "campaign",
        ),
        ("", &[("utm_campaign", "spring")], "campaign"),
        ("", &[("utm_source", "paypal")], "campaign"),
        ("", &[], "direct"),
    ] {
        assert_eq!(
            channel_of(referrer, campaign),
            expected,
            "{referrer} {campaign:?}"
        );
    }
}

#[test]
fn who_returns_from_paying_or_signing_in_was_brought_by_nobody() {
    for referrer in [
        "https://www.paypal.com/",
        "https://www.paypal.com/checkoutnow?token=1",
        "https://checkout.stripe.com/pay",
        "https://pay.klarna.com/",
        "https://checkoutshopper-live.adyen.com/",
        "https://www.mollie.com/checkout",
        "https://payments.amazon.co.uk/",
        "https://pay.amazon.de/",
        "https://shop.app/pay",
        "https://checkout.shopify.com/1/2",
        "https://centinelapi.cardinalcommerce.com/",
        "https://accounts.google.com/",
        "https://accounts.google.de/",
        "https://appleid.apple.com/",
        "https://login.microsoftonline.com/common",
        "https://www.shop.co.uk:8443/",
        "https://checkout.shop.co.uk/",
        "https://shop.co.uk/",
        "https://pay.bank.example/3ds",
        "https://acs.pay.bank.example/",
    ] {
        let back = told(referrer, &[], &["pay.bank.example"]);
        assert_eq!(back, Entries::new(), "{referrer}");
    }
    for referrer in ["https://bank.example/", "https://notpay.bank.example/"] {
        assert!(
            !told(referrer, &[], &["pay.bank.example"]).is_empty(),
            "{referrer}"
        );
    }
    let offered = told("https://www.klarna.com/", &[("utm_source", "klarna")], &[]);
    assert_eq!(
        offered,
        entries(&[("utm_source", "klarna"), ("channel", "campaign")])
    );
}

#[test]
fn hosts_are_cut_at_their_public_suffix() {
    for (host, expected_name, expected_site) in [
        ("www.shop.co.uk", "www.shop", "shop.co.uk"),
        ("shop.co.uk", "shop", "shop.co.uk"),
        ("www.shop.example", "www.shop", "shop.example"),
        ("shop.example", "shop", "shop.example"),
        ("t.co", "t", "t.co"),
        ("localhost", "", "localhost"),
        ("", "", ""),
    ] {
        assert_eq!(cut_host(host), (expected_name, expected_site), "{host}");
    }
}

proptest! {
    #[test]
    fn any_referrer_is_taken(referrer: String, medium: String) {
        let source = told(&referrer, &[("utm_medium", &medium)], &[]);
        prop_assert!(source.len() <= 3);
    }

    #[test]
    fn a_host_below_another_one_is_never_taken_for_it(word in "[a-z]{2,9}", tail in "[a-z]{3,9}\\.example") {
        let channels = ["paypal", "google", "facebook", "t", "mail.google"].map(|known| {
            channel_of(&["https://", known, ".", &word, ".", &tail, "/"].concat(), &[])
        });
        prop_assert!(channels.iter().all(|channel| channel == "referral"));
    }
}
