//! Source expressions, and whether an address matches one (CSP 3, 6.7.2).

use std::fmt;

use super::WebAddress;
use crate::embedding::WebScheme;

/// One of the things that a directive allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// `'none'`, which allows nothing and counts only where it stands alone.
    None,
    /// `'self'`.
    ThisSite,
    /// `*`: any address of the web.
    Any,
    /// `https:`.
    Scheme(String),
    /// `https://*.example.cn:8443/path`.
    Host(HostSource),
    /// `'unsafe-inline'`.
    UnsafeInline,
    /// `'strict-dynamic'`: then hosts count no longer.
    StrictDynamic,
    /// A nonce or a hash: of a certain tag or text.
    NonceOrHash(String),
    /// A keyword that lets no further address through, such as `'unsafe-eval'`.
    Keyword(String),
    /// A keyword without its quotes: browsers take it for the name of a host.
    Unquoted(String),
    /// What browsers pass over, because it cannot be read.
    Unreadable(String),
}

/// A host as a policy names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostSource {
    scheme: Option<String>,
    is_wildcard: bool,
    name: String,
    port: Option<Port>,
    path: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Port {
    Any,
    Number(u16),
}

const UNQUOTED: [&str; 6] = [
    "self",
    "none",
    "unsafe-inline",
    "unsafe-eval",
    "strict-dynamic",
    "data",
];

impl Source {
    /// Reads an expression. What is none is [`Source::Unreadable`], as browsers pass over it.
    pub fn parse(text: &str) -> Source {
        let lower = text.to_ascii_lowercase();
        if let Some(keyword) = lower.strip_prefix('\'') {
            return quoted(keyword.strip_suffix('\''), text);
        }
        if UNQUOTED.contains(&lower.as_str()) {
            return Source::Unquoted(lower);
        }
        if lower == "*" {
            return Source::Any;
        }
        if let Some(scheme) = lower.strip_suffix(':').filter(|scheme| is_scheme(scheme)) {
            return Source::Scheme(scheme.to_owned());
        }
        host(text).map_or_else(|| Source::Unreadable(text.to_owned()), Source::Host)
    }

    /// Whether it allows an address in a page of `page`.
    pub fn matches(&self, url: &WebAddress, page: &WebAddress) -> bool {
        match self {
            Source::Any => true,
            Source::Scheme(scheme) => scheme_matches(scheme, url.scheme),
            Source::Host(host) => host.matches(url, page),
            Source::ThisSite => is_same_site(url, page),
            _ => false,
        }
    }
}

impl HostSource {
    fn matches(&self, url: &WebAddress, page: &WebAddress) -> bool {
        let scheme = self.scheme.as_deref().unwrap_or(page.scheme.name());
        scheme_matches(scheme, url.scheme)
            && self.name_matches(&url.host)
            && self.port_matches(url)
            && path_matches(&self.path, &url.path)
    }

    fn name_matches(&self, host: &str) -> bool {
        match self.is_wildcard {
            // The host itself is not among those below it.
            true => host
                .strip_suffix(self.name.as_str())
                .is_some_and(|rest| rest.len() > 1 && rest.ends_with('.')),
            false => host == self.name,
        }
    }

    fn port_matches(&self, url: &WebAddress) -> bool {
        match self.port {
            None => url.port == url.scheme.port(),
            Some(Port::Any) => true,
            // What is allowed by http is allowed by https as well, at the port that is usual for it.
            Some(Port::Number(80)) => url.port == 80 || (url.scheme == WebScheme::Https && url.port == 443),
            Some(Port::Number(port)) => url.port == port,
        }
    }
}

impl fmt::Display for Source {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::None => formatter.write_str("'none'"),
            Source::ThisSite => formatter.write_str("'self'"),
            Source::Any => formatter.write_str("*"),
            Source::Scheme(scheme) => write!(formatter, "{scheme}:"),
            Source::Host(host) => host.fmt(formatter),
            Source::UnsafeInline => formatter.write_str("'unsafe-inline'"),
            Source::StrictDynamic => formatter.write_str("'strict-dynamic'"),
            Source::NonceOrHash(text)
            | Source::Keyword(text)
            | Source::Unreadable(text)
            | Source::Unquoted(text) => formatter.write_str(text),
        }
    }
}

