//! Which pages may post, and read heat for the overlay: the collector's own origin always, others by `--allow-origin`.

use std::str::FromStr;

use axum::http::{HeaderMap, HeaderValue, header};
use tower_http::cors::{AllowOrigin, AllowPrivateNetwork, CorsLayer};

/// How long a browser may remember the answer to a preflight; Chrome keeps it for two hours at most.
const PREFLIGHT_MAX_AGE: std::time::Duration = std::time::Duration::from_secs(7200);

/// An allowed origin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// `*`: pages from anywhere may post.
    Any,
    /// Scheme, host and port, as a browser writes them.
    Exact(String),
}

impl FromStr for Origin {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let text = text.trim_end_matches('/').to_ascii_lowercase();
        let host = text
            .strip_prefix("https://")
            .or_else(|| text.strip_prefix("http://"));
        match host {
            _ if text == "*" => Ok(Self::Any),
            Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', '*', ' ']) => {
                Ok(Self::Exact(text))
            }
            _ => {
                Err("give scheme and host without a path, such as https://shop.example".to_owned())
            }
        }
    }
}

/// Tells whether a request with these headers may post. Without an `Origin` it comes from no page, so no page is asked for.
pub fn may_post(allowed: &[Origin], headers: &HeaderMap) -> bool {
    headers
        .get(header::ORIGIN)
        .is_none_or(|origin| may_read(allowed, origin, headers))
}

fn may_read(allowed: &[Origin], origin: &HeaderValue, headers: &HeaderMap) -> bool {
    // The browser's own word, which holds behind a proxy that changes `Host` too.
    let says_same = headers
        .get("sec-fetch-site")
        .is_some_and(|site| site == "same-origin");
    let Ok(origin) = origin.to_str() else {
        return false;
    };
    let host = headers
        .get(header::HOST)
        .and_then(|host| host.to_str().ok());
    let same_host = host.is_some() && origin.split_once("://").map(|(_, host)| host) == host;
    says_same
        || same_host
        || allowed.iter().any(|known| match known {
            Origin::Any => true,
            Origin::Exact(known) => known == origin,
        })
}

/// Returns the layer that answers preflights and lets allowed pages read the answer.
pub fn cors(allowed: Vec<Origin>) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(move |origin, request| {
            may_read(&allowed, origin, &request.headers)
        }))
        .allow_methods([axum::http::Method::POST])
        .allow_headers([header::CONTENT_TYPE])
        // Without these a page cannot read when to send again, nor by whose clock, nor whether it may compress.
        .expose_headers([header::RETRY_AFTER, header::DATE, header::ACCEPT_ENCODING])
        // `sendBeacon` always sends credentials; the collector sets no cookie and reads none.
        .allow_credentials(true)
        // A shop under development on the network posts to a collector on the developer's machine.
        .allow_private_network(AllowPrivateNetwork::yes())
        .max_age(PREFLIGHT_MAX_AGE)
}

/// Returns the layer that lets pages of the origins that are named read what is open to all, which the overlay needs; `*` names none.
/// Without credentials: a login before the collector is no page's to use.
pub fn cors_to_read(allowed: Vec<Origin>) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(move |origin, _| {
            let is_named =
                |known: &Origin| matches!(known, Origin::Exact(known) if known == origin);
            allowed.iter().any(is_named)
        }))
        .allow_methods([axum::http::Method::GET])
        .allow_private_network(AllowPrivateNetwork::yes())
        .max_age(PREFLIGHT_MAX_AGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_scheme_and_host() {
        for (text, expected) in [
            ("*", Origin::Any),
            (
                "https://Shop.example/",
                Origin::Exact("https://shop.example".to_owned()),
            ),
            (
                "http://localhost:8080",
                Origin::Exact("http://localhost:8080".to_owned()),
            ),
        ] {
            assert_eq!(text.parse(), Ok(expected), "{text}");
        }
        for text in [
            "",
            "shop.example",
            "https://",
            "https://shop.example/de",
            "null",
        ] {
            let error = text.parse::<Origin>().unwrap_err();
            assert!(error.contains("https://shop.example"), "{text}");
        }
    }

    #[test]
    fn only_own_and_allowed_pages_may_post() {
        let allowed = [Origin::Exact("https://shop.example".to_owned())];
        let cases: [(&[(&str, &str)], bool); 7] = [
            (&[], true),
            (&[("origin", "https://shop.example")], true),
            (&[("origin", "https://shop.example:444")], false),
            (&[("origin", "null")], false),
            (
                &[("origin", "http://c.example"), ("host", "c.example")],
                true,
            ),
            (
                &[("origin", "http://c.example"), ("host", "d.example")],
                false,
            ),
            (
                &[
                    ("origin", "http://c.example"),
                    ("sec-fetch-site", "same-origin"),
                ],
                true,
            ),
        ];
        for (headers, expected) in cases {
            let map: HeaderMap = headers
                .iter()
                .map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value)))
                .collect();
            assert_eq!(may_post(&allowed, &map), expected, "{headers:?}");
        }
    }
}
