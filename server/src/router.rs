//! Every address of the program.

use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::response::Response;
use axum::routing::{MethodRouter, get};
use hyper::Method;

use crate::api::{events, health, indicators, observations, org_units, page_data, rankings, roll_ups};
use crate::desk;
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::reads::{self, Read};
use crate::pages;

/// An address and what answers it.
pub struct Route {
    /// The address, its variable parts in braces.
    pub path: &'static str,
    read: Read,
}

const fn read(path: &'static str, read: Read) -> Route {
    Route { path, read }
}

/// Everything that is read. Besides there are `/healthz`, which asks the database, and the files of the app.
pub const ROUTES: [Route; 16] = [
    // For people: pages.
    read("/", pages::show),
    read("/indicators", pages::show),
    read("/indicators/{indicator}", pages::show),
    read("/org-units", pages::show),
    read("/org-units/{org-unit}", pages::show),
    // For programs: the catalogue.
    read("/api/v1/indicators", indicators::list::list),
    read("/api/v1/indicators/{indicator}", indicators::get::get),
    read("/api/v1/org-units", org_units::list::list),
    read("/api/v1/org-units/{org-unit}", org_units::get::get),
    // For programs: the observations.
    read("/api/v1/observations", observations::list::json),
    read("/api/v1/observations.json", observations::list::json),
    read("/api/v1/observations.csv", observations::list::csv),
    read("/api/v1/rankings", rankings::get::get),
    read("/api/v1/roll-ups", roll_ups::get::get),
    // For the app: what a page shows.
    read("/api/v1/pages/", page_data::get::get),
    read("/api/v1/pages/{*page}", page_data::get::get),
];

/// The addresses that are not among [`ROUTES`].
pub const OTHERS: [&str; 3] = ["/healthz", "/assets/{file}", "/api/v1/events"];

/// The router over them all; what is none of them is a page that says so, or under `/api` an error.
pub fn router(app: Arc<App>) -> Router {
    let mut router = Router::new();
    for route in ROUTES {
        router = router.route(route.path, only_read(route.read));
    }
    let [healthz, assets, events] = OTHERS;
    desk::routes(router)
        .route(healthz, get(health::get))
        .route(events, get(events::stream))
        // A file that is there was answered before the router was asked.
        .route(assets, get(no_such_address))
        .route("/api/{*path}", get(no_such_address))
        .fallback(no_such_page)
        .method_not_allowed_fallback(method_not_allowed)
        .with_state(app)
}

fn only_read(read: Read) -> MethodRouter<Arc<App>> {
    get(move |app: State<Arc<App>>, request: Request| reads::answer(app, read, request))
}

/// A browser that asked for no page gets one that says so; everything but reading is refused.
async fn no_such_page(app: State<Arc<App>>, request: Request) -> Response {
    match *request.method() {
        Method::GET | Method::HEAD => reads::answer(app, pages::show, request).await,
        _ => method_not_allowed(app, request).await,
    }
}

async fn no_such_address(app: State<Arc<App>>, request: Request) -> Response {
    reads::failed(
        &app,
        &Problem::NoSuchAddress(request.uri().path().to_owned()),
        &request,
    )
}

async fn method_not_allowed(app: State<Arc<App>>, request: Request) -> Response {
    reads::failed(
        &app,
        &Problem::MethodNotAllowed(request.method().to_string()),
        &request,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_address_is_in_the_readme() {
        let readme = include_str!("../../README.md");
        let paths = ROUTES.iter().map(|route| route.path).chain(OTHERS);
        let missing: Vec<&str> = paths
            .filter(|path| !readme.contains(&format!("`{path}`")))
            .collect();
        assert!(
            missing.is_empty(),
            "README.md does not say what these answer: {missing:?}"
        );
    }
}
