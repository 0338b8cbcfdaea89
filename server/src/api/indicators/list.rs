use data::page;

use crate::api::json;
use crate::http::answer::Content;
use crate::http::asked::{Asked, Parameters};
use crate::http::failure::Problem;
use crate::http::published::Published;

/// The whole catalogue.
pub fn list(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    Parameters::take(asked, &[])?;
    json(&page::indicators(&published.dataset))
}
