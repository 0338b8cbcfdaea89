//! How the program is reached from outside, which only its operator knows.

use std::net::{IpAddr, Ipv6Addr};

use hyper::HeaderMap;

/// What the operator says of the way to the program.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Public {
    /// The address that people open, such as `https://figures.example.cn`, without a slash at its end.
    pub url: Option<String>,
    /// The proxies in front of it, whose word on who asks is believed.
    pub proxies: Vec<IpAddr>,
}

impl Public {
    /// Whether people come by https: then cookies are for https alone.
    pub fn is_https(&self) -> bool {
        self.url.as_deref().is_some_and(|url| url.starts_with("https://"))
    }

    /// The address of a one-time link; `listening` is where the program listens, for who has said nothing else.
    pub fn link(&self, listening: &str, token: &str) -> String {
        format!("{}/links/{token}", self.url.as_deref().unwrap_or(listening))
    }

    /// Who asks: the peer of the connection or, where that is one of the proxies, whom it names. Of several addresses in
    /// `X-Forwarded-For` the last that is no proxy counts, because those before it anyone can make up.
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        if !self.proxies.contains(&peer.to_canonical()) {
            return peer.to_canonical();
        }
        let lines = headers.get_all("x-forwarded-for").iter();
        let texts: Vec<&str> = lines
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(','))
            .collect();
        let named = texts.iter().rev().map_while(|text| text.trim().parse().ok());
        named
            .map(|address: IpAddr| address.to_canonical())
            .find(|address| !self.proxies.contains(address))
            .unwrap_or(peer)
    }
}

/// What stands for one client: an IPv4 address, or the network of an IPv6 one, whose lower half its owner chooses.
pub fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => {
            let upper = u128::from(address) & !u128::from(u64::MAX);
            IpAddr::V6(Ipv6Addr::from(upper))
        }
    }
}

#[cfg(test)]
mod tests {
    use hyper::header::HeaderValue;

    use super::*;

    #[test]
    fn only_a_proxy_is_believed_and_only_its_last_word() {
        let proxy: IpAddr = "10.0.0.1".parse().unwrap();
        let public = Public {
            url: None,
            proxies: vec![proxy],
        };
        let check = |peer: &str, forwarded: &'static str, expected: &str| {
            let mut headers = HeaderMap::new();
            headers.insert("x-forwarded-for", HeaderValue::from_static(forwarded));
            let client = public.client(peer.parse().unwrap(), &headers);
            assert_eq!(client.to_string(), expected, "{peer} {forwarded}");
        };
        check("10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4");
        check("::ffff:10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.1", "1.2.3.4");
        check("10.0.0.1", "1.2.3.4, nonsense", "10.0.0.1");
        check("9.9.9.9", "1.2.3.4", "9.9.9.9");
    }

    #[test]
    fn a_network_of_ipv6_is_one_client() {
        let of = |text: &str| network(text.parse().unwrap()).to_string();
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::");
        assert_eq!(of("1.2.3.4"), "1.2.3.4");
    }
}
