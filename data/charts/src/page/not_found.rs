//! The page for an address that leads nowhere.

use data::page::{PageRequest, Place};

use super::Body;
use crate::html::{element, escaped, link, text};

pub(crate) fn body(request: &PageRequest) -> Body {
    let words = request.lang.words();
    let home = request.at(Place::Overview { org_unit: None });
    let html = format!(
        "{}{}{}",
        text("h1", words.page_not_found),
        element("p", "lead", &escaped(words.page_not_found_hint)),
        element("p", "more", &link(&home.href(), words.to_overview)),
    );
    Body {
        title: words.page_not_found.to_owned(),
        description: words.page_not_found_hint.to_owned(),
        html: element("div", "top", &html),
    }
}
