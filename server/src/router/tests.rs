use std::collections::HashMap;
use std::net::Ipv4Addr;

use axum::body::Body;
use http_body_util::BodyExt;
use hyper::header::{CACHE_CONTROL, COOKIE, SET_COOKIE, VARY};
use tower::ServiceExt;

use super::*;
use crate::following;
use crate::http::assets::Assets;
use crate::http::published::Published;
use crate::http::writes::Peer;
use crate::store::tests::{catalogue, publish, sample};
use crate::store::{Address, Store};

#[test]
fn every_address_is_in_the_readme() {
    let readme = include_str!("../../../README.md");
    let paths = ROUTES.iter().map(|route| route.path).chain(OTHERS);
    let personal = PERSONAL
        .iter()
        .map(|route| format!("{} {}", route.method, route.path));
    let missing: Vec<String> = paths
        .map(ToOwned::to_owned)
        .chain(personal)
        .filter(|path| !readme.contains(&format!("`{path}`")))
        .collect();
    assert!(
        missing.is_empty(),
        "README.md does not say what these answer: {missing:?}"
    );
}

/// A server on a database with the sample, and the folder that this is in.
async fn served() -> (Router, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let address = Address::Sqlite(folder.path().join("dashboard.db"));
    let store = Store::open(&address).await.unwrap();
    publish(&store, &sample()).await;
    let state = following::load(&store, Arc::unwrap_or_clone(catalogue()))
        .await
        .unwrap();
    let published = Published::new(Arc::new(state.dataset), "", Arc::new(Assets::none()));
    let published = published.reached_at("http://localhost".into());
    let app = App::new(published, String::new(), store, None);
    (router(Arc::new(app)), folder)
}

/// An address of a route that answers something: its variable parts are filled in, and what it cannot do without follows.
fn address(path: &str) -> String {
    let parts = [
        ("{indicator}", "taxpaying_firms"),
        ("/org-units/{org-unit}/{file}", "/org-units/371482/2022.xlsx"),
        ("{org-unit}/{file}", "371482/2022.csv"),
        ("{org-unit}", "371482"),
        ("/{*page}", "/org-units"),
        ("/embed/{chart}", "/embed/line"),
        ("/charts/{chart}", "/charts/line.svg"),
        ("/data/{*query}", "/data/dataflow"),
        ("/structure/{*query}", "/structure/codelist"),
    ];
    let filled = parts
        .iter()
        .fold(path.to_owned(), |path, (part, filled)| path.replace(part, filled));
    let queries = HashMap::from([
        (
            "/api/v1/rankings",
            "indicator=taxpaying_firms&parent=371400&year=2022",
        ),
        ("/api/v1/roll-ups", "org-unit=371482"),
        ("/embed/line", "indicator=taxpaying_firms&org-unit=371482"),
        ("/charts/line.svg", "indicator=taxpaying_firms&org-unit=371482"),
        (
            "/oembed",
            "url=http%3A%2F%2Flocalhost%2Fcharts%2Fline%3Findicator%3Dtaxpaying_firms",
        ),
    ]);
    match queries.get(filled.as_str()) {
        Some(query) => format!("{filled}?{query}"),
        None => filled,
    }
}

/// The headers and the body that somebody with these cookies gets.
async fn asked(router: &Router, method: &Method, address: &str, cookie: &str) -> (HeaderMap, Vec<u8>) {
    let request = Request::builder().method(method).uri(address);
    let request = request.header("host", "localhost").header(COOKIE, cookie);
    let mut request = request.body(Body::empty()).unwrap();
    request.extensions_mut().insert(Peer(Ipv4Addr::LOCALHOST.into()));
    let (head, body) = router.clone().oneshot(request).await.unwrap().into_parts();
    let body = match address {
        // It goes on.
        "/api/v1/events" => Vec::new(),
        _ => body.collect().await.unwrap().to_bytes().to_vec(),
    };
    (head.headers, body)
}

fn text<'a>(headers: &'a HeaderMap, name: &hyper::header::HeaderName) -> &'a str {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default()
}

const COOKIES: &str = "theme=dark; session=0123456789abcdef";

#[tokio::test]
async fn what_caches_may_keep_is_the_same_whoever_asks() {
    let (router, _folder) = served().await;
    let mut public = Vec::new();
    for route in ROUTES {
        let address = address(route.path);
        let (plain, body) = asked(&router, &Method::GET, &address, "").await;
        let (headers, cookie_body) = asked(&router, &Method::GET, &address, COOKIES).await;
        assert!(!headers.contains_key(SET_COOKIE), "{address}");
        let is_public = text(&plain, &CACHE_CONTROL).contains("public");
        assert_eq!(
            text(&plain, &CACHE_CONTROL),
            text(&headers, &CACHE_CONTROL),
            "{address}"
        );
        if is_public {
            assert!(!text(&plain, &VARY).contains("cookie"), "{address}");
            assert_eq!(plain, headers, "{address}");
            assert!(body == cookie_body, "{address} differs by a cookie");
            public.push(route.path);
        } else if !text(&plain, &VARY).contains("cookie") {
            assert!(
                body == cookie_body,
                "{address} differs by a cookie and does not say so"
            );
        }
    }
    for expected in ["/embed/{chart}", "/embed.js", "/oembed", "/charts/{chart}"] {
        assert!(public.contains(&expected), "{expected} is not among {public:?}");
    }
}

#[tokio::test]
async fn what_is_for_one_person_is_in_no_cache() {
    let (router, _folder) = served().await;
    let personal = PERSONAL
        .iter()
        .map(|route| (route.method.clone(), address(route.path)));
    let desk = desk::PATHS.iter().map(|path| (Method::GET, address(path)));
    for (method, address) in personal.chain(desk) {
        for cookie in ["", COOKIES] {
            let (headers, _) = asked(&router, &method, &address, cookie).await;
            assert_eq!(text(&headers, &CACHE_CONTROL), "no-store", "{method} {address}");
        }
    }
}

#[tokio::test]
async fn nothing_but_an_embed_is_framed() {
    let (router, _folder) = served().await;
    let reads = ROUTES.iter().map(|route| route.path);
    let paths = reads
        .chain(OTHERS)
        .chain(desk::PATHS)
        .chain(PERSONAL.iter().map(|route| route.path));
    for path in paths {
        let address = address(path);
        let (headers, _) = asked(&router, &Method::GET, &address, "").await;
        let policy = text(&headers, &CONTENT_SECURITY_POLICY);
        let refuses = headers.contains_key("x-frame-options") && policy.contains("frame-ancestors 'none'");
        assert_eq!(refuses, !path.starts_with("/embed/"), "{address}: {policy}");
    }
}
