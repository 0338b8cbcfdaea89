use data::{Phrase, rank};

use crate::api::json;
use crate::http::answer::Content;
use crate::http::asked::{Asked, Parameters};
use crate::http::failure::Problem;
use crate::http::published::Published;

/// The units below a parent by one indicator, in a year or the latest one.
pub fn get(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    let parameters = Parameters::take(asked, &["indicator", "parent", "year"])?;
    let dataset = &published.dataset;
    let (indicator, parent) = (parameters.required("indicator")?, parameters.required("parent")?);
    let year = parameters.parsed(
        "year",
        Phrase::new("年份，如 2022", "a year such as 2022"),
        |text| text.parse().ok().filter(|year| (1000..=9999).contains(year)),
    )?;
    if dataset.catalogue.indicator(indicator).is_none() {
        return Err(Problem::UnknownIndicator(indicator.to_owned()));
    }
    let ranking = rank::ranking(dataset, indicator, parent, year);
    json(&ranking.ok_or_else(|| Problem::UnknownOrgUnit(parent.to_owned()))?)
}
