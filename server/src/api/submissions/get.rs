use std::sync::Arc;

use axum::response::Response;
use hyper::StatusCode;

use super::shown;
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::Sent;

/// A submission with all that a person must see before they send or accept it.
pub async fn get(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    shown(&app, &sent, sent.after("submissions"), StatusCode::OK).await
}
