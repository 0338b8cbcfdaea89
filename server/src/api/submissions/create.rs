use std::sync::Arc;

use axum::response::Response;
use data::Phrase;
use data::period::YEARS;
use hyper::StatusCode;

use super::{begin, desk, sent_file, shown};
use crate::accounts;
use crate::http::app::App;
use crate::http::asked::Parameters;
use crate::http::failure::Problem;
use crate::http::writes::Sent;

/// Makes a draft of a file or a form: 201. The same file again is the same submission: 200.
pub async fn create(app: Arc<App>, mut sent: Sent) -> Result<Response, Problem> {
    let person = accounts::signed_in(&app, &sent.headers).await?;
    let asked = sent.asked.clone();
    let parameters = Parameters::take(&asked, &["org-unit", "year"])?;
    let org_unit = parameters.required("org-unit")?;
    let year = parameters.parsed(
        "year",
        Phrase::new("年份，如 2022", "a year such as 2022"),
        |text| text.parse().ok().filter(|year| YEARS.contains(year)),
    )?;
    let year = year.ok_or(Problem::MissingParameter("year"))?;
    let desk = desk(&app, &person);
    if desk.published.catalogue.org_units.get(org_unit).is_none() {
        return Err(Problem::UnknownOrgUnit(org_unit.to_owned()));
    }
    // Before the body is read: who has no right sends nothing.
    desk.reporter(org_unit)?;
    let under = begin(&app, &person, &sent)?;
    let file = sent_file(&mut sent, &under).await?;
    let (id, is_new) = desk.create(org_unit, year, file).await?;
    let status = if is_new {
        StatusCode::CREATED
    } else {
        StatusCode::OK
    };
    shown(&app, &sent, &id, status).await
}
