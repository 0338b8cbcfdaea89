//! What is said of a unit that has reported nothing: who would report, and where to go instead.

use data::api::OrgUnitDetail;
use data::page::{PageRequest, Place};
use data::{Lang, Level, OrgUnit};

use crate::build;
use crate::html::{escaped, items, link};

use super::chrome;

/// The most units beside it that are named; a page of all areas has the others.
const MOST_NAMED: usize = 12;

/// Who would report, in a sentence.
pub(crate) fn who(lang: Lang, unit: &OrgUnit) -> String {
    let name = unit.name.get(lang);
    match (unit.level, lang) {
        (Level::National | Level::Province | Level::Prefecture, Lang::Zh) => {
            format!("{name}的数据由下辖各地工商联报送，在此合计。")
        }
        (Level::National | Level::Province | Level::Prefecture, Lang::En) => {
            format!(
                "Figures of {name} are reported by the federations of the areas below it and taken together here."
            )
        }
        (Level::County | Level::Township, Lang::Zh) => format!("{name}的数据由{name}工商联每年报送。"),
        (Level::County | Level::Township, Lang::En) => {
            format!("Figures of {name} are reported once a year by its federation of industry and commerce.")
        }
        (Level::Chamber, Lang::Zh) => format!("{name}的数据由该商会每年报送。"),
        (Level::Chamber, Lang::En) => format!("Figures of {name} are reported once a year by the chamber."),
    }
}

/// Where a reader finds figures instead: the units beside it that have some, the unit above, and what is reported.
pub(crate) fn ways(request: &PageRequest, detail: &OrgUnitDetail, to: &dyn Fn(String) -> Place) -> String {
    let words = request.lang.words();
    let space = request.lang.pick("", " ");
    let way = |unit: &OrgUnit, more: &str| {
        let href = request.at(to(unit.code.clone())).href();
        format!(
            "{} <small>{}</small>",
            link(&href, unit.name.get(request.lang)),
            escaped(more)
        )
    };
    let beside = detail
        .siblings
        .iter()
        .filter(|child| child.observations > 0)
        .take(MOST_NAMED)
        .map(|child| {
            let count = build::count(child.observations);
            let more = format!(
                "{}{space}{count}{space}{}",
                words.neighbour_with, words.figures_reported
            );
            way(&child.org_unit, &more)
        });
    let above = detail.ancestors.last().map(|unit| way(unit, words.unit_above));
    let catalogue = link(&request.at(Place::Indicators).href(), words.what_is_reported);
    let list = items(beside.chain(above).chain(Some(catalogue)));
    chrome::section("ways", words.where_next, &format!("<ul>{list}</ul>"))
}
