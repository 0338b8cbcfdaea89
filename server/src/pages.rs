//! The pages that people open, each whole before any script runs.

use data::page::{PageRequest, page_data};
use hyper::StatusCode;

use crate::document;
use crate::http::answer::{Content, Kind};
use crate::http::asked::Asked;
use crate::http::failure::Problem;
use crate::http::published::Published;

/// The page at an address; one that says so where there is none.
pub fn show(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    let request = PageRequest::parse(&asked.path, asked.pairs());
    let data = page_data(&published.dataset, &request);
    let page = charts::page::render(&request, &data);
    let status = if data.is_not_found() {
        StatusCode::NOT_FOUND
    } else {
        StatusCode::OK
    };
    let body = document::html(&request, &page, &published.assets);
    Ok(Content {
        status,
        kind: Kind::Html,
        body,
        file_name: None,
        policies: Some(published.assets.policies.clone()),
    })
}
