//! Whole pages as HTML: what the server sends first and the app places after it, byte for byte the same.

mod areas;
mod below;
mod chrome;
mod downloads;
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

use data::page::{PageData, PageRequest, Place};

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
        header: chrome::header(request, &request.in_lang(request.lang.other()).href()),
        main: chrome::notice(request) + &body.html,
        footer: chrome::footer(request),
    }
}

/// The frame of a page that the app does not draw, without its title and its inside; `other` is the page in the other
/// language.
pub fn around(request: &PageRequest, other: &str) -> Page {
    Page {
        title: String::new(),
        description: String::new(),
        header: chrome::header(request, other),
        main: String::new(),
        footer: chrome::footer(request),
    }
}

/// The top of such a page: where the reader is, its heading, and a few words below it.
pub fn top(request: &PageRequest, heading: &str, lead: &str) -> String {
    let words = request.lang.words();
    let above = [(words.indicators.to_owned(), Place::Indicators)];
    let crumbs = chrome::breadcrumb(request, &above, heading);
    chrome::notice(request) + &chrome::lead(&crumbs, &[], heading, &crate::html::escaped(lead))
}
