//! Tells one sender from another: by the address, as far as one customer of a network has it.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

use axum::http::HeaderMap;

/// Bits of an IPv6 address that tell customers apart; within its 64 bits each may take any address.
const CUSTOMER_BITS: u32 = 64;

/// Returns who sent a request with these `headers` over a connection from `peer`.
///
/// With `trust_proxy` it is the last address in `X-Forwarded-For`: the one that the proxy in front has seen itself. Those
/// before it may be made up.
pub fn client(peer: SocketAddr, headers: &HeaderMap, trust_proxy: bool) -> IpAddr {
    let told = if trust_proxy { last_hop(headers) } else { None };
    customer(told.unwrap_or(peer.ip()))
}

fn last_hop(headers: &HeaderMap) -> Option<IpAddr> {
    let line = headers.get_all("x-forwarded-for").iter().next_back()?;
    let hop = line.to_str().ok()?.rsplit(',').next()?.trim();
    let address = hop.parse().ok();
    // Some proxies add the port, and brackets with it.
    address.or_else(|| Some(hop.parse::<SocketAddr>().ok()?.ip()))
}

fn customer(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let mask = u128::MAX << (u128::BITS - CUSTOMER_BITS);
            Ipv6Addr::from_bits(address.to_bits() & mask).into()
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_sender_is_told_by_its_address() {
        let cases: [(&str, &[&str], bool, &str); 10] = [
            ("192.0.2.7:4000", &[], false, "192.0.2.7"),
            ("192.0.2.7:4000", &["198.51.100.1"], false, "192.0.2.7"),
            ("192.0.2.7:4000", &["198.51.100.1"], true, "198.51.100.1"),
            (
                "192.0.2.7:4000",
                &["203.0.113.9, 198.51.100.1"],
                true,
                "198.51.100.1",
            ),
            (
                "192.0.2.7:4000",
                &["203.0.113.9", "198.51.100.1:99"],
                true,
                "198.51.100.1",
            ),
            ("192.0.2.7:4000", &["unknown"], true, "192.0.2.7"),
            ("192.0.2.7:4000", &[], true, "192.0.2.7"),
            (
                "192.0.2.7:4000",
                &["[2001:db8:1:2:3::4]:99"],
                true,
                "2001:db8:1:2::",
            ),
            ("[2001:db8:1:2:ffff::1]:4000", &[], false, "2001:db8:1:2::"),
            ("[::ffff:192.0.2.7]:4000", &[], false, "192.0.2.7"),
        ];
        for (peer, forwarded, trust_proxy, expected) in cases {
            let headers: HeaderMap = forwarded
                .iter()
                .map(|hop| {
                    let name = axum::http::HeaderName::from_static("x-forwarded-for");
                    (name, HeaderValue::from_static(hop))
                })
                .collect();
            let told = client(peer.parse().unwrap(), &headers, trust_proxy);
            assert_eq!(told.to_string(), expected, "{peer} {forwarded:?}");
        }
    }
}
