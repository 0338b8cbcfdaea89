use std::sync::Arc;

use axum::response::Response;
use hyper::StatusCode;

use crate::accounts;
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};

/// How far a file is that the person is sending; asked again and again, because that passes through every proxy. Nothing
/// where none is under way: before its first byte and after its last row that is no fault.
pub async fn get(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    let person = accounts::reading(&app, &sent.headers).await?;
    match app.uploads.progress(&person.account.id, sent.after("uploads")) {
        Some(progress) => writes::json(StatusCode::OK, &progress),
        None => Ok(writes::done()),
    }
}
