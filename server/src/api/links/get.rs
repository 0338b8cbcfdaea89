use std::sync::Arc;

use axum::response::Response;
use hyper::StatusCode;

use crate::accounts::links;
use crate::api::me::get::entry;
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};

/// Whose password a link sets; 404 where it can no longer be used.
pub async fn get(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    let owner = links::owner(&app, sent.after("links")).await?;
    writes::json(StatusCode::OK, &entry(owner.ok_or(Problem::LinkUsed)?))
}
