use data::api::Definitions;

use crate::api::json;
use crate::http::answer::Content;
use crate::http::asked::{Asked, Parameters};
use crate::http::failure::Problem;
use crate::http::published::Published;

/// The groups, indicators, units of measure and org units: what a program needs that reads reports as the server does.
pub fn get(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    Parameters::take(asked, &[])?;
    let catalogue = &published.dataset.catalogue;
    json(&Definitions {
        groups: catalogue.groups.clone(),
        units: catalogue.units.clone(),
        indicators: catalogue.indicators.clone(),
        org_units: catalogue.org_units.all().to_vec(),
    })
}
