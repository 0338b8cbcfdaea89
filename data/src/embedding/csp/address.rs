use std::net::Ipv4Addr;

use crate::embedding::{EmbeddingHost, HostError, WebScheme};

/// An address on the web, as far as policies look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebAddress {
    /// The scheme.
    pub scheme: WebScheme,
    /// The name of the host in lower case, or its IPv4 address.
    pub host: String,
    /// The port, also where it is the usual one.
    pub port: u16,
    /// The path, from its `/` on, without the query.
    pub path: String,
}

impl WebAddress {
    /// Reads an address; without a scheme it is https, as browsers take it. Fails as [`EmbeddingHost`] does.
    pub fn parse(text: &str) -> Result<WebAddress, HostError> {
        let host: EmbeddingHost = text.parse()?;
        let plain = host.one_host().ok_or(HostError::Wildcard)?;
        let scheme = host.scheme().unwrap_or(WebScheme::Https);
        let after = text
            .trim()
            .split_once("://")
            .map_or(text.trim(), |(_, after)| after);
        let path = after.find('/').map_or("/", |at| &after[at..]);
        let path = path.split(['?', '#']).next().unwrap_or_default();
        Ok(WebAddress {
            scheme,
            host: plain.to_owned(),
            port: host.port().unwrap_or(scheme.port()),
            path: path.to_owned(),
        })
    }

    /// Scheme, host and port: `https://www.example.gov.cn`.
    pub fn origin(&self) -> String {
        let (scheme, host) = (self.scheme.name(), &self.host);
        match self.port == self.scheme.port() {
            true => format!("{scheme}://{host}"),
            false => format!("{scheme}://{host}:{}", self.port),
        }
    }

    /// The same origin with another path.
    pub fn at(&self, path: &str) -> WebAddress {
        WebAddress {
            path: path.to_owned(),
            ..self.clone()
        }
    }

    /// Whether a page by https may load it though it is by plain http: from the very machine of its reader
    /// (Secure Contexts, 3.1).
    pub fn is_this_machine(&self) -> bool {
        let address: Option<Ipv4Addr> = self.host.parse().ok();
        address.is_some_and(|address| address.is_loopback())
            || self.host == "localhost"
            || self.host.ends_with(".localhost")
    }

    /// Whether only machines in the same network reach it: a private address, or a name without a dot.
    pub fn is_in_intranet(&self) -> bool {
        match self.host.parse::<Ipv4Addr>() {
            Ok(address) => address.is_private() || address.is_loopback() || address.is_link_local(),
            Err(_) => !self.host.contains('.'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_its_origin_and_its_path() {
        let check = |text, origin: &str, path: &str| {
            let address = WebAddress::parse(text).unwrap();
            assert_eq!(
                (address.origin().as_str(), address.path.as_str()),
                (origin, path),
                "{text}"
            );
        };
        check(
            "https://WWW.a.cn:443/gsl/index.html?x=1#top",
            "https://www.a.cn",
            "/gsl/index.html",
        );
        check("www.a.cn", "https://www.a.cn", "/");
        check("http://10.0.0.8:8080/a", "http://10.0.0.8:8080", "/a");
        check("https://a.cn?x=/b", "https://a.cn", "/b");
    }

    #[test]
    fn an_intranet_is_told_from_the_internet() {
        let check = |text, expected| {
            assert_eq!(
                WebAddress::parse(text).unwrap().is_in_intranet(),
                expected,
                "{text}"
            )
        };
        check("http://10.0.0.8", true);
        check("http://portal", true);
        check("https://www.a.cn", false);
        check("http://8.8.8.8", false);
    }
}
