use crate::embedding::csp::{Delivery, Policy};

/// What was pasted: a portal's response headers from `curl -I` or a browser, its HTML, or a policy alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Pasted {
    /// Its policies, in their order.
    pub policies: Vec<Policy>,
    /// The value of `Cross-Origin-Embedder-Policy`, where it isolates the portal from others.
    pub isolation: Option<String>,
    /// Whether it has `X-Frame-Options`.
    pub has_frame_options: bool,
    /// Whether it has `Permissions-Policy` or `Feature-Policy`.
    pub has_permissions: bool,
    /// Whether there was nothing but space.
    pub is_empty: bool,
    /// Whether anything of a header or a policy was found.
    pub is_understood: bool,
}

/// Why what was pasted is not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PastedError {
    /// It has this many bytes.
    TooLong(usize),
    /// It holds a control character.
    Control(char),
    /// It has this many policies.
    TooMany(usize),
}

/// The most policies that are looked at; a page has one or two.
pub const MOST_POLICIES: usize = 20;

/// The longest text that is looked at, in bytes: servers send 8 or 16 KB of headers at most, and a page of HTML fits as well.
pub const LONGEST_PASTED: usize = 128 << 10;

/// The headers that are looked at.
const HEADERS: [&str; 6] = [
    "content-security-policy",
    "content-security-policy-report-only",
    "x-frame-options",
    "cross-origin-embedder-policy",
    "permissions-policy",
    "feature-policy",
];

impl Pasted {
    /// Reads what was pasted. What is none of the headers that matter is passed over.
    pub fn read(text: &str) -> Result<Pasted, PastedError> {
        if text.len() > LONGEST_PASTED {
            return Err(PastedError::TooLong(text.len()));
        }
        let is_strange = |letter: &char| letter.is_control() && !matches!(letter, '\r' | '\n' | '\t');
        if let Some(strange) = text.chars().find(is_strange) {
            return Err(PastedError::Control(strange));
        }
        let mut pasted = Pasted {
            is_empty: text.trim().is_empty(),
            ..Pasted::default()
        };
        for (name, value) in headers(text) {
            pasted.take(&name, &value);
        }
        for policy in metas(text) {
            pasted.add(&policy, Delivery::Meta);
        }
        if !pasted.is_understood && is_policy(text) {
            pasted.add(&text.replace(['\r', '\n'], " "), Delivery::Header);
        }
        match pasted.policies.len() {
            many if many > MOST_POLICIES => Err(PastedError::TooMany(many)),
            _ => Ok(pasted),
        }
    }

    fn take(&mut self, name: &str, value: &str) {
        self.is_understood = true;
        match name {
            "content-security-policy" => self.add(value, Delivery::Header),
            "content-security-policy-report-only" => self.add(value, Delivery::ReportOnly),
            "x-frame-options" => self.has_frame_options = true,
            "permissions-policy" | "feature-policy" => self.has_permissions = true,
            "cross-origin-embedder-policy" => {
                let value = value.split(';').next().unwrap_or_default().trim();
                let isolates = ["require-corp", "credentialless"].contains(&value);
                self.isolation = isolates.then(|| value.to_owned());
            }
            _ => {}
        }
    }

    fn add(&mut self, text: &str, delivery: Delivery) {
        self.is_understood = true;
        self.policies.extend(Policy::parse_all(text, delivery));
    }
}

/// The headers among the lines: `Name: value`, or the name and the value on a line each, as some browsers copy them. A line
/// that begins with a space goes on with the one before.
fn headers(text: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    let mut is_open = false;
    for line in text.lines() {
        if is_open && line.starts_with([' ', '\t']) {
            if let Some((_, value)) = found.last_mut() {
                value.push(' ');
                value.push_str(line.trim());
            }
            continue;
        }
        let line = line.trim().trim_start_matches("< ");
        let name = line
            .split(':')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase();
        if HEADERS.contains(&name.as_str()) {
            let value = line.split_once(':').map_or("", |(_, value)| value.trim());
            found.push((name, value.to_owned()));
            is_open = true;
            continue;
        }
        // A name alone before it.
        let waits = is_open && found.last().is_some_and(|(_, value)| value.is_empty());
        if let Some((_, value)) = found.last_mut().filter(|_| waits) {
            line.clone_into(value);
        }
        is_open = false;
    }
    found
}

/// The policies in the `<meta>` elements of a page.
fn metas(text: &str) -> Vec<String> {
    let lower = text.to_ascii_lowercase();
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = lower[from..].find("<meta") {
        let start = from + at;
        let end = tag_end(&text[start..]).map_or(text.len(), |length| start + length);
        let tag = &text[start..end];
        let is_policy = attribute(tag, "http-equiv")
            .is_some_and(|value| value.trim().eq_ignore_ascii_case("content-security-policy"));
        if let Some(content) = attribute(tag, "content").filter(|_| is_policy) {
            found.push(content);
        }
        from = end.max(start + 5);
    }
    found
}

