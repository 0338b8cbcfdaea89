//! Whole pages as HTML: what the server sends first and the app places after it, byte for byte the same.

mod areas;
mod below;
mod chrome;
mod empty;
mod figures;
mod indicator;
mod indicators;
mod not_found;
mod org_unit;
mod org_units;
mod overview;
mod ranking;

pub(crate) use figures::Figures;

use data::page::{PageData, PageRequest};

/// A page in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// For the tab and for links to the page: what it shows, in a sentence.
    pub title: String,
    /// For search engines and link previews.
    pub description: String,
    /// The inside of `<header>`.
    pub header: String,
    /// The inside of `<main>`.
    pub main: String,
    /// The inside of `<footer>`.
    pub footer: String,
}

/// What differs from page to page inside the same frame.
pub(crate) struct Body {
    /// The sentence at the top, without markup.
    pub title: String,
    /// One or two sentences more, without markup.
    pub description: String,
    /// The inside of `<main>`.
    pub html: String,
}

/// The page of a request with its data.
pub fn render(request: &PageRequest, data: &PageData) -> Page {
    let body = match data {
        PageData::Overview(data) => overview::body(request, data),
        PageData::Indicators(data) => indicators::body(request, data),
        PageData::Indicator(data) => indicator::body(request, data),
        PageData::OrgUnits(data) => org_units::body(request, data),
        PageData::OrgUnit(data) => org_unit::body(request, data),
        PageData::NotFound => not_found::body(request),
    };
    let words = request.lang.words();
    Page {
        title: format!("{} · {}", body.title, words.site),
        description: body.description,
        header: chrome::header(request),
        main: chrome::notice(request) + &body.html,
        footer: chrome::footer(request),
    }
}
