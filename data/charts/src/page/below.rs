//! What the overview of a unit says of the units below it: who has reported, and what their figures come to.

use data::api::{Child, RollUps, RolledUp};
use data::page::{OverviewData, PageRequest, Place};
use data::{Indicator, Lang, OrgUnit};

use super::areas::{area_list, expected};
use super::{chrome, downloads};
use crate::build;
use crate::context::Context;
use crate::figure::Figure;
use crate::headline::Headline;
use crate::html::{element, link, text};
use crate::order;

/// The picture that the overview of a unit without figures of its own opens with: one figure by the units below, or
/// the only unit that has reported, and beside it the prominent figures taken together.
pub(crate) fn charts(request: &PageRequest, context: &Context<'_>, data: &OverviewData) -> String {
    if !data.observations.observations.is_empty() {
        return String::new();
    }
    let prominent = prominent(request, context, data);
    let column = |html: &str| element("div", "column", html);
    match (by_unit(request, context, data), only_one(request, data)) {
        (Some(picture), _) if prominent.is_empty() => element("div", "charts", &column(&picture)),
        (Some(picture), _) => element("div", "charts", &(column(&picture) + &column(&prominent))),
        (None, Some(words)) => column(&(words + &prominent)),
        (None, None) => prominent,
    }
}

fn by_unit(request: &PageRequest, context: &Context<'_>, data: &OverviewData) -> Option<String> {
    let org_units: Vec<OrgUnit> = data
        .unit
        .children
        .iter()
        .map(|child| child.org_unit.clone())
        .collect();
    let context = Context {
        org_units: &org_units,
        ..*context
    };
    let parent = data.unit.org_unit.name.get(request.lang);
    let href = |code: &str| Some(overview(request, code));
    let key = &data.below.first()?.observation.key;
    let whole = data.roll_ups.as_ref()?.roll_ups.iter().find(|rolled| {
        rolled.observation.key.indicator == key.indicator && rolled.observation.key.period == key.period
    })?;
    let figure = build::below(&context, "below", parent, whole, &data.below, &href)?;
    let unit = &data.unit.org_unit.code;
    let mut files = downloads::whole_years(request, unit, std::iter::once(&whole.observation));
    files.push(("JSON".to_owned(), downloads::roll_ups(request, unit)));
    let figure = Figure {
        downloads: files,
        ..figure
    };
    let query = downloads::query([key.indicator.as_str()], [unit]);
    let year = key.period.end().map(data::PartialDate::year);
    let figure = downloads::with_chart(request, "below", (&query, year), figure);
    Some(figure.html(&context))
}

fn overview(request: &PageRequest, code: &str) -> String {
    let org_unit = Some(code.to_owned());
    request.at(Place::Overview { org_unit }).href()
}

/// Where one unit alone has reported, its sum is its own figures, so the way to them is what there is to show.
fn only_one(request: &PageRequest, data: &OverviewData) -> Option<String> {
    let mut reported = data.unit.children.iter().filter(|child| child.observations > 0);
    let (Some(child), None) = (reported.next(), reported.next()) else {
        return None;
    };
    let name = child.org_unit.name.get(request.lang);
    let (heading, onward) = match request.lang {
        Lang::Zh => (format!("目前只有{name}有数据"), format!("{name}的一年概览 →")),
        Lang::En => (
            format!("So far only {name} has figures"),
            format!("{name}: the year at a glance →"),
        ),
    };
    let at_a_glance = link(&overview(request, &child.org_unit.code), &onward);
    Some(format!(
        r#"<section class="figure" id="below">{}{}<p class="onward">{at_a_glance}</p></section>"#,
        text("h2", &heading),
        text("p", &only_one_sentence(request.lang, data, child)),
    ))
}

fn only_one_sentence(lang: Lang, data: &OverviewData, child: &Child) -> String {
    let parent = data.unit.org_unit.name.get(lang);
    let name = child.org_unit.name.get(lang);
    let total = expected(&data.unit.children).count();
    let count = build::count(child.observations);
    match (lang, total) {
        (Lang::Zh, 1) => format!("{parent}下辖只有{name}一个地区，共有 {count} 项数据。"),
        (Lang::En, 1) => format!("{name} is the only area of {parent}; it has {count} figures."),
        (Lang::Zh, _) => format!(
            "{parent}下辖 {total} 个地区中只有{name}报送，共有 {count} 项数据；其余 {} 个未报送，不等于零。",
            total - 1
        ),
        (Lang::En, _) => format!(
            "Of the {total} areas of {parent} only {name} has reported, {count} figures in all; the other {} have not (not reported is not zero).",
            total - 1
        ),
    }
}

/// The prominent figures of the units below taken together, the most prominent first.
fn prominent(request: &PageRequest, context: &Context<'_>, data: &OverviewData) -> String {
    let Some(roll_ups) = &data.roll_ups else {
        return String::new();
    };
    let prominence = |rolled: &RolledUp| context.indicator(&rolled.observation.key.indicator)?.prominence;
    let mine: Vec<(u8, &RolledUp)> = latest(roll_ups)
        .filter_map(|rolled| Some((prominence(rolled)?, rolled)))
        .collect();
    let cards: String = order::sorted(&mine, |(prominence, _)| f64::from(*prominence))
        .into_iter()
        .map(|(_, rolled)| card(request, context, rolled))
        .collect();
    if cards.is_empty() {
        return cards;
    }
    element("div", "headlines", &cards)
}

/// The figures of the units below taken together: the latest of each indicator of a group.
pub(crate) fn cards(
    request: &PageRequest,
    context: &Context<'_>,
    roll_ups: &RollUps,
    group: &str,
) -> Vec<String> {
    let in_group = |indicator: &Indicator| indicator.group == group;
    latest(roll_ups)
        .filter(|rolled| {
            context
                .indicator(&rolled.observation.key.indicator)
                .is_some_and(in_group)
        })
        .map(|rolled| card(request, context, rolled))
        .collect()
}

/// The latest of each indicator; the roll-ups of one stand together in order of time.
fn latest(roll_ups: &RollUps) -> impl Iterator<Item = &RolledUp> {
    let all = &roll_ups.roll_ups;
    let is_latest = |at: usize| {
        let code = &all[at].observation.key.indicator;
        all.get(at + 1)
            .is_none_or(|next| next.observation.key.indicator != *code)
    };
    all.iter()
        .enumerate()
        .filter(move |(at, _)| is_latest(*at))
        .map(|(_, rolled)| rolled)
}

fn card(request: &PageRequest, context: &Context<'_>, rolled: &RolledUp) -> String {
    let headline = Headline {
        observation: &rolled.observation,
        pair: None,
        series: &[],
        coverage: Some((rolled.contributors, rolled.of)),
    };
    let place = Place::Indicator {
        code: rolled.observation.key.indicator.clone(),
        org_units: Vec::new(),
        year: None,
    };
    headline.html(context, &request.at(place).href())
}

/// The units below, those that have reported first.
pub(crate) fn areas(request: &PageRequest, data: &OverviewData) -> String {
    if data.unit.children.is_empty() {
        return String::new();
    }
    let to = |code: String| Place::Overview { org_unit: Some(code) };
    chrome::section(
        "areas",
        request.lang.words().below,
        &area_list(request, &data.unit.children, &to),
    )
}
