//! Where a visit came from. Enters: address, referrer and campaign parameters of its first page. Leaves: the `source` of
//! the session; nothing where the visit is a direct one, or where the page only came back from a payment or a login.

use crate::{
    pack::TOKEN,
    privacy::{clean_path, clean_text},
    signal::PageFacts,
    text::{before, find_str, group, is_listed, matches, part, parts},
    value::{Entries, Value, find},
};

/// Click ids that only paid, or otherwise certain, clicks carry, by their channel. Facebook and Pinterest add theirs to
/// links that nobody paid for.
const CLICK_IDS: &str = "\
paid_search gclid gbraid wbraid msclkid
paid_social ttclid twclid li_fat_id ScCid rdt_cid
display dclid
affiliate irclickid awc cjevent
email mc_cid";
/// Values of `utm_medium`, by GA4's default channel group: <https://support.google.com/analytics/answer/9756891>
const MEDIA: &str = "\
email email e-mail newsletter
affiliate affiliate*
display display banner
paid *cp* ppc retargeting paid*
organic_search organic
organic_social social*
video *video*
referral referral app";
/// Who sends visitors, by channel: hosts with their public suffix or without, and what else stands as `utm_source`. Of two
/// that fit the first counts, so that a mail service or an assistant stands before the search engine whose host it is.
const SENDERS: &str = "\
email mail.google mail.yahoo outlook.live android.gm email newsletter
ai chatgpt openai perplexity gemini.google copilot copilot.microsoft claude deepseek
organic_search google bing duckduckgo yahoo ecosia qwant baidu yandex ya.ru naver seznam brave startpage android.googlequicksearchbox
organic_social facebook fb instagram ig t.co x.com twitter pinterest linkedin reddit tiktok whatsapp telegram t.me snapchat threads vk.com
video youtube youtu.be vimeo twitch";
/// Hosts to which shops send their visitors to pay or to sign in, and which send them back.
const HOPS: &str = "paypal stripe klarna adyen mollie sofort giropay ideal.nl afterpay clearpay affirm pay.amazon payments.amazon shop.app checkout.shopify pay.google sumup worldpay braintreegateway squareup przelewy24 payu razorpay mercadopago cardinalcommerce arcot accounts.google appleid.apple microsoftonline login.live";
/// Second labels that, before a country, are no one's own: `co.uk`, `com.br`.
const SHARED: &str = "co com org net ac gov edu ne or";

/// Returns the campaign parameters of `page`, its `referrer` where that brought the visitor, and the `channel` by both.
///
/// The shop's own hosts, hosts in `excluded` and all below them, and hosts of payment and login providers bring nobody: who
/// returns from them was here before. A link of theirs with a campaign does. Facebook's login cannot be told from its feed
/// by its host and counts as the feed; within a visit no referrer changes anything anyway.
#[must_use]
pub fn source(page: &PageFacts<'_>, excluded: &str) -> Entries {
    let mut out = Entries::new();
    let mut sender = domain(page.referrer);
    let (name, site) = cut_host(sender);
    if site == cut_host(domain(page.url)).1
        || parts(HOPS, b' ').any(|hop| is_of(sender, hop) || is_of(name, hop))
        || parts(excluded, b'\n').any(|excluded| !excluded.is_empty() && is_of(sender, excluded))
    {
        sender = "";
    }
    if !sender.is_empty() {
        out.push(("referrer".to_owned(), Value::Str(clean_path(page.referrer))));
    }
    let mut campaign = parts(page.campaign, TOKEN);
    while let (Some(key), Some(text)) = (campaign.next(), campaign.next()) {
        // A line break would end the line in the saved text.
        let text = clean_text(before(text, b'\n'));
        if !text.is_empty() {
            out.push((key.to_owned(), Value::Str(text)));
        }
    }
    if !out.is_empty() {
        let channel = channel(&out, sender);
        out.push(("channel".to_owned(), Value::from(channel)));
    }
    out
}

fn channel(source: &Entries, sender: &str) -> &'static str {
    let told = |key: &str| find(source, key).and_then(Value::as_str);
    let clicked = group(CLICK_IDS, &|id| told(id).is_some());
    if !clicked.is_empty() {
        return clicked;
    }
    let social = told("fbclid").or_else(|| told("epik")).map(|_| "fb");
    let who = told("utm_source").or(social).unwrap_or(sender);
    let who = who.to_ascii_lowercase();
    let name = cut_host(&who).0;
    let medium = told("utm_medium").unwrap_or_default().to_ascii_lowercase();
    let by_medium = group(MEDIA, &|pattern| matches(pattern, &medium));
    let by_sender = group(SENDERS, &|listed| {
        is_of(&who, listed) || is_of(name, listed)
    });
    match (by_medium, by_sender) {
        ("paid", "organic_search") => "paid_search",
        ("paid", "organic_social") => "paid_social",
        ("paid", "") if medium == "cpm" => "display",
        ("email" | "affiliate" | "display", _) => by_medium,
        ("" | "paid", "") if source.len() == 1 && !sender.is_empty() => "referral",
        ("" | "paid", "") => "campaign",
        (_, "") => by_medium,
        _ => by_sender,
    }
}

/// Returns the host of `url`, with its port.
#[must_use]
pub fn host(url: &str) -> &str {
    let start = find_str(url, "://").map_or(0, |at| at + 3);
    let rest = part(url, start, url.len());
    before(before(before(rest, b'/'), b'?'), b'#')
}

fn domain(url: &str) -> &str {
    before(host(url), b':')
}

/// Returns whether `host` is `domain` or lies below it.
fn is_of(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain)
        .is_some_and(|below| below.is_empty() || below.ends_with('.'))
}

/// Returns `host` without its public suffix, and `host` without its subdomains: `www.shop` and `shop.co.uk` of
/// `www.shop.co.uk`. A rule of thumb; the list of <https://publicsuffix.org> weighs more than all of this.
fn cut_host(host: &str) -> (&str, &str) {
    // Where the last three labels begin.
    let (mut site, mut second, mut top) = (0, 0, 0);
    for (at, byte) in host.bytes().enumerate() {
        if byte == b'.' {
            (site, second, top) = (second, top, at + 1);
        }
    }
    let label = before(part(host, second, host.len()), b'.');
    if host.len() != top + 2 || !is_listed(SHARED, label) {
        (site, second) = (second, top);
    }
    (
        part(host, 0, second.saturating_sub(1)),
        part(host, site, host.len()),
    )
}

#[cfg(test)]
mod tests;
