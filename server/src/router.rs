//! Every address of the program.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::map_response;
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, get, on, options};
use hyper::header::CONTENT_SECURITY_POLICY;
use hyper::{HeaderMap, Method};

use crate::api::{
    accounts, charts, deadlines, definitions, embedding_hosts, events, forms, health, history, indicators,
    links, me, observations, org_units, page_data, rankings, reporting, roll_ups, sessions, submissions,
    templates, tokens, uploads, vintages,
};
use crate::chart;
use crate::describe;
use crate::desk;
use crate::http::answer::Kind;
use crate::http::app::App;
use crate::http::cors;
use crate::http::failure::Problem;
use crate::http::reads::{self, Read};
use crate::http::security;
use crate::http::writes::{self, Limit, Write};
use crate::pages;
use crate::sdmx;

/// An address and what answers it.
pub struct Route {
    /// The address, its variable parts in braces.
    pub path: &'static str,
    read: Read,
}

const fn read(path: &'static str, read: Read) -> Route {
    Route { path, read }
}

/// Everything that is read. Besides there are `/healthz`, which asks the database, the events, which
/// go on, and the files of the app.
pub const ROUTES: [Route; 34] = [
    // For people: pages.
    read("/", pages::show),
    read("/indicators", pages::show),
    read("/indicators/{indicator}", pages::show),
    read("/org-units", pages::show),
    read("/org-units/{org-unit}", pages::show),
    // For programs and who writes them: what all of this answers.
    read("/api", describe::get::html),
    read("/api/v1/openapi.json", describe::get::openapi),
    // For portals, reports and programs: charts.
    read("/charts/{chart}", chart::show),
    read("/c/{chart}", chart::show),
    read("/embed/{chart}", chart::embed::show),
    read("/embed.js", chart::component::get),
    read("/oembed", chart::oembed::get),
    // For programs: the catalogue.
    read("/api/v1/indicators", indicators::list::list),
    read("/api/v1/indicators/{indicator}", indicators::get::get),
    read("/api/v1/org-units", org_units::list::list),
    read("/api/v1/org-units/{org-unit}", org_units::get::get),
    read("/api/v1/definitions", definitions::get::get),
    // For programs: the observations.
    read("/api/v1/observations", observations::list::json),
    read("/api/v1/observations.json", observations::list::json),
    read("/api/v1/observations.csv", observations::list::csv),
    read(
        "/api/v1/observations.csv-metadata.json",
        observations::metadata::get,
    ),
    read("/api/v1/observations.json-stat", observations::json_stat::get),
    read("/api/v1/observations.sdmx.csv", observations::sdmx_csv::get),
    read("/api/v1/observations.xlsx", observations::list::xlsx),
    read("/api/v1/org-units/{org-unit}/{file}", org_units::year::get),
    read("/api/v1/rankings", rankings::get::get),
    read("/api/v1/roll-ups", roll_ups::get::get),
    // For statisticians: the same by the addresses of SDMX.
    read("/sdmx/3.0/data", sdmx::data::get),
    read("/sdmx/3.0/data/{*query}", sdmx::data::get),
    read("/sdmx/3.0/structure", sdmx::structure::get),
    read("/sdmx/3.0/structure/{*query}", sdmx::structure::get),
    // For reporters: what they fill in.
    read("/api/v1/templates/{org-unit}/{file}", templates::get::get),
    // For the app: what a page shows.
    read("/api/v1/pages/", page_data::get::get),
    read("/api/v1/pages/{*page}", page_data::get::get),
];

/// A method of an address, and what answers it to one person.
pub struct PersonalRoute {
    /// The address, its variable parts in braces.
    pub path: &'static str,
    /// The method; GET answers HEAD as well.
    pub method: Method,
    /// How much of a body is read.
    pub limit: Limit,
    write: Write,
}

/// A route whose handler is an `async fn(Arc<App>, Sent) -> Result<Response, Problem>`.
macro_rules! personal {
    ($method:ident $path:literal, $handler:path) => {
        personal!($method $path, $handler, Limit::Small)
    };
    ($method:ident $path:literal, $handler:path, $limit:expr) => {
        PersonalRoute {
            path: $path,
            method: Method::$method,
            limit: $limit,
            write: |app, sent| Box::pin($handler(app, sent)),
        }
    };
}

