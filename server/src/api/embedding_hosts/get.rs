use std::sync::Arc;

use axum::response::Response;
use hyper::StatusCode;

use super::in_force;
use crate::accounts;
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};

/// The hosts that may frame charts, for those who decide on it.
pub async fn get(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    let (person, _) = accounts::in_session(&app, &sent.headers).await?;
    person.top_administrator(&app.published.load().dataset.catalogue.org_units)?;
    writes::json(StatusCode::OK, &in_force(&app))
}
