use std::sync::Arc;

use axum::response::Response;
use data::api::FormBasis;
use data::period::YEARS;
use data::{Dataset, Origin};
use hyper::StatusCode;

use crate::accounts;
use crate::api::submissions;
use crate::http::app::App;
use crate::http::asked::Parameters;
use crate::http::encoding::Encoding;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};
use crate::state;

/// Some 7 MB of JSON and a quarter of a second in a browser: all of a prefecture, and of a province with few years. Of larger
/// parts of the tree only the unit's own figures are sent.
const MOST_FIGURES: usize = 20_000;

/// What a report is checked with; for those who may send it.
pub async fn get(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    let person = accounts::signed_in(&app, &sent.headers).await?;
    Parameters::take(&sent.asked, &[])?;
    let no_such = || Problem::NoSuchAddress(sent.asked.path.clone());
    let org_unit = sent.after("forms").to_owned();
    let year = sent.after(&org_unit).parse().ok();
    let year = year.filter(|year| YEARS.contains(year)).ok_or_else(no_such)?;
    let desk = submissions::desk(&app, &person);
    if desk.published.catalogue.org_units.get(&org_unit).is_none() {
        return Err(Problem::UnknownOrgUnit(org_unit));
    }
    desk.reporter(&org_unit)?;
    let report = desk.report(&org_unit, year).await?;
    let (published, encoding) = (desk.published.clone(), Encoding::accepted(&sent.headers));
    let made = tokio::task::spawn_blocking(move || {
        let (figures, is_whole) = figures(&published, &org_unit);
        let basis = FormBasis {
            org_unit,
            year,
            vintage: state::vintage(&published),
            today: report.today,
            mapping: report.mapping,
            figures,
            is_whole,
        };
        writes::json_in(encoding, StatusCode::OK, &basis)
    });
    made.await.unwrap_or(Err(Problem::Internal))
}

/// What is published of a unit and of all below it, or where that is too much of the unit alone. What is derived is
/// computed anew by whoever has the rest.
fn figures(published: &Dataset, org_unit: &str) -> (Vec<data::Observation>, bool) {
    let tree = &published.catalogue.org_units;
    let units: Vec<&str> = tree
        .below(org_unit)
        .into_iter()
        .map(|unit| unit.code.as_str())
        .collect();
    let rows_of = |codes: &[&str]| {
        let units = codes.iter().filter_map(|code| tree.index(code));
        let units: Vec<usize> = units.collect();
        let all = (0..published.catalogue.indicators.len())
            .flat_map(|indicator| units.iter().map(move |unit| (indicator, *unit)));
        let rows = all.flat_map(|(indicator, unit)| published.unit_rows(indicator, unit));
        rows.filter(|row| published.origin(*row) != Origin::Derived)
            .collect::<Vec<usize>>()
    };
    let whole = rows_of(&units);
    let is_whole = whole.len() <= MOST_FIGURES;
    let rows = if is_whole { whole } else { rows_of(&[org_unit]) };
    let figures = rows.into_iter().map(|row| published.observation(row));
    (figures.collect(), is_whole)
}
