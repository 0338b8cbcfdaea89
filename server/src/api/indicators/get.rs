use data::page;

use crate::api::json;
use crate::http::answer::Content;
use crate::http::asked::{Asked, Parameters};
use crate::http::failure::Problem;
use crate::http::published::Published;

/// One indicator with its group and unit.
pub fn get(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    Parameters::take(asked, &[])?;
    let detail = page::indicator_detail(&published.dataset, asked.code());
    json(&detail.ok_or_else(|| Problem::UnknownIndicator(asked.code().to_owned()))?)
}
