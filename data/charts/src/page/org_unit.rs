//! One unit: all its indicators, the units beside it, who has reported and who has not.

use data::page::{OrgUnitData, PageRequest, Place};
use data::{Indicator, Lang, Observation, label};

use super::areas::{area_list, expected, has};
use super::figures::Figures;
use super::{Body, chrome, downloads, empty};
use crate::build;
use crate::context::Context;
use crate::frame;
use crate::html::{element, escaped, lang_of_source, link, text};
use crate::sentence;
use crate::table::{self};

/// The width of a small multiple in pixels.
const SPARK: u32 = 120;

pub(crate) fn body(request: &PageRequest, data: &OrgUnitData) -> Body {
    let context = Context {
        lang: request.lang,
        indicators: &data.catalogue.indicators,
        units: &data.catalogue.units,
        org_units: std::slice::from_ref(&data.unit.org_unit),
    };
    let figures = Figures::new(&data.catalogue.indicators, &data.observations.observations);
    let to_unit = |code: String| Place::OrgUnit { code };
    let crumbs = chrome::unit_breadcrumb(request, &data.unit.ancestors, &data.unit.org_unit, &to_unit);
    let title = title(&context, data, &figures);
    let lead = lead(request, data);
    let html = [
        chrome::lead(
            &crumbs,
            &chrome::synthetic_badge(&context, &data.observations.observations),
            &title,
            &lead,
        ),
        if figures.by_indicator.is_empty() {
            empty::ways(request, &data.unit, &to_unit)
        } else {
            tables(request, &context, data, &figures)
        },
        areas(request, request.lang.words().below, &data.unit.children),
        areas(request, request.lang.words().neighbours, &data.unit.siblings),
    ];
    Body {
        description: title.clone(),
        title,
        html: html.concat(),
    }
}

fn title(context: &Context<'_>, data: &OrgUnitData, figures: &Figures<'_>) -> String {
    let name = data.unit.org_unit.name.get(context.lang);
    let reported = figures.by_indicator.len();
    let all = data.catalogue.indicators.len();
    match (reported, context.lang) {
        (0, _) => format!(
            "{name}{}{}",
            context.lang.pick("：", ": "),
            context.lang.words().nothing_reported
        ),
        (_, Lang::Zh) => format!("{name}：{all} 项指标中已有 {reported} 项"),
        (_, Lang::En) => format!("{name}: {reported} of {all} indicators reported"),
    }
}

fn lead(request: &PageRequest, data: &OrgUnitData) -> String {
    let siblings = &data.unit.siblings;
    let space = request.lang.pick("", " ");
    let who = if data.observations.observations.is_empty() {
        escaped(&empty::who(request.lang, &data.unit.org_unit)).into_owned() + space
    } else {
        String::new()
    };
    let overview = Place::Overview {
        org_unit: Some(data.unit.org_unit.code.clone()),
    };
    let overview = link(&request.at(overview).href(), request.lang.words().at_a_glance);
    let Some(parent) = data.unit.ancestors.last().filter(|_| !siblings.is_empty()) else {
        return who + &overview;
    };
    let parent = parent.name.get(request.lang);
    let all = expected(siblings).count();
    let reported = siblings.iter().filter(|child| child.observations > 0).count();
    let sentence = match request.lang {
        Lang::Zh => format!("{parent}下辖 {all} 个地区中 {reported} 个已报送。"),
        Lang::En => format!(
            "{reported} of the {all} areas of {parent} {} reported. ",
            has(reported)
        ),
    };
    who + &escaped(&sentence) + &overview
}

/// One table, so that its columns stand under each other, with a row for the name of each group.
fn tables(request: &PageRequest, context: &Context<'_>, data: &OrgUnitData, figures: &Figures<'_>) -> String {
    let words = request.lang.words();
    let mut bodies = String::new();
    for group in &data.catalogue.groups {
        let mine = figures
            .by_indicator
            .iter()
            .filter(|(indicator, _)| indicator.group == group.code);
        let rows: String = mine
            .map(|(indicator, observations)| row(request, context, indicator, observations))
            .collect();
        if !rows.is_empty() {
            let name = escaped(group.name.get(request.lang));
            bodies += &format!(
                r#"<tbody><tr class="group-name"><th scope="rowgroup" colspan="5">{name}</th></tr>{rows}</tbody>"#
            );
        }
    }
    if bodies.is_empty() {
        return String::new();
    }
    let head: String = [
        words.indicator,
        words.value,
        words.over_time,
        words.period,
        words.source,
    ]
    .iter()
    .map(|name| format!(r#"<th scope="col">{}</th>"#, escaped(name)))
    .collect();
    let unit = &data.unit.org_unit.code;
    let mut files = downloads::of(request, &downloads::query([], [unit]));
    let figures = data.observations.observations.iter();
    files.extend(downloads::whole_years(request, unit, figures));
    let files = downloads::below(request, &files);
    format!(
        r#"<div class="scroll" tabindex="0" role="region" aria-label="{name}"><table class="small-multiples"><caption>{name}</caption><thead><tr>{head}</tr></thead>{bodies}</table></div>{files}"#,
        name = escaped(words.all_indicators),
    )
}

fn row(
    request: &PageRequest,
    context: &Context<'_>,
    indicator: &Indicator,
    observations: &[&Observation],
) -> String {
    let Some(latest) = observations.iter().rev().find(|o| !o.key.period.is_opening()) else {
        return String::new();
    };
    let place = Place::Indicator {
        code: indicator.code.clone(),
        org_units: vec![latest.key.org_unit.clone()],
        year: None,
    };
    let name = link(&request.at(place).href(), context.name(&indicator.name));
    let remarks: String = table::remarks(context, latest)
        .iter()
        .map(|remark| text("small", remark))
        .collect();
    let period = label::period(&latest.key.period, latest.period_basis, context.lang);
    let source = table::placed_source(context, latest);
    format!(
        r#"<tr><th scope="row">{name}</th><td class="v">{}{remarks}</td><td class="spark">{}</td><td>{}</td><td{}>{}</td></tr>"#,
        escaped(&context.value_or_reason(latest)),
        over_time(context, observations),
        escaped(&period),
        lang_of_source(context.lang, &source),
        escaped(&source),
    )
}

/// A sparkline where points join; the change in words where there are two; nothing for a single figure.
fn over_time(context: &Context<'_>, observations: &[&Observation]) -> String {
    if let Some(chart) = build::sparkline(context, observations) {
        return frame::draw(&chart, SPARK).svg;
    }
    sentence::pair(context.indicators, observations)
        .map(|pair| {
            let from = pair
                .from
                .value
                .map(|v| context.short_value(&pair.from.key.indicator, &v))
                .unwrap_or_default();
            let what = sentence::change_phrase(&sentence::told(context, &pair), context.lang);
            let words = match context.lang {
                Lang::Zh => format!("由{from}{what}"),
                Lang::En => format!("{what} from {from}"),
            };
            element("span", "change", &escaped(&words))
        })
        .unwrap_or_default()
}

fn areas(request: &PageRequest, heading: &str, areas: &[data::api::Child]) -> String {
    if areas.is_empty() {
        return String::new();
    }
    chrome::section(
        "areas",
        heading,
        &area_list(request, areas, &|code| Place::OrgUnit { code }),
    )
}