/// Where a tag ends: at the first `>` outside of quotes.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, letter) in tag.char_indices() {
        match (quote, letter) {
            (None, '"' | '\'') => quote = Some(letter),
            (None, '>') => return Some(at + 1),
            (Some(open), letter) if open == letter => quote = None,
            _ => {}
        }
    }
    None
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let mut from = 0;
    loop {
        let at = from + lower[from..].find(name)?;
        from = at + name.len();
        let is_whole = lower[..at]
            .ends_with(|letter: char| letter.is_whitespace() || matches!(letter, '"' | '\'' | '/'));
        let rest = tag[from..].trim_start();
        let Some(value) = rest.strip_prefix('=').filter(|_| is_whole) else {
            continue;
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''));
        let value = match quote {
            Some(quote) => value[1..].split(quote).next(),
            None => value
                .split(|letter: char| letter.is_whitespace() || letter == '>')
                .next(),
        };
        return value.map(unescaped);
    }
}

/// The character references that stand in a policy.
fn unescaped(text: &str) -> String {
    let quotes = text
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&apos;", "'");
    quotes.replace("&quot;", "\"").replace("&amp;", "&")
}

/// Whether a text is the value of the header alone.
fn is_policy(text: &str) -> bool {
    let first = text.split_ascii_whitespace().next().unwrap_or_default();
    let name = first.trim_end_matches(';').to_ascii_lowercase();
    let others = [
        "sandbox",
        "upgrade-insecure-requests",
        "block-all-mixed-content",
        "frame-ancestors",
        "base-uri",
    ];
    name.ends_with("-src") || others.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policies(text: &str) -> Vec<(Delivery, String)> {
        let pasted = Pasted::read(text).unwrap();
        let told = pasted
            .policies
            .iter()
            .map(|policy| (policy.delivery, policy.text()));
        told.collect()
    }

    fn check(text: &str, delivery: Delivery, expected: &str) {
        assert_eq!(policies(text), [(delivery, expected.to_owned())], "{text}");
    }

    #[test]
    fn headers_are_read_as_curl_and_browsers_copy_them() {
        use Delivery::{Header, ReportOnly};
        check(
            "HTTP/2 200\r\nServer: nginx\r\nContent-Security-Policy: frame-src a.cn\r\n\r\n",
            Header,
            "frame-src a.cn",
        );
        check("content-security-policy:frame-src a.cn", Header, "frame-src a.cn");
        check(
            "< content-security-policy: frame-src a.cn\n<",
            Header,
            "frame-src a.cn",
        );
        check(
            "server\nnginx\ncontent-security-policy\nframe-src a.cn\nvary\ncookie",
            Header,
            "frame-src a.cn",
        );
        check(
            "content-security-policy:\nframe-src https://a.cn\netag:\n\"1\"",
            Header,
            "frame-src https://a.cn",
        );
        check(
            "Content-Security-Policy: frame-src a.cn;\n  img-src b.cn\nVary: x",
            Header,
            "frame-src a.cn; img-src b.cn",
        );
        check(
            "Content-Security-Policy-Report-Only: frame-src a.cn",
            ReportOnly,
            "frame-src a.cn",
        );
        check(
            "default-src 'self';\nimg-src *",
            Header,
            "default-src 'self'; img-src *",
        );
    }

    #[test]
    fn several_policies_are_several() {
        let text = "Content-Security-Policy: frame-src a.cn, img-src b.cn\nContent-Security-Policy: sandbox";
        let texts: Vec<String> = policies(text).into_iter().map(|(_, text)| text).collect();
        assert_eq!(texts, ["frame-src a.cn", "img-src b.cn", "sandbox"]);
    }

    #[test]
    fn a_meta_is_found_in_html() {
        use Delivery::Meta;
        let html = "<html><meta charset=utf-8><META content=\"img-src 'self' > b.cn\" HTTP-EQUIV='Content-Security-Policy'>";
        check(html, Meta, "img-src 'self' > b.cn");
        check(
            "<meta http-equiv=Content-Security-Policy content=\"frame-src &#39;self&#39;\">",
            Meta,
            "frame-src 'self'",
        );
        for text in [
            "<meta",
            "<meta http-equiv=refresh content=0>",
            "<metacontent=",
            "<meta http-equiv>",
        ] {
            assert_eq!(policies(text), [], "{text}");
        }
    }

    #[test]
    fn what_else_matters_is_told() {
        let text = "X-Frame-Options: DENY\nCross-Origin-Embedder-Policy: require-corp; report-to=\"a\"\nPermissions-Policy: a=()";
        let pasted = Pasted::read(text).unwrap();
        assert_eq!(pasted.isolation.as_deref(), Some("require-corp"));
        assert!(pasted.has_frame_options && pasted.has_permissions && pasted.is_understood);
        let pasted = Pasted::read("Cross-Origin-Embedder-Policy: unsafe-none").unwrap();
        assert_eq!(pasted.isolation, None);
        assert!(!Pasted::read("hello").unwrap().is_understood);
        assert!(!Pasted::read("").unwrap().is_understood);
    }

    #[test]
    fn what_is_hostile_is_refused() {
        let long = "a".repeat(LONGEST_PASTED + 1);
        assert_eq!(Pasted::read(&long), Err(PastedError::TooLong(LONGEST_PASTED + 1)));
        assert_eq!(Pasted::read("a\u{0}"), Err(PastedError::Control('\u{0}')));
        assert_eq!(Pasted::read("a\u{1b}[2J"), Err(PastedError::Control('\u{1b}')));
        let many = format!("content-security-policy: {}", "img-src a, ".repeat(1000));
        assert_eq!(Pasted::read(&many), Err(PastedError::TooMany(1000)));
        let nested = "<meta ".repeat(20_000);
        assert!(Pasted::read(&nested).is_ok());
    }
}
