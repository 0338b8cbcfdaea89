//! Lists of areas: who has reported and who has not.

use data::Lang;
use data::api::Child;
use data::page::{PageRequest, Place};

use crate::build;
use crate::html::{element, escaped, link};

/// The units that have reported or still may: one that has closed without a figure is not waited for.
pub(crate) fn expected(areas: &[Child]) -> impl Iterator<Item = &Child> {
    areas
        .iter()
        .filter(|child| child.observations > 0 || child.org_unit.closed.is_none())
}

/// The verb that goes with a number of areas in English.
pub(super) fn has(count: usize) -> &'static str {
    if count == 1 { "has" } else { "have" }
}

/// Units as links, those that have reported first, each with the number of its figures.
pub(crate) fn area_list(request: &PageRequest, areas: &[Child], to: &dyn Fn(String) -> Place) -> String {
    let words = request.lang.words();
    let (reported, silent): (Vec<&Child>, Vec<&Child>) =
        expected(areas).partition(|child| child.observations > 0);
    let all = reported.len() + silent.len();
    let entry = |child: &&Child| {
        let name = link(
            &request.at(to(child.org_unit.code.clone())).href(),
            child.org_unit.name.get(request.lang),
        );
        if child.observations == 0 {
            return name;
        }
        let count = build::count(child.observations);
        let space = request.lang.pick("", " ");
        format!(
            "{name} <small>{count}{space}{}</small>",
            escaped(words.figures_reported)
        )
    };
    let list = |class: &str, children: &[&Child]| {
        if children.is_empty() {
            return String::new();
        }
        format!(
            r#"<ul class="{class}">{}</ul>"#,
            crate::html::items(children.iter().map(entry))
        )
    };
    let heading = match request.lang {
        Lang::Zh => format!("{all} 个地区中 {} 个已报送", reported.len()),
        Lang::En => format!(
            "{} of {all} areas {} reported",
            reported.len(),
            has(reported.len())
        ),
    };
    let unreported = if silent.is_empty() {
        String::new()
    } else {
        element("p", "quiet", &escaped(words.silent))
    };
    format!(
        "{}{}{unreported}{}",
        element("p", "quiet", &escaped(&heading)),
        list("reported", &reported),
        list("silent", &silent)
    )
}
