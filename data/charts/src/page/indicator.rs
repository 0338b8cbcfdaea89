//! One indicator: over time for the units compared, and ranked for a year.

use data::page::{IndicatorData, MOST_COMPARED, PageRequest, Place};
use data::{Lang, Observation, OrgUnit, RollUp, TimeRule, label};

use super::{Body, chrome, downloads, ranking};
use crate::build;
use crate::context::Context;
use crate::figure::Figure;
use crate::html::{element, escaped, link, text};
use crate::sentence;

pub(crate) fn body(request: &PageRequest, data: &IndicatorData) -> Body {
    let org_units: Vec<OrgUnit> = data
        .compared
        .iter()
        .chain(data.ranking.iter().flat_map(|ranking| &ranking.org_units))
        .cloned()
        .collect();
    let context = Context {
        lang: request.lang,
        indicators: std::slice::from_ref(&data.detail.indicator),
        units: std::slice::from_ref(&data.detail.unit),
        org_units: &org_units,
    };
    let compared = compared(data);
    let name = data.detail.indicator.name.get(request.lang);
    let title = sentence::compared(&context, name, &compared);
    let lead = lead(&context, &compared);
    let crumbs = chrome::breadcrumb(
        request,
        &[
            (request.lang.words().indicators.to_owned(), Place::Indicators),
            (
                data.detail.group.name.get(request.lang).to_owned(),
                Place::Indicators,
            ),
        ],
        name,
    );
    let badges = chrome::synthetic_badge(&context, &data.observations.observations);
    let main = main_figure(request, &context, data, &compared);
    let ranking = ranking::html(request, &context, data);
    let charts = element("div", "charts", &(main + &ranking + &definition(request, data)));
    let html = [
        chrome::lead(&crumbs, &badges, &title, &escaped(&lead)),
        chips(request, data),
        charts,
    ];
    Body {
        description: format!("{title}{}{lead}", request.lang.pick("。", ". ")),
        title,
        html: html.concat(),
    }
}

fn compared(data: &IndicatorData) -> Vec<(&str, Vec<&Observation>)> {
    let of = |unit: &OrgUnit| {
        data.observations
            .observations
            .iter()
            .filter(|o| o.key.org_unit == unit.code)
            .collect()
    };
    data.compared
        .iter()
        .map(|unit| (unit.code.as_str(), of(unit)))
        .collect()
}

fn lead(context: &Context<'_>, compared: &[(&str, Vec<&Observation>)]) -> String {
    let Some((_, observations)) = compared.iter().find(|(_, observations)| !observations.is_empty()) else {
        return context.lang.words().not_reported_is_not_zero.to_owned();
    };
    match sentence::pair(context.indicators, observations) {
        Some(pair) => sentence::change_sentence(context, &pair),
        // The title has said the figure; what is left to say is when, and on whose word.
        None => observations
            .last()
            .map(|o| sentence::period_sentence(context, o))
            .unwrap_or_default(),
    }
}

/// The units compared, each with a link that takes it away, and the units that could be added.
fn chips(request: &PageRequest, data: &IndicatorData) -> String {
    let words = request.lang.words();
    let codes: Vec<String> = data.compared.iter().map(|unit| unit.code.clone()).collect();
    let with = |org_units: Vec<String>| {
        let year = match &request.place {
            Place::Indicator { year, .. } => *year,
            _ => None,
        };
        request
            .at(Place::Indicator {
                code: data.detail.indicator.code.clone(),
                org_units,
                year,
            })
            .href()
    };
    let chip = |unit: &OrgUnit| {
        let name = escaped(unit.name.get(request.lang)).into_owned();
        if codes.len() == 1 {
            return name;
        }
        let rest = codes.iter().filter(|code| **code != unit.code).cloned().collect();
        let label = format!("{} {name}", escaped(words.remove));
        format!(
            r#"{name} <a href="{}" aria-label="{label}" title="{label}">×</a>"#,
            escaped(&with(rest))
        )
    };
    let chips = format!(
        r#"<ul class="chips">{}</ul>"#,
        crate::html::items(data.compared.iter().map(chip))
    );
    let unknown = data.unknown_units.iter().map(|code| unknown_unit(request, code));
    let other_levels = data
        .of_other_levels
        .iter()
        .map(|unit| other_level(request, data, unit));
    let unknown: String = unknown.chain(other_levels).collect();
    if codes.len() >= MOST_COMPARED {
        return element("div", "choices", &(chips + &unknown));
    }
    let added = |code: &str| with(codes.iter().cloned().chain(Some(code.to_owned())).collect());
    let add = data.addable.iter().map(|child| {
        link(
            &added(&child.org_unit.code),
            child.org_unit.name.get(request.lang),
        )
    });
    let list = if data.addable.is_empty() {
        text("p", words.nothing_to_add)
    } else {
        format!("<ul>{}</ul>", crate::html::items(add))
    };
    let add = format!(
        r#"<details class="add"><summary>+ {}</summary>{list}</details>"#,
        escaped(words.add_area)
    );
    element("div", "choices", &(chips + &add + &unknown))
}

