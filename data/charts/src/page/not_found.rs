//! The page for an address that leads nowhere.

use data::page::{PageRequest, Place};

use super::{Body, chrome};
use crate::html::{escaped, items, link};

pub(crate) fn body(request: &PageRequest) -> Body {
    let words = request.lang.words();
    let way = |place: Place, words: &str| link(&request.at(place).href(), words);
    let areas = Place::OrgUnits { words: String::new() };
    let ways = [
        way(Place::Overview { org_unit: None }, words.to_overview),
        way(Place::Indicators, words.all_indicators),
        way(areas, words.all_areas),
    ];
    let top = chrome::lead("", &[], words.page_not_found, &escaped(words.page_not_found_hint));
    let html = format!(r#"{top}<ul class="ways">{}</ul>"#, items(ways));
    Body {
        title: words.page_not_found.to_owned(),
        description: words.page_not_found_hint.to_owned(),
        html,
    }
}
