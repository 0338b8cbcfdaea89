//! The search for an area, and the top of the tree where nothing is searched for.

use data::api::OrgUnitEntry;
use data::page::{MOST_FOUND, PageRequest, Place, SearchData};
use data::{Lang, OrgUnit};

use super::{Body, chrome};
use crate::build;
use crate::html::{element, escaped, link};

pub(crate) fn body(request: &PageRequest, data: &SearchData) -> Body {
    let words = request.lang.words();
    let searching = !data.words.trim().is_empty();
    let crumbs = chrome::breadcrumb(request, &[], words.org_units);
    let title = match (searching, request.lang) {
        (false, _) => words.all_areas.to_owned(),
        (true, Lang::Zh) => format!("“{}”：{}个地区", data.words, build::count(data.found.total)),
        (true, Lang::En) if data.found.total == 1 => format!("“{}”: 1 area", data.words),
        (true, Lang::En) => format!("“{}”: {} areas", data.words, build::count(data.found.total)),
    };
    let entries: Vec<String> = data
        .found
        .org_units
        .iter()
        .map(|entry| self::entry(request, entry))
        .collect();
    let list = if entries.is_empty() {
        element("p", "empty", &escaped(words.nothing_found))
    } else {
        format!(r#"<ul class="index found">{}</ul>"#, crate::html::items(entries))
    };
    let cut = if data.found.total > data.found.org_units.len() {
        let message = match request.lang {
            Lang::Zh => format!("只列出前 {MOST_FOUND} 个，请再输入几个字。"),
            Lang::En => format!("Only the first {MOST_FOUND} are listed; type a little more."),
        };
        element("p", "quiet", &escaped(&message))
    } else {
        String::new()
    };
    let html = chrome::lead(&crumbs, &[], &title, "") + &list + &cut;
    Body {
        description: title.clone(),
        title,
        html,
    }
}

fn entry(request: &PageRequest, entry: &OrgUnitEntry) -> String {
    let name = |unit: &OrgUnit| unit.name.get(request.lang).to_owned();
    let place = Place::Overview {
        org_unit: Some(entry.org_unit.code.clone()),
    };
    let here = link(&request.at(place).href(), &name(&entry.org_unit));
    // The nation is above every area and tells none of them apart.
    let path: Vec<String> = entry.ancestors.iter().skip(1).map(name).collect();
    let path = path.join(" › ");
    let space = request.lang.pick("", " ");
    let count = if entry.observations > 0 {
        format!(
            " · {}{space}{}",
            build::count(entry.observations),
            request.lang.words().figures_reported
        )
    } else {
        String::new()
    };
    format!(
        "{here} <small>{} {}{}</small>",
        escaped(&entry.org_unit.code),
        escaped(&path),
        escaped(&count)
    )
}