impl fmt::Display for HostSource {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(scheme) = &self.scheme {
            write!(formatter, "{scheme}://")?;
        }
        formatter.write_str(if self.is_wildcard { "*." } else { "" })?;
        formatter.write_str(&self.name)?;
        match self.port {
            None => {}
            Some(Port::Any) => formatter.write_str(":*")?,
            Some(Port::Number(port)) => write!(formatter, ":{port}")?,
        }
        formatter.write_str(&self.path)
    }
}

fn quoted(keyword: Option<&str>, text: &str) -> Source {
    const HASHES: [&str; 4] = ["nonce-", "sha256-", "sha384-", "sha512-"];
    match keyword {
        Some("none") => Source::None,
        Some("self") => Source::ThisSite,
        Some("unsafe-inline") => Source::UnsafeInline,
        Some("strict-dynamic") => Source::StrictDynamic,
        // The value of a nonce or hash is in the case in which it was written.
        Some(keyword) if HASHES.iter().any(|kind| keyword.starts_with(kind)) => {
            Source::NonceOrHash(text.to_owned())
        }
        Some(keyword) if !keyword.is_empty() => Source::Keyword(text.to_owned()),
        _ => Source::Unreadable(text.to_owned()),
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|letter: char| letter.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

fn host(text: &str) -> Option<HostSource> {
    let (scheme, rest) = match text.split_once("://") {
        Some((scheme, rest)) => (Some(scheme.to_ascii_lowercase()), rest),
        None => (None, text),
    };
    if scheme.as_deref().is_some_and(|scheme| !is_scheme(scheme)) {
        return None;
    }
    let (authority, path) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
    let (name, port) = match authority.split_once(':') {
        None => (authority, None),
        Some((name, "*")) => (name, Some(Port::Any)),
        Some((name, port)) => (name, Some(Port::Number(port.parse().ok()?))),
    };
    let name = name.to_ascii_lowercase();
    let (is_wildcard, name) = match name.strip_prefix("*.") {
        Some(name) => (true, name.to_owned()),
        None => (false, name),
    };
    let is_name = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
        && !path.contains(['?', '#']);
    is_name.then(|| HostSource {
        scheme,
        is_wildcard,
        name,
        port,
        path: path.to_owned(),
    })
}

/// http stands for https as well, and never the other way (6.7.2.8, "scheme-part match").
fn scheme_matches(allowed: &str, scheme: WebScheme) -> bool {
    allowed == scheme.name()
        || (scheme == WebScheme::Https && matches!(allowed, "http" | "ws" | "wss"))
        || (scheme == WebScheme::Http && allowed == "ws")
}

fn is_same_site(url: &WebAddress, page: &WebAddress) -> bool {
    let is_usual = |address: &WebAddress| address.port == address.scheme.port();
    let is_origin = url.origin() == page.origin();
    let is_safer = url.host == page.host
        && (url.port == page.port || (is_usual(url) && is_usual(page)))
        && url.scheme == WebScheme::Https;
    is_origin || is_safer
}

/// A path with a slash at its end allows everything below it, any other itself alone (6.7.2.11).
fn path_matches(allowed: &str, path: &str) -> bool {
    let decoded = |text: &str| {
        let segments = text.split('/').map(percent_decoded);
        segments.collect::<Vec<Vec<u8>>>()
    };
    if allowed.is_empty() || (allowed == "/" && path.is_empty()) {
        return true;
    }
    let (allowed_segments, segments) = (decoded(allowed), decoded(path));
    match allowed.ends_with('/') {
        true => segments.starts_with(&allowed_segments[..allowed_segments.len() - 1]),
        false => segments == allowed_segments,
    }
}

fn percent_decoded(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let (mut out, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let hex = bytes
            .get(at + 1..at + 3)
            .and_then(|hex| std::str::from_utf8(hex).ok());
        let byte = hex
            .filter(|_| bytes[at] == b'%')
            .filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
            .and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(byte.unwrap_or(bytes[at]));
        at += if byte.is_some() { 3 } else { 1 };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> WebAddress {
        WebAddress::parse(text).unwrap()
    }

    /// In a page of https://portal.cn unless it is named.
    fn check_in(page: &str, source: &str, url: &str, expected: bool) {
        let found = Source::parse(source).matches(&address(url), &address(page));
        assert_eq!(found, expected, "{source} for {url} in {page}");
    }

    fn check(source: &str, url: &str, expected: bool) {
        check_in("https://portal.cn", source, url, expected);
    }

    #[test]
    fn a_star_is_the_whole_web_and_none_is_nothing() {
        check("*", "https://figures.cn/embed/line", true);
        check("*", "http://figures.cn/embed/line", true);
        check("'none'", "https://figures.cn/", false);
        check("'NONE'", "https://figures.cn/", false);
    }

    #[test]
    fn a_scheme_stands_for_itself_and_for_what_is_safer() {
        check("https:", "https://figures.cn/", true);
        check("HTTPS:", "https://figures.cn/", true);
        check("http:", "https://figures.cn/", true);
        check("https:", "http://figures.cn/", false);
        check("data:", "https://figures.cn/", false);
        check("wss:", "https://figures.cn/", true);
    }

    #[test]
    fn a_host_without_a_scheme_has_that_of_the_page() {
        check("figures.cn", "https://figures.cn/", true);
        check("FIGURES.cn", "https://figures.cn/", true);
        check("figures.cn", "http://figures.cn/", false);
        check_in("http://portal.cn", "figures.cn", "http://figures.cn/", true);
        check_in("http://portal.cn", "figures.cn", "https://figures.cn/", true);
        check("http://figures.cn", "https://figures.cn/", true);
        check("https://figures.cn", "http://figures.cn/", false);
        check("other.cn", "https://figures.cn/", false);
    }

    #[test]
    fn a_wildcard_is_what_is_below_and_not_the_host_itself() {
        check("*.cn", "https://figures.cn/", true);
        check("*.figures.cn", "https://a.figures.cn/", true);
        check("*.figures.cn", "https://a.b.figures.cn/", true);
        check("*.figures.cn", "https://figures.cn/", false);
        check("*.figures.cn", "https://otherfigures.cn/", false);
    }

    #[test]
    fn a_port_that_is_not_named_is_the_usual_one() {
        check("figures.cn", "https://figures.cn:8443/", false);
        check("figures.cn:8443", "https://figures.cn:8443/", true);
        check("figures.cn:*", "https://figures.cn:8443/", true);
        check("figures.cn:443", "https://figures.cn/", true);
        check("http://figures.cn:80", "https://figures.cn/", true);
        check("figures.cn:444", "https://figures.cn/", false);
    }

    #[test]
    fn a_path_is_itself_or_what_is_below_it() {
        let url = "https://figures.cn/embed/line?indicator=a";
        check("figures.cn/embed/", url, true);
        check("figures.cn/embed/line", url, true);
        check("figures.cn/%65mbed/line", url, true);
        check("figures.cn/", url, true);
        check("figures.cn/embed", url, false);
        check("figures.cn/embed/lin", url, false);
        check("figures.cn/Embed/", url, false);
        check("figures.cn/charts/", url, false);
    }

    #[test]
    fn self_is_the_origin_of_the_page_or_the_same_by_https() {
        check("'self'", "https://portal.cn/a", true);
        check("'self'", "https://portal.cn:444/a", false);
        check("'self'", "https://a.portal.cn/", false);
        check_in("http://portal.cn", "'self'", "https://portal.cn/", true);
        check_in("https://portal.cn", "'self'", "http://portal.cn/", false);
        check_in("http://portal.cn:8080", "'self'", "http://portal.cn:8080/", true);
    }

    #[test]
    fn an_address_in_an_intranet_matches_itself() {
        check_in("http://10.0.0.1", "10.0.0.8:8080", "http://10.0.0.8:8080/", true);
        check_in("http://10.0.0.1", "10.0.0.8", "http://10.0.0.8:8080/", false);
    }

    #[test]
    fn what_is_no_source_is_told_apart() {
        let check = |text: &str, expected| assert_eq!(Source::parse(text), expected, "{text}");
        check("self", Source::Unquoted("self".into()));
        check("'nonce-AbC='", Source::NonceOrHash("'nonce-AbC='".into()));
        check("'Strict-Dynamic'", Source::StrictDynamic);
        check("'unsafe-eval'", Source::Keyword("'unsafe-eval'".into()));
        for text in [
            "''",
            "'self",
            "https://",
            "a.cn:x",
            "a.cn:99999",
            "禹城.cn",
            "a.cn/x?y",
            "1:",
        ] {
            check(text, Source::Unreadable(text.into()));
        }
    }

    #[test]
    fn a_source_is_written_as_it_was_read() {
        for text in [
            "*",
            "'self'",
            "https:",
            "https://*.a.cn:*/b/",
            "a.cn:8080",
            "'nonce-AbC'",
            "'none'",
            "?!",
        ] {
            assert_eq!(Source::parse(text).to_string(), text);
        }
    }
}
