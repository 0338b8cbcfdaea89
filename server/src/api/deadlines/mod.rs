//! `/api/v1/deadlines`.

pub mod get;
pub mod put;

use std::collections::HashMap;

use data::api::Deadline;
use data::period::YEARS;
use data::{OrgUnits, Phrase, reporting};

use crate::http::app::App;
use crate::http::asked::Parameters;
use crate::http::failure::Problem;

/// The unit and the year that an address names.
pub fn unit_and_year<'a>(parameters: &Parameters<'a>, tree: &OrgUnits) -> Result<(&'a str, i32), Problem> {
    let org_unit = parameters.required("org-unit")?;
    if tree.get(org_unit).is_none() {
        return Err(Problem::UnknownOrgUnit(org_unit.to_owned()));
    }
    let expected = Phrase::new(
        "1900 至 2100 的年份，如 2025",
        "a year from 1900 to 2100, such as 2025",
    );
    let read = |text: &str| text.parse().ok().filter(|year| YEARS.contains(year));
    let year = parameters.parsed("year", expected, read)?;
    Ok((org_unit, year.ok_or(Problem::MissingParameter("year"))?))
}

/// The deadline that holds for a unit.
async fn deadline(app: &App, org_unit: &str, year: i32) -> Result<Deadline, Problem> {
    let set: HashMap<_, _> = app.store.deadlines(year).await?.into_iter().collect();
    let published = app.published.load();
    let tree = &published.dataset.catalogue.org_units;
    let unit = tree
        .get(org_unit)
        .ok_or_else(|| Problem::UnknownOrgUnit(org_unit.to_owned()))?;
    let holding = reporting::due(org_unit, &set, tree);
    Ok(Deadline {
        org_unit: unit.clone(),
        year,
        due: holding.map(|(due, _)| due),
        set_at: holding.map(|(_, at)| at.clone()),
    })
}
