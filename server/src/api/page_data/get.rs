use data::page::{self, PageRequest};
use hyper::StatusCode;

use crate::api::json;
use crate::http::answer::Content;
use crate::http::asked::Asked;
use crate::http::failure::Problem;
use crate::http::published::Published;
use crate::pages;

/// What the page at an address of the app shows. A page that does not exist is an answer too, which the app shows.
pub fn get(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    let path = asked.path.strip_prefix("/api/v1/pages").unwrap_or_default();
    let request = PageRequest::parse(path, asked.pairs());
    if let Some(unknown) = request.unknown.first() {
        return Err(Problem::UnknownParameter(unknown.clone()));
    }
    let data = page::page_data(&published.dataset, &request);
    let status = if data.is_not_found() {
        StatusCode::NOT_FOUND
    } else {
        StatusCode::OK
    };
    Ok(Content {
        status,
        keep: pages::keep(&request, &data),
        ..json(&data)?
    })
}
