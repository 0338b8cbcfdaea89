use std::fmt;
use std::net::Ipv4Addr;
use std::str::FromStr;

use super::punycode;
use crate::Lang;

/// A host whose pages may frame charts: `https://www.example.gov.cn`, `*.yucheng.gov.cn`, `10.0.0.8:8080`.
///
/// It is written into a header, so it consists of letters, digits, `-`, `.`, `:`, `/` and `*` alone, by its construction.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EmbeddingHost {
    scheme: Option<WebScheme>,
    is_wildcard: bool,
    name: String,
    port: Option<u16>,
}

/// How a page is fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum WebScheme {
    /// Plain.
    Http,
    /// By TLS.
    Https,
}

impl WebScheme {
    /// `http` or `https`.
    pub fn name(self) -> &'static str {
        match self {
            WebScheme::Http => "http",
            WebScheme::Https => "https",
        }
    }

    /// The scheme of this name, in any case.
    pub fn from_name(name: &str) -> Option<WebScheme> {
        let mut all = [WebScheme::Http, WebScheme::Https].into_iter();
        all.find(|scheme| scheme.name().eq_ignore_ascii_case(name))
    }

    /// The port where none is named.
    pub fn port(self) -> u16 {
        match self {
            WebScheme::Http => 80,
            WebScheme::Https => 443,
        }
    }
}

/// Why a text is no host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostError {
    /// There is nothing.
    Empty,
    /// It is longer than any address.
    TooLong,
    /// A character that separates, quotes or ends something in a header, or a space.
    Character(char),
    /// Neither `http` nor `https`.
    Scheme(String),
    /// A name or password before the host.
    UserInfo,
    /// `*` alone: then the list is left empty.
    Anywhere,
    /// `*` elsewhere than as the first label.
    Wildcard,
    /// Browsers take no IPv6 address in this header.
    Ipv6,
    /// No number from 1 to 65535.
    Port(String),
    /// Letters that are neither ASCII nor Han.
    Script,
    /// No name of a host, and no IPv4 address.
    Name(String),
}

/// A browser's address bar takes no more, and no portal needs that.
const LONGEST: usize = 2000;

/// The longest name of a host and of a label in it (RFC 1035, 2.3.4).
const LONGEST_NAME: usize = 253;
const LONGEST_LABEL: usize = 63;

impl FromStr for EmbeddingHost {
    type Err = HostError;

    /// Reads a host, or the address of any page of it, whose path is left out.
    fn from_str(text: &str) -> Result<EmbeddingHost, HostError> {
        let text: String = text.trim().chars().map(narrow).collect();
        if text.is_empty() {
            return Err(HostError::Empty);
        }
        if text.len() > LONGEST {
            return Err(HostError::TooLong);
        }
        if let Some(wrong) = text.chars().find(|letter| breaks_out(*letter)) {
            return Err(HostError::Character(wrong));
        }
        let (scheme, rest) = scheme_and_rest(&text)?;
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let (name, port) = name_and_port(authority)?;
        let port = port.filter(|port| scheme.is_none_or(|scheme| scheme.port() != *port));
        let (is_wildcard, name) = match name.strip_prefix("*.") {
            Some(name) => (true, name),
            None => (false, name),
        };
        Ok(EmbeddingHost {
            scheme,
            is_wildcard,
            name: host_name(name, is_wildcard)?,
            port,
        })
    }
}

impl fmt::Display for EmbeddingHost {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(self.scheme, formatter)
    }
}

impl EmbeddingHost {
    /// As a source of a content security policy. Without a scheme of its own a source would have that of our page, and a
    /// portal by plain http could not frame a chart by https; `http` stands for both (CSP 3, 6.7.2.8).
    pub fn source(&self) -> String {
        struct Source<'a>(&'a EmbeddingHost);
        impl fmt::Display for Source<'_> {
            fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                let scheme = self.0.scheme.unwrap_or(WebScheme::Http);
                self.0.write(Some(scheme), formatter)
            }
        }
        Source(self).to_string()
    }

    /// The scheme, where one is named.
    pub fn scheme(&self) -> Option<WebScheme> {
        self.scheme
    }

    /// The name, where it is that of one host and not of all below one.
    pub fn one_host(&self) -> Option<&str> {
        (!self.is_wildcard).then_some(self.name.as_str())
    }

    /// The port, where one is named that is not the usual one of the scheme.
    pub fn port(&self) -> Option<u16> {
        self.port
    }

    fn write(&self, scheme: Option<WebScheme>, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(scheme) = scheme {
            write!(formatter, "{}://", scheme.name())?;
        }
        if self.is_wildcard {
            formatter.write_str("*.")?;
        }
        formatter.write_str(&self.name)?;
        self.port.map_or(Ok(()), |port| write!(formatter, ":{port}"))
    }
}

