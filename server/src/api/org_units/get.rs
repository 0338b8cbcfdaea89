use data::page;

use crate::api::json;
use crate::http::answer::Content;
use crate::http::asked::{Asked, Parameters};
use crate::http::failure::Problem;
use crate::http::published::Published;

/// One unit with what is above and below it.
pub fn get(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    Parameters::take(asked, &[])?;
    let detail = page::org_unit_detail(&published.dataset, asked.code());
    json(&detail.ok_or_else(|| Problem::UnknownOrgUnit(asked.code().to_owned()))?)
}
