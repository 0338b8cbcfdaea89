//! `/healthz`.

use std::sync::Arc;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use hyper::StatusCode;
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use schemars::JsonSchema;
use serde::Serialize;

use crate::http::app::App;

/// `GET /healthz`: how the program is.
#[derive(Serialize, JsonSchema)]
pub struct Health<'a> {
    /// `ok`, or `unavailable` while the database does not answer.
    status: &'static str,
    /// The version of the program.
    version: &'static str,
    /// The version of what is published.
    dataset: &'a str,
    /// How many observations are published.
    observations: usize,
    /// How many indicators there are.
    indicators: usize,
    /// How many org units there are.
    org_units: usize,
    /// Whether any figure was made up.
    synthetic: bool,
    /// `ok`, or `unavailable`.
    database: &'static str,
}

/// Whether all is well: 200, or 503 while the database does not answer. Reading goes on without it.
pub async fn get(State(app): State<Arc<App>>, _request: Request) -> Response {
    let is_well = app.store.is_well().await;
    let published = app.published.load();
    let dataset = &published.dataset;
    let word = if is_well { "ok" } else { "unavailable" };
    let health = Health {
        status: word,
        version: env!("CARGO_PKG_VERSION"),
        dataset: &dataset.version,
        observations: dataset.len(),
        indicators: dataset.catalogue.indicators.len(),
        org_units: dataset.catalogue.org_units.all().len(),
        synthetic: dataset.is_synthetic(),
        database: word,
    };
    let mut response = Response::new(Body::from(serde_json::to_vec(&health).unwrap_or_default()));
    if !is_well {
        *response.status_mut() = StatusCode::SERVICE_UNAVAILABLE;
    }
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}