impl HostError {
    /// What is wrong, as a clause for who typed it.
    pub fn words(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.in_chinese(),
            Lang::En => self.in_english(),
        }
    }

    fn in_chinese(&self) -> String {
        match self {
            HostError::Empty => "没有内容".into(),
            HostError::TooLong => "太长".into(),
            HostError::Character(found) => {
                format!(
                    "含有{}；只写一个地址，不加空格、引号和标点",
                    shown(*found, Lang::Zh)
                )
            }
            HostError::Scheme(found) => format!("协议“{found}”不可用，只能是 http 或 https，也可以不写"),
            HostError::UserInfo => "不能含有用户名或密码（@）".into(),
            HostError::Anywhere => "要允许任何网站，请把名单清空".into(),
            HostError::Wildcard => "* 只能作为最前面的一段，如 *.yucheng.gov.cn".into(),
            HostError::Ipv6 => "浏览器在此处不接受 IPv6 地址，请用主机名".into(),
            HostError::Port(found) => format!("端口“{found}”不是 1 至 65535 的数字"),
            HostError::Script => "含有汉字和英文以外的文字，请写成 xn-- 开头的形式".into(),
            HostError::Name(found) => format!("“{found}”不是主机名，应如 www.example.gov.cn 或 10.0.0.8"),
        }
    }

    fn in_english(&self) -> String {
        match self {
            HostError::Empty => "there is nothing".into(),
            HostError::TooLong => "it is too long".into(),
            HostError::Character(found) => format!(
                "it holds {}; write one address, without spaces, quotes and commas",
                shown(*found, Lang::En)
            ),
            HostError::Scheme(found) => format!("`{found}` cannot be the scheme; write http, https or none"),
            HostError::UserInfo => "it holds a name or a password (@)".into(),
            HostError::Anywhere => "to allow any site leave the list empty".into(),
            HostError::Wildcard => "* may only be the first label, as in *.yucheng.gov.cn".into(),
            HostError::Ipv6 => "browsers take no IPv6 address here; write the name of the host".into(),
            HostError::Port(found) => format!("the port `{found}` is no number from 1 to 65535"),
            HostError::Script => {
                "it holds letters that are neither Latin nor Chinese; write its form with xn--".into()
            }
            HostError::Name(found) => {
                format!("`{found}` is no name of a host, such as www.example.gov.cn or 10.0.0.8")
            }
        }
    }
}

fn shown(letter: char, lang: Lang) -> String {
    match letter {
        _ if letter.is_whitespace() => lang.pick("空格", "a space").to_owned(),
        _ if letter.is_control() => lang.pick("控制字符", "a control character").to_owned(),
        _ => format!("“{letter}”"),
    }
}

/// Full-width forms, which an input method leaves behind, as the letters they stand for.
fn narrow(letter: char) -> char {
    match letter {
        '\u{3002}' | '\u{ff61}' => '.',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        _ => letter,
    }
}

fn breaks_out(letter: char) -> bool {
    letter.is_whitespace()
        || letter.is_control()
        || matches!(
            letter,
            '"' | '\'' | '`' | ';' | ',' | '<' | '>' | '\\' | '\u{3001}'
        )
}

/// The scheme, where the text begins with one; another address in its query is none.
fn scheme_and_rest(text: &str) -> Result<(Option<WebScheme>, &str), HostError> {
    let is_name = |name: &str| !name.contains(['/', '?', '#']);
    match text.split_once("://").filter(|(name, _)| is_name(name)) {
        Some((name, rest)) => match WebScheme::from_name(name) {
            Some(scheme) => Ok((Some(scheme), rest)),
            None => Err(HostError::Scheme(name.to_owned())),
        },
        None => Ok((None, text.strip_prefix("//").unwrap_or(text))),
    }
}

fn name_and_port(authority: &str) -> Result<(&str, Option<u16>), HostError> {
    if authority.contains('@') {
        return Err(HostError::UserInfo);
    }
    if authority.starts_with('[') || authority.matches(':').count() > 1 {
        return Err(HostError::Ipv6);
    }
    let Some((name, port)) = authority.split_once(':') else {
        return Ok((authority, None));
    };
    let number = port.parse::<u16>().ok().filter(|number| *number > 0);
    // `parse` would also take a sign.
    let number = number.filter(|_| port.bytes().all(|byte| byte.is_ascii_digit()));
    match number {
        Some(number) => Ok((name, Some(number))),
        None => Err(HostError::Port(port.to_owned())),
    }
}

/// A name as the network writes it: lower case, Chinese labels encoded, no dot at its end.
fn host_name(name: &str, is_wildcard: bool) -> Result<String, HostError> {
    let wrong = || HostError::Name(name.to_owned());
    if name == "*" {
        return Err(HostError::Anywhere);
    }
    if name.contains('*') {
        return Err(HostError::Wildcard);
    }
    let name = name.strip_suffix('.').unwrap_or(name).to_lowercase();
    let labels = name
        .split('.')
        .map(|label| punycode::to_ascii(label).ok_or(HostError::Script));
    let labels: Vec<String> = labels.collect::<Result<_, _>>()?;
    let joined = labels.join(".");
    let is_number = |label: &String| label.bytes().all(|byte| byte.is_ascii_digit());
    let is_address = labels.last().is_some_and(is_number);
    let is_fit = match is_address {
        true => !is_wildcard && joined.parse::<Ipv4Addr>().is_ok(),
        false => joined.len() <= LONGEST_NAME && labels.iter().all(|label| is_label(label)),
    };
    is_fit.then_some(joined).ok_or_else(wrong)
}

