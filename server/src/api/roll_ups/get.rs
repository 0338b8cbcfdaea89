use data::roll_up;

use crate::api::json;
use crate::http::answer::Content;
use crate::http::asked::{Asked, Parameters};
use crate::http::failure::Problem;
use crate::http::published::Published;

/// The figures of the units below a unit, taken together by each indicator's rule.
pub fn get(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    let org_unit = Parameters::take(asked, &["org-unit"])?.required("org-unit")?;
    let roll_ups = roll_up::roll_ups(&published.dataset, org_unit);
    json(&roll_ups.ok_or_else(|| Problem::UnknownOrgUnit(org_unit.to_owned()))?)
}
