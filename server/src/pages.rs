//! The pages that people open, each whole before any script runs.

use data::api::Ranking;
use data::page::{IndicatorData, PageData, PageRequest, Place, page_data};
use hyper::StatusCode;

use crate::chart::preview;
use crate::document;
use crate::http::answer::{Content, Keep, Kind};
use crate::http::asked::Asked;
use crate::http::failure::Problem;
use crate::http::published::Published;
use crate::json_ld;

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
    let head = preview::of_page(published, &request, &page, &data);
    let described = json_ld::element(&request, &data, published);
    let body = document::html(&request, &page, (&head, &described), published, asked.theme);
    Ok(Content {
        status,
        kind: Kind::Html,
        body,
        file_name: None,
        policies: Some(published.assets.policies.clone()),
        keep: keep(&request, &data),
    })
}

/// A page with what nobody knows in its address, or with words that somebody typed, is one of endlessly many.
pub fn keep(request: &PageRequest, data: &PageData) -> Keep {
    let is_endless = match data {
        PageData::OrgUnits(search) => !search.words.is_empty(),
        PageData::Indicator(page) => !page.unknown_units.is_empty() || is_empty_year(request, page),
        _ => false,
    };
    if is_endless || !request.unknown.is_empty() {
        Keep::Briefly
    } else {
        Keep::Long
    }
}

fn is_empty_year(request: &PageRequest, page: &IndicatorData) -> bool {
    let has_figures = |ranking: &Ranking| !ranking.ranked.is_empty() || !ranking.not_comparable.is_empty();
    matches!(request.place, Place::Indicator { year: Some(_), .. })
        && !page.ranking.as_ref().is_some_and(has_figures)
}