fn is_label(label: &str) -> bool {
    (1..=LONGEST_LABEL).contains(&label.len())
        && label
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<String, HostError> {
        text.parse().map(|host: EmbeddingHost| host.to_string())
    }

    #[test]
    fn a_host_is_read_as_people_write_it() {
        let check = |text, expected: &str| assert_eq!(read(text).as_deref(), Ok(expected), "{text}");
        check("https://www.example.gov.cn", "https://www.example.gov.cn");
        check("  WWW.Example.GOV.cn. ", "www.example.gov.cn");
        check("*.yucheng.gov.cn", "*.yucheng.gov.cn");
        check("HTTPS://*.yucheng.gov.cn:8443", "https://*.yucheng.gov.cn:8443");
        check("10.0.0.8:8080", "10.0.0.8:8080");
        check("http://10.0.0.8", "http://10.0.0.8");
        check("portal", "portal");
        check("//a.cn", "a.cn");
        check("https://a.cn:443", "https://a.cn");
        check("http://a.cn:443", "http://a.cn:443");
        check("a.cn:80", "a.cn:80");
    }

    #[test]
    fn a_pasted_address_of_a_page_is_its_origin() {
        let check = |text, expected: &str| assert_eq!(read(text).as_deref(), Ok(expected), "{text}");
        check(
            "https://www.example.gov.cn/gsl/2022/index.html?id=3#top",
            "https://www.example.gov.cn",
        );
        check("www.example.gov.cn/", "www.example.gov.cn");
        check("a.cn?x=https://b.cn", "a.cn");
    }

    #[test]
    fn a_chinese_name_is_written_as_the_network_writes_it() {
        let check = |text, expected: &str| assert_eq!(read(text).as_deref(), Ok(expected), "{text}");
        check("https://禹城.中国/", "https://xn--uis320f.xn--fiqs8s");
        check("ｗｗｗ。a．cn：８０８０", "www.a.cn:8080");
        check("https://xn--fiqs8s.cn", "https://xn--fiqs8s.cn");
        assert_eq!(read("bücher.de"), Err(HostError::Script));
    }

    #[test]
    fn nothing_breaks_out_of_the_header() {
        let check = |text, found| assert_eq!(read(text), Err(HostError::Character(found)), "{text}");
        check("a.cn; script-src *", ';');
        check("a.cn;script-src", ';');
        check("a.cn b.cn", ' ');
        check("https://a.cn/ b.cn", ' ');
        check("a.cn,b.cn", ',');
        check("a.cn，b.cn", ',');
        check("a.cn、b.cn", '、');
        check("'self'", '\'');
        check("\"a.cn\"", '"');
        check("a.cn\r\nSet-Cookie: a", '\r');
        check("a.cn\u{0}", '\u{0}');
        check("a.cn\u{3000}b.cn", '\u{3000}');
    }

    #[test]
    fn what_is_no_host_is_refused_with_its_reason() {
        let check = |text: &str, expected| assert_eq!(read(text), Err(expected), "{text}");
        check("", HostError::Empty);
        check("ftp://a.cn", HostError::Scheme("ftp".into()));
        check("file:///a", HostError::Scheme("file".into()));
        check("https://li:1@a.cn", HostError::UserInfo);
        check("*", HostError::Anywhere);
        check("https://*/", HostError::Anywhere);
        check("a.*.cn", HostError::Wildcard);
        check("*a.cn", HostError::Wildcard);
        check("*.*.cn", HostError::Wildcard);
        check("[::1]:80", HostError::Ipv6);
        check("fe80::1", HostError::Ipv6);
        check("a.cn:0", HostError::Port("0".into()));
        check("a.cn:+80", HostError::Port("+80".into()));
        check("a.cn:65536", HostError::Port("65536".into()));
        check("data:text/html", HostError::Port("text".into()));
        check("a_b.cn", HostError::Name("a_b.cn".into()));
        check("-a.cn", HostError::Name("-a.cn".into()));
        check("a..cn", HostError::Name("a..cn".into()));
        check("https://", HostError::Name(String::new()));
        check("10.0.0.256", HostError::Name("10.0.0.256".into()));
        check("*.0.0.8", HostError::Name("0.0.8".into()));
        check("a\u{200b}.cn", HostError::Script);
        check(&"a".repeat(64), HostError::Name("a".repeat(64)));
        check(&"a".repeat(2001), HostError::TooLong);
    }

    #[test]
    fn without_a_scheme_it_stands_for_both() {
        let source = |text: &str| text.parse::<EmbeddingHost>().map(|host| host.source());
        assert_eq!(source("*.a.cn").as_deref(), Ok("http://*.a.cn"));
        assert_eq!(source("https://a.cn").as_deref(), Ok("https://a.cn"));
    }
}
