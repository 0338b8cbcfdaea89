use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::time::Duration;

use axum::body::Body;
use http_body_util::BodyExt;
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, COOKIE, RETRY_AFTER, SET_COOKIE, VARY};
use tower::ServiceExt;

use super::*;
use crate::following;
use crate::http::assets::Assets;
use crate::http::heavy::Heavy;
use crate::http::published::Published;
use crate::http::writes::Peer;
use crate::store::tests::{catalogue, publish, sample};
use crate::store::{Address, Store, StoredChart};
use data::chart::ChartFormat;

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

/// The id of the chart that is saved there.
const ID: &str = "0123456789";

/// A server on a database with the sample and a saved chart, and the folder that this is in.
async fn served() -> (Router, tempfile::TempDir) {
    let (app, folder) = app().await;
    (router(Arc::new(app)), folder)
}

async fn app() -> (App, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let address = Address::Sqlite(folder.path().join("dashboard.db"));
    let store = Store::open(&address).await.unwrap();
    publish(&store, &sample()).await;
    let chart = StoredChart {
        id: ID.into(),
        address: "/charts/line?indicator=taxpaying_firms&org-unit=371482".into(),
        vintage: None,
    };
    store.save_chart(&chart, 1, chrono::Utc::now()).await.unwrap();
    let state = following::load(&store, Arc::unwrap_or_clone(catalogue()))
        .await
        .unwrap();
    let published = Published::new(Arc::new(state.dataset), "", Arc::new(Assets::none()));
    let published = published.reached_at("http://localhost".into());
    (App::new(published, String::new(), store, None), folder)
}

/// The addresses of a route that answer something: every format of a chart, and the saved one.
fn addresses(path: &str) -> Vec<String> {
    let files = ChartFormat::FILES.iter().map(|format| format.ending());
    let endings = std::iter::once("").chain(files);
    match path {
        "/charts/{chart}" => endings
            .map(|ending| format!("/charts/line{ending}?indicator=taxpaying_firms&org-unit=371482"))
            .collect(),
        "/c/{chart}" => endings.map(|ending| format!("/c/{ID}{ending}")).collect(),
        "/embed/{chart}" => vec![address(path), format!("/embed/{ID}")],
        _ => vec![address(path)],
    }
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
    let addresses = ROUTES.iter().flat_map(|route| addresses(route.path));
    for address in addresses {
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
            public.push(address);
        } else if !text(&plain, &VARY).contains("cookie") {
            assert!(
                body == cookie_body,
                "{address} differs by a cookie and does not say so"
            );
        }
    }
    for expected in [
        "/embed/line?",
        "/embed/0",
        "/embed.js",
        "/oembed?",
        "/charts/line.png?",
        "/c/0123456789.svg",
    ] {
        let is_public = public.iter().any(|address| address.starts_with(expected));
        assert!(is_public, "{expected} is not among {public:?}");
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
    for (path, address) in
        paths.flat_map(|path| addresses(path).into_iter().map(move |address| (path, address)))
    {
        let (headers, _) = asked(&router, &Method::GET, &address, "").await;
        let policy = text(&headers, &CONTENT_SECURITY_POLICY);
        let refuses = headers.contains_key("x-frame-options") && policy.contains("frame-ancestors 'none'");
        assert_eq!(refuses, !path.starts_with("/embed/"), "{address}: {policy}");
    }
}

/// The status of an answer, after how many seconds it says to ask again, and what it is.
async fn told(router: &Router, address: &str) -> (u16, String, String) {
    let request = Request::builder().uri(address).header("host", "localhost");
    let response = router
        .clone()
        .oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap();
    let header = |name| text(response.headers(), name).to_owned();
    (
        response.status().as_u16(),
        header(&RETRY_AFTER),
        header(&CONTENT_TYPE),
    )
}

#[tokio::test]
async fn every_format_of_a_chart_is_there_by_its_kind_and_by_its_id() {
    let (router, _folder) = served().await;
    for path in ["/charts/{chart}", "/c/{chart}", "/embed/{chart}"] {
        for address in addresses(path) {
            assert_eq!(told(&router, &address).await.0, 200, "{address}");
        }
    }
}

#[tokio::test]
async fn while_pictures_and_workbooks_wait_for_their_turn_everything_else_is_answered() {
    let (mut app, _folder) = app().await;
    app.heavy = Heavy::on(2, Duration::ZERO);
    let app = Arc::new(app);
    let router = router(app.clone());
    let turn = app.heavy.turn().await.unwrap();
    for address in [
        "/charts/line.png?indicator=taxpaying_firms&org-unit=371482".to_owned(),
        format!("/c/{ID}.png"),
        "/api/v1/observations.xlsx?org-unit=371482".to_owned(),
        "/api/v1/org-units/371482/2022.zip".to_owned(),
    ] {
        let (status, seconds, _) = told(&router, &address).await;
        assert_eq!((status, seconds.as_str()), (503, "10"), "{address}");
    }
    for (address, expected) in [
        ("/org-units", 200),
        ("/charts/line.svg?indicator=taxpaying_firms&org-unit=371482", 200),
        ("/nothing.png", 404),
        ("/charts/pie.png", 404),
    ] {
        assert_eq!(told(&router, address).await.0, expected, "{address}");
    }
    drop(turn);
    assert_eq!(
        told(&router, "/api/v1/observations.xlsx?org-unit=371482").await.0,
        200
    );
}

#[tokio::test]
async fn who_waits_too_long_for_a_maker_is_told_so_and_in_a_frame_by_a_page() {
    let (mut app, _folder) = app().await;
    app.patience = Duration::ZERO;
    let app = Arc::new(app);
    let router = router(app.clone());
    let makers = app.makers.available_permits();
    let _makers = app
        .makers
        .acquire_many(u32::try_from(makers).unwrap())
        .await
        .unwrap();
    let check = async |address: &str, media_type: &str| {
        let expected = (503, "10".to_owned(), media_type.to_owned());
        assert_eq!(told(&router, address).await, expected, "{address}");
    };
    check("/org-units", "application/json").await;
    check(
        "/embed/line?indicator=taxpaying_firms&org-unit=371482",
        "text/html; charset=utf-8",
    )
    .await;
}