fn unknown_unit(request: &PageRequest, code: &str) -> String {
    let message = match request.lang {
        Lang::Zh => format!("没有代码为“{code}”的地区，已忽略。"),
        Lang::En => format!("There is no area with the code “{code}”; it was ignored."),
    };
    element("p", "notice", &escaped(&message))
}

fn other_level(request: &PageRequest, data: &IndicatorData, unit: &OrgUnit) -> String {
    let first = data
        .compared
        .first()
        .map_or("", |unit| unit.name.get(request.lang));
    let message = build::not_compared(request.lang, unit.name.get(request.lang), first);
    element("p", "notice", &escaped(&message))
}

fn main_figure(
    request: &PageRequest,
    context: &Context<'_>,
    data: &IndicatorData,
    compared: &[(&str, Vec<&Observation>)],
) -> String {
    let indicator = &data.detail.indicator.code;
    let pairs: Vec<_> = compared
        .iter()
        .filter_map(|(_, observations)| sentence::pair(context.indicators, observations))
        .collect();
    let lines = build::over_time(context, "over-time", compared);
    let drawn =
        lines.or_else(|| build::from_to(context, "from-to", build::Subject::OrgUnit, &pairs, &|_| None));
    let Some(figure) = drawn.or_else(|| build::listed(context, compared, Vec::new())) else {
        return String::new();
    };
    let words = request.lang.words();
    let units = data.compared.iter().map(|unit| &unit.code);
    let query = downloads::query([indicator.as_str()], units);
    let kind = if figure.id == "over-time" {
        "line"
    } else {
        "from-to"
    };
    let figure = Figure {
        downloads: downloads::of(request, &query),
        actions: vec![(words.history.to_owned(), history(request.lang, data, indicator))],
        ..figure
    };
    match figure.chart {
        Some(_) => downloads::with_chart(request, kind, (&query, None), figure).html(context),
        None => figure.html(context),
    }
}

/// The past of the figures of the unit that stands first.
fn history(lang: Lang, data: &IndicatorData, indicator: &str) -> String {
    let unit = data.compared.first().map_or("", |unit| &unit.code);
    let query = format!("indicator={indicator}&org-unit={unit}");
    match lang {
        Lang::Zh => format!("/history?{query}"),
        Lang::En => format!("/history?{query}&lang=en"),
    }
}

fn definition(request: &PageRequest, data: &IndicatorData) -> String {
    let words = request.lang.words();
    let indicator = &data.detail.indicator;
    let unit = &data.detail.unit;
    let roll_up = match indicator.roll_up {
        RollUp::Sum => words.sum,
        RollUp::None => words.no_roll_up,
        RollUp::Mean => words.mean,
        RollUp::Ratio => words.ratio_of_sums,
        RollUp::Maximum => words.maximum,
    };
    let time = match indicator.time_rule {
        TimeRule::Stock => words.stock,
        TimeRule::Flow => words.flow,
    };
    let entries = [
        (words.unit, request.lang.pick(&unit.zh, &unit.en_many)),
        (words.group, data.detail.group.name.get(request.lang)),
        (words.time_rule, time),
        (words.roll_up_rule, roll_up),
        (words.code, &indicator.code),
    ];
    let version = version(request, data);
    let list: String = entries
        .iter()
        .map(|(term, value)| (*term, *value))
        .chain(
            data.detail
                .whole
                .as_ref()
                .map(|whole| (words.part_of, whole.get(request.lang))),
        )
        .chain(
            version
                .as_deref()
                .map(|version| (words.definition_version, version)),
        )
        .map(|(term, value)| text("dt", term) + &text("dd", value))
        .collect();
    let definition = text("p", indicator.definition.get(request.lang));
    chrome::section(
        "definition",
        words.definition,
        &format!("{definition}<dl>{list}</dl>"),
    )
}

/// Which version of the definition holds and since when, where there has been more than one.
fn version(request: &PageRequest, data: &IndicatorData) -> Option<String> {
    let indicator = &data.detail.indicator;
    let since = label::date(*indicator.definition_since.last()?, request.lang);
    let version = label::definition_version(indicator.definition_version, request.lang);
    Some(match request.lang {
        Lang::Zh => format!("{version}，{since}起"),
        Lang::En => format!("{version}, from {since} on"),
    })
}
