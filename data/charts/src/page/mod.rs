//! Whole pages as HTML: what the server sends first and the app places after it, byte for byte the same.

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

/// The page of a request with its data.
pub fn render(request: &PageRequest, data: &PageData) -> Page {
    let title = data.unit_name(request.lang).unwrap_or_default().to_owned();
    Page { description: title.clone(), header: String::new(), main: format!("<h1>{title}</h1>"), footer: String::new(), title }
}
