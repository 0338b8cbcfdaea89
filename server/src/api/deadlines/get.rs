use std::sync::Arc;

use axum::response::Response;
use hyper::StatusCode;

use super::{deadline, unit_and_year};
use crate::accounts;
use crate::http::app::App;
use crate::http::asked::Parameters;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};

/// By when a unit reports a year. Deadlines are no secret among those who are signed in.
pub async fn get(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    accounts::signed_in(&app, &sent.headers).await?;
    let parameters = Parameters::take(&sent.asked, &["org-unit", "year"])?;
    let published = app.published.load_full();
    let (org_unit, year) = unit_and_year(&parameters, &published.dataset.catalogue.org_units)?;
    writes::json(StatusCode::OK, &deadline(&app, org_unit, year).await?)
}
