use hyper::header::{
    CONTENT_SECURITY_POLICY, HeaderMap, HeaderName, HeaderValue, REFERRER_POLICY, USER_AGENT,
    X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use data::embedding::EmbeddingHosts;
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
    /// Everything else a page needs is from here: its script and Wasm, its pictures, its data, the embeds that it previews.
    /// Nobody may frame it.
    /// `'wasm-unsafe-eval'` allows Wasm and no other evaluation; Chromium before 97 knows only the wider word.
    pub fn new(inline: &Inline) -> Policies {
        Policies::with(inline, &[], &[])
    }

    /// The same of pages that have more sheets and scripts inside them.
    pub fn with(inline: &Inline, styles: &[&str], scripts: &[&str]) -> Policies {
        let hashes = |first: &str, more: &[&str]| {
            let all = std::iter::once(first).chain(more.iter().copied());
            all.map(hash).collect::<Vec<_>>().join(" ")
        };
        let (style, loader) = (hashes(&inline.style, styles), hashes(&inline.loader, scripts));
        let policy = |wasm: &str| {
            let text = format!(
                "default-src 'none'; script-src 'self' {loader} {wasm}; style-src 'self' {style}; \
                 img-src 'self' data:; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'self'; \
                 frame-ancestors 'none'"
            );
            HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(DATA))
        };
        Policies {
            page: policy("'wasm-unsafe-eval'"),
            old_page: policy("'unsafe-eval'"),
        }
    }

    /// The policies of a page that others frame, with these texts inside it: no more than they say, and pictures from here.
    /// It has nothing to fetch, to send or to frame. These hosts may frame it.
    pub fn of_embed(inline: &[InlineText<'_>], hosts: &EmbeddingHosts) -> Policies {
        let hashes = |of: fn(&InlineText<'_>) -> Option<String>| {
            let hashes: Vec<String> = inline.iter().filter_map(of).collect();
            match hashes.as_slice() {
                [] => "'none'".to_owned(),
                hashes => hashes.join(" "),
            }
        };
        let styles = hashes(|text| match text {
            InlineText::Style(style) => Some(hash(style)),
            InlineText::Script(_) => None,
        });
        let scripts = hashes(|text| match text {
            InlineText::Script(script) => Some(hash(script)),
            InlineText::Style(_) => None,
        });
        let text = format!(
            "default-src 'none'; script-src {scripts}; style-src {styles}; img-src 'self' data:; base-uri 'none'; \
             form-action 'none'; {}",
            hosts.frame_ancestors()
        );
        let page = HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(DATA));
        Policies {
            old_page: page.clone(),
            page,
        }
    }
}

/// A text inside a page that is allowed by its hash: exactly what stands between the tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InlineText<'a> {
    /// In a `<style>`.
    Style(&'a str),
    /// In a `<script>`.
    Script(&'a str),
}

fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// Data opened as a page of its own runs nothing.
const DATA: &str = "default-src 'none'; frame-ancestors 'none'";

/// Lets a page that is isolated from other origins (`Cross-Origin-Embedder-Policy`) load this.
const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// A page that is isolated frames only what says the same of itself. An embed loads nothing from elsewhere, so it can.
const EMBEDDER_POLICY: HeaderName = HeaderName::from_static("cross-origin-embedder-policy");

const FIRST_WITH_WASM_UNSAFE_EVAL: u32 = 97;

/// Adds what keeps a browser from doing more with an answer than it is for.
pub fn protect(headers: &mut HeaderMap, kind: Kind, policies: Option<&Policies>, request: &HeaderMap) {
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if kind.is_for_portals() {
        headers.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
    }
    match kind {
        Kind::Embed => headers.insert(EMBEDDER_POLICY, HeaderValue::from_static("require-corp")),
        // Browsers that know `frame-ancestors` pass over this; for the others nothing of ours is framed but embeds.
        _ => headers.insert(X_FRAME_OPTIONS, HeaderValue::from_static("DENY")),
    };
    let policy = match (kind, policies) {
        // The policy of a worker is that of its script.
        (Kind::Asset(_), _) => return,
        (Kind::Html, Some(policies)) if is_old_chromium(request) => policies.old_page.clone(),
        (Kind::Html | Kind::Embed, Some(policies)) => policies.page.clone(),
        _ => HeaderValue::from_static(DATA),
    };
    headers.insert(CONTENT_SECURITY_POLICY, policy);
    let referrer = match kind {
        Kind::Html => "same-origin",
        // Its links lead to our own pages, which learn no more of a portal than its name.
        Kind::Embed => "strict-origin-when-cross-origin",
        _ => return,
    };
    headers.insert(REFERRER_POLICY, HeaderValue::from_static(referrer));
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

    fn headers(kind: Kind, policies: &Policies) -> HeaderMap {
        let mut headers = HeaderMap::new();
        protect(&mut headers, kind, Some(policies), &HeaderMap::new());
        headers
    }

    #[test]
    fn only_an_embed_is_framed_and_by_the_hosts_listed() {
        let check = |hosts: &[&str], expected: &str| {
            let hosts = EmbeddingHosts::read(hosts.iter().copied()).unwrap();
            let inline = [InlineText::Style("a{}"), InlineText::Script("1")];
            let headers = headers(Kind::Embed, &Policies::of_embed(&inline, &hosts));
            assert!(!headers.contains_key(X_FRAME_OPTIONS));
            let policy = headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
            assert!(policy.ends_with(expected), "{policy}");
            assert_eq!(policy.matches("'sha256-").count(), 2, "{policy}");
        };
        check(&[], "; frame-ancestors *");
        check(
            &["https://a.cn", "*.b.cn"],
            "; frame-ancestors 'self' https://a.cn http://*.b.cn",
        );
        let page = Policies::new(&Inline::default());
        for kind in [
            Kind::Json,
            Kind::Csv,
            Kind::Xlsx,
            Kind::Html,
            Kind::OEmbed,
            Kind::Asset("image/svg+xml"),
        ] {
            assert_eq!(headers(kind, &page)[X_FRAME_OPTIONS], "DENY", "{kind:?}");
        }
        for kind in [Kind::Json, Kind::Html, Kind::OEmbed] {
            let headers = headers(kind, &page);
            let policy = headers[CONTENT_SECURITY_POLICY].to_str().unwrap();
            assert!(policy.contains("frame-ancestors 'none'"), "{kind:?}: {policy}");
        }
    }

    #[test]
    fn an_embed_without_script_allows_none() {
        let policies = Policies::of_embed(&[InlineText::Style("a{}")], &EmbeddingHosts::default());
        let policy = &headers(Kind::Embed, &policies)[CONTENT_SECURITY_POLICY];
        assert!(
            policy
                .to_str()
                .unwrap()
                .contains("script-src 'none'; style-src 'sha256-")
        );
    }
}