/// Everything that changes something, and what is shown to one person: never cached, and checked for where it comes from.
pub const PERSONAL: &[PersonalRoute] = &[
    // For anybody: signing in.
    personal!(POST "/api/v1/sessions", sessions::create::create),
    personal!(GET "/api/v1/links/{token}", links::get::get),
    personal!(POST "/api/v1/links/{token}", links::redeem::redeem),
    // For anybody: charts under short addresses.
    personal!(POST "/api/v1/charts", charts::create::create),
    // For who is signed in: themselves.
    personal!(DELETE "/api/v1/sessions", sessions::delete::all),
    personal!(DELETE "/api/v1/sessions/current", sessions::delete::current),
    personal!(GET "/api/v1/me", me::get::get),
    personal!(GET "/api/v1/tokens", tokens::list::list),
    personal!(POST "/api/v1/tokens", tokens::create::create),
    personal!(DELETE "/api/v1/tokens/{id}", tokens::delete::delete),
    // For administrators: others.
    personal!(GET "/api/v1/accounts", accounts::list::list),
    personal!(POST "/api/v1/accounts", accounts::create::create),
    personal!(POST "/api/v1/accounts/{id}/assignments", accounts::assignments::give),
    personal!(DELETE "/api/v1/accounts/{id}/assignments", accounts::assignments::take),
    personal!(POST "/api/v1/accounts/{id}/links", accounts::links::create),
    personal!(POST "/api/v1/accounts/{id}/disable", accounts::disable::disable),
    personal!(DELETE "/api/v1/accounts/{id}/sessions", accounts::sessions::end),
    personal!(PUT "/api/v1/deadlines", deadlines::put::put),
    personal!(GET "/api/v1/embedding-hosts", embedding_hosts::get::get),
    personal!(PUT "/api/v1/embedding-hosts", embedding_hosts::put::put),
    // For who holds a role: by when, and who has reported.
    personal!(GET "/api/v1/deadlines", deadlines::get::get),
    personal!(GET "/api/v1/reporting", reporting::get::json),
    personal!(GET "/api/v1/reporting.csv", reporting::get::csv),
    // For anybody, and more of it for who is signed in.
    personal!(GET "/api/v1/history", history::get::get),
    personal!(GET "/api/v1/vintages", vintages::list::list),
    // For reviewers and administrators: what was published wrongly.
    personal!(GET "/api/v1/vintages/{id}", vintages::get::get),
    personal!(POST "/api/v1/vintages/{id}/undo", vintages::undo::undo),
    // For reporters and reviewers: reports on their way.
    personal!(GET "/api/v1/forms/{org-unit}/{year}", forms::get::get),
    personal!(GET "/api/v1/submissions", submissions::list::list),
    personal!(POST "/api/v1/submissions", submissions::create::create, Limit::Upload),
    personal!(GET "/api/v1/submissions/{id}", submissions::get::get),
    personal!(GET "/api/v1/submissions/{id}/file", submissions::file::get),
    personal!(GET "/api/v1/submissions/{id}/form", submissions::form::get),
    personal!(GET "/api/v1/submissions/{id}/repaired", submissions::repaired::get),
    personal!(GET "/api/v1/uploads/{id}", uploads::get::get),
    personal!(PUT "/api/v1/submissions/{id}/content", submissions::content::put, Limit::Upload),
    personal!(PUT "/api/v1/submissions/{id}/mapping", submissions::mapping::put),
    personal!(PUT "/api/v1/submissions/{id}/confirmations/{key}", submissions::confirmations::put),
    personal!(POST "/api/v1/submissions/{id}/remarks", submissions::remarks::create),
    personal!(POST "/api/v1/submissions/{id}/submit", submissions::steps::submit),
    personal!(POST "/api/v1/submissions/{id}/withdraw", submissions::steps::withdraw),
    personal!(POST "/api/v1/submissions/{id}/endorse", submissions::steps::endorse),
    personal!(POST "/api/v1/submissions/{id}/return", submissions::steps::give_back),
    personal!(POST "/api/v1/submissions/{id}/accept", submissions::accept::accept),
];

