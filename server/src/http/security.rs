use hyper::header::{
    CONTENT_SECURITY_POLICY, HeaderMap, HeaderValue, REFERRER_POLICY, USER_AGENT, X_CONTENT_TYPE_OPTIONS,
};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::answer::Kind;
use super::assets::Inline;

/// What a page may load, for browsers that know the narrow word for Wasm and for those that do not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Policies {
    page: HeaderValue,
    old_page: HeaderValue,
}

impl Policies {
    /// The policies of pages with these texts inside them, which are allowed by their hashes.
    ///
    /// Everything else a page needs is from here: its script and Wasm, its pictures, its data. Nobody may frame it.
    /// `'wasm-unsafe-eval'` allows Wasm and no other evaluation; Chromium before 97 knows only the wider word.
    pub fn new(inline: &Inline) -> Policies {
        let hash = |text: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)));
        let (style, loader) = (hash(&inline.style), hash(&inline.loader));
        let policy = |wasm: &str| {
            let text = format!(
                "default-src 'none'; script-src 'self' {loader} {wasm}; style-src 'self' {style}; \
                 img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
            );
            HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(DATA))
        };
        Policies {
            page: policy("'wasm-unsafe-eval'"),
            old_page: policy("'unsafe-eval'"),
        }
    }
}

/// Data opened as a page of its own runs nothing.
const DATA: &str = "default-src 'none'; frame-ancestors 'none'";

const FIRST_WITH_WASM_UNSAFE_EVAL: u32 = 97;

/// Adds what keeps a browser from doing more with an answer than it is for.
pub fn protect(headers: &mut HeaderMap, kind: Kind, policies: Option<&Policies>, request: &HeaderMap) {
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    let policy = match (kind, policies) {
        (Kind::Asset(_), _) => return,
        (Kind::Html, Some(policies)) if is_old_chromium(request) => policies.old_page.clone(),
        (Kind::Html, Some(policies)) => policies.page.clone(),
        _ => HeaderValue::from_static(DATA),
    };
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    if kind == Kind::Html {
        headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    }
}

/// What an answer of this kind depends on.
pub fn vary(kind: Kind) -> &'static str {
    match kind {
        Kind::Html => "accept-encoding, cookie, user-agent",
        Kind::Chosen(_) => "accept, accept-encoding",
        _ => "accept-encoding",
    }
}

fn is_old_chromium(request: &HeaderMap) -> bool {
    let agent = request
        .get(USER_AGENT)
        .and_then(|agent| agent.to_str().ok())
        .unwrap_or_default();
    let version = agent
        .split_once("Chrome/")
        .and_then(|(_, rest)| rest.split('.').next()?.parse::<u32>().ok());
    version.is_some_and(|version| version < FIRST_WITH_WASM_UNSAFE_EVAL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_chromium_gets_the_word_it_knows() {
        let policy = |agent: &'static str| {
            let request = HeaderMap::from_iter([(USER_AGENT, HeaderValue::from_static(agent))]);
            let mut headers = HeaderMap::new();
            protect(
                &mut headers,
                Kind::Html,
                Some(&Policies::new(&Inline::default())),
                &request,
            );
            headers[CONTENT_SECURITY_POLICY].to_str().unwrap().to_owned()
        };
        let chromium = |version: u32| match version {
            86 => policy(
                "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/86.0.4240.111 Safari/537.36",
            ),
            _ => policy("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0.0.0 Safari/537.36"),
        };
        assert!(chromium(86).contains(" 'unsafe-eval';"));
        assert!(chromium(130).contains(" 'wasm-unsafe-eval';"));
        assert!(policy("Mozilla/5.0 Firefox/120.0").contains("'wasm-unsafe-eval'"));
    }
}
