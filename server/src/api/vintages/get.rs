use std::sync::Arc;

use axum::response::Response;
use hyper::StatusCode;

use super::number;
use crate::accounts;
use crate::api::submissions::desk;
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};

/// A vintage, and what undoing it would change now: for who has the right to.
pub async fn get(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    let person = accounts::signed_in(&app, &sent.headers).await?;
    let vintage = number(&sent)?;
    writes::json(StatusCode::OK, &desk(&app, &person).show_vintage(vintage).await?)
}