/// The addresses that are not among [`ROUTES`] and [`PERSONAL`].
pub const OTHERS: [&str; 3] = ["/healthz", "/api/v1/events", "/assets/{file}"];

/// The router over them all; what is none of them is a page that says so, or under `/api` an error.
pub fn router(app: Arc<App>) -> Router {
    let mut paths: BTreeMap<&str, MethodRouter<Arc<App>>> = BTreeMap::new();
    let mut allowed: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for route in ROUTES {
        add(&mut paths, route.path, only_read(route.read));
        allowed.entry(route.path).or_default().extend(["GET", "HEAD"]);
        if cors::is_open(route.path) {
            add(&mut paths, route.path, options(cors::preflight));
            allowed.entry(route.path).or_default().push("OPTIONS");
        }
    }
    for route in PERSONAL {
        add(&mut paths, route.path, personal(route));
        let methods = allowed.entry(route.path).or_default();
        methods.push(route.method.as_str());
        methods.extend((route.method == Method::GET).then_some("HEAD"));
    }
    let mut router = Router::new();
    for (path, methods) in paths {
        let allow = allowed.remove(path).unwrap_or_default().join(", ");
        let refuse =
            move |app: State<Arc<App>>, request: Request| method_not_allowed(app, allow.clone(), request);
        router = router.route(path, methods.fallback(refuse));
    }
    let [healthz, events, assets] = OTHERS;
    desk::routes(router)
        .route(healthz, get(health::get))
        .route(events, get(events::get))
        // A file that is there was answered before the router was asked.
        .route(assets, get(no_such_address))
        .route("/api/{*path}", get(no_such_address))
        .route("/sdmx/{*path}", get(no_such_address))
        .fallback(no_such_page)
        .method_not_allowed_fallback(|app: State<Arc<App>>, request: Request| {
            method_not_allowed(app, READING.to_owned(), request)
        })
        .layer(map_response(refuse_framing))
        .with_state(app)
}

/// What has no policy of its own, such as a redirect or the events, is framed no more than anything else.
async fn refuse_framing(mut response: Response) -> Response {
    let headers = response.headers_mut();
    if !headers.contains_key(CONTENT_SECURITY_POLICY) {
        security::protect(headers, Kind::Json, None, &HeaderMap::new());
    }
    response
}

/// What most addresses answer.
const READING: &str = "GET, HEAD";

fn add<'a>(
    paths: &mut BTreeMap<&'a str, MethodRouter<Arc<App>>>,
    path: &'a str,
    methods: MethodRouter<Arc<App>>,
) {
    let before = paths.remove(path).unwrap_or_default();
    paths.insert(path, before.merge(methods));
}

fn only_read(read: Read) -> MethodRouter<Arc<App>> {
    get(move |app: State<Arc<App>>, request: Request| reads::answer(app, read, request))
}

fn personal(route: &PersonalRoute) -> MethodRouter<Arc<App>> {
    let (write, limit) = (route.write, route.limit);
    let answer = move |app: State<Arc<App>>, request: Request| writes::answer(app, write, limit, request);
    // Only methods that axum has a filter for are in the table, which a test sees by asking each of them.
    let filter = MethodFilter::try_from(route.method.clone()).unwrap_or(MethodFilter::GET);
    on(filter, answer)
}

/// A browser that asked for no page gets one that says so; everything but reading is refused.
async fn no_such_page(app: State<Arc<App>>, request: Request) -> Response {
    let path = request.uri().path();
    match *request.method() {
        Method::GET | Method::HEAD if path.starts_with("/embed/") => {
            let problem = Problem::NoSuchAddress(path.to_owned());
            reads::failed_in_frame(&app, &problem, &request)
        }
        Method::GET | Method::HEAD => reads::answer(app, pages::show, request).await,
        _ => method_not_allowed(app, READING.to_owned(), request).await,
    }
}

async fn no_such_address(app: State<Arc<App>>, request: Request) -> Response {
    reads::failed(
        &app,
        &Problem::NoSuchAddress(request.uri().path().to_owned()),
        &request,
    )
}

async fn method_not_allowed(app: State<Arc<App>>, allow: String, request: Request) -> Response {
    let method = request.method().to_string();
    reads::failed(&app, &Problem::MethodNotAllowed { method, allow }, &request)
}

#[cfg(test)]
mod tests;
