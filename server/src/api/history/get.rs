use std::sync::Arc;

use axum::response::Response;
use hyper::StatusCode;

use crate::accounts;
use crate::api::submissions::desk;
use crate::http::app::App;
use crate::http::asked::Parameters;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};
use crate::submissions::undo::for_everybody;

/// Every published state of the figures of an indicator and unit, the newest first. Who sent and accepted them is told to
/// those who are signed in, and the file to those who may see the report.
pub async fn get(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    let person = accounts::person(&app, &sent.headers).await?;
    let parameters = Parameters::take(&sent.asked, &["indicator", "org-unit"])?;
    let (indicator, org_unit) = (
        parameters.required("indicator")?,
        parameters.required("org-unit")?,
    );
    let catalogue = app.published.load().dataset.catalogue.clone();
    if catalogue.indicator(indicator).is_none() {
        return Err(Problem::UnknownIndicator(indicator.to_owned()));
    }
    if catalogue.org_units.get(org_unit).is_none() {
        return Err(Problem::UnknownOrgUnit(org_unit.to_owned()));
    }
    let mut history = app.store.history(indicator, org_unit).await?;
    for entry in &mut history {
        let published = std::mem::take(&mut entry.published);
        entry.published = match &person {
            Some(person) => desk(&app, person).for_person(published).await?,
            None => for_everybody(published),
        };
        if entry.published.submission.is_none() {
            entry.file = None;
        }
    }
    writes::json(StatusCode::OK, &history)
}
