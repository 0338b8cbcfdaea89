//! The figure that an address of a chart asks for.

use data::chart::{ChartData, ChartKind, ChartRequest, Shown};
use data::{Lang, Observation, label};

use super::{absent, from_to, listed, over_time, ranking, refusal, same_axis};
use crate::build::{Subject, below, only_one};
use crate::context::Context;
use crate::figure::Figure;
use crate::page::Figures;
use crate::sentence;
use crate::table::{Table, TableRow};

/// What the words of the chart need.
pub fn context<'a>(request: &ChartRequest, data: &'a ChartData) -> Context<'a> {
    Context {
        lang: request.lang,
        indicators: &data.indicators,
        units: &data.units,
        org_units: &data.org_units,
    }
}

/// The figure. Where nothing may honestly be drawn it has no picture, and its first note says why.
///
/// A figure that stands alone says in its title what it shows; what it is of follows below.
pub fn asked(context: &Context<'_>, request: &ChartRequest, data: &ChartData) -> Figure {
    let figure = match &data.shown {
        Shown::ByUnit(units) => {
            let units: Vec<(&str, Vec<&Observation>)> = units
                .iter()
                .map(|(unit, figures)| (unit.as_str(), figures.iter().collect()))
                .collect();
            by_unit(context, request.kind, &units)
        }
        Shown::ByIndicator(figures) => by_indicator(context, request, figures),
        Shown::Ranking { ranking, chosen } => ranked(context, ranking.as_deref(), chosen),
        Shown::Below(below) => below_one(context, below.as_deref()),
    };
    let figure = figure.unwrap_or_else(|| absent::absent(context, request, data));
    let first = data
        .org_units
        .first()
        .map_or("", |unit| unit.name.get(context.lang));
    let others = data
        .of_other_levels
        .iter()
        .map(|unit| not_compared(context.lang, unit.name.get(context.lang), first));
    Figure {
        id: "chart".to_owned(),
        notes: figure.notes.into_iter().chain(others).collect(),
        is_narrow: false,
        ..figure
    }
}

/// That a unit is left out of a comparison because it stands on another level than the first one.
pub fn not_compared(lang: Lang, unit: &str, first: &str) -> String {
    match lang {
        Lang::Zh => format!("{unit}与{first}不是同一级地区，不能相比，未列入。"),
        Lang::En => format!("{unit} is not on the level of {first}; the two are not compared."),
    }
}

fn by_unit(context: &Context<'_>, kind: ChartKind, units: &[(&str, Vec<&Observation>)]) -> Option<Figure> {
    let drawn = match kind {
        ChartKind::Line => over_time(context, "chart", units),
        _ => {
            let pairs: Vec<_> = units
                .iter()
                .filter_map(|(_, figures)| sentence::pair(context.indicators, figures))
                .filter(|pair| pair.from.key.period.is_opening())
                .collect();
            from_to(context, "chart", Subject::OrgUnit, &pairs, &|_| None)
        }
    };
    let figure = drawn.or_else(|| {
        let (_, figures) = units.iter().find(|(_, figures)| !figures.is_empty())?;
        let why = match kind {
            ChartKind::Line => refusal::no_line(context, figures),
            _ => no_window(context.lang),
        };
        listed(context, units, vec![why])
    })?;
    let name = context.indicators.first()?.name.get(context.lang);
    Some(titled(context, sentence::compared(context, name, units), figure))
}

/// The figure under a sentence; what was its title until then goes before its unit.
fn titled(context: &Context<'_>, title: String, figure: Figure) -> Figure {
    let subtitle = match figure.chart {
        Some(_) => format!(
            "{}{}{}",
            figure.title,
            context.lang.pick("；", "; "),
            figure.subtitle
        ),
        None => figure.subtitle,
    };
    Figure {
        title,
        subtitle,
        ..figure
    }
}

fn no_window(lang: Lang) -> String {
    lang.pick(
        "没有同一段年份的期初与期末两个数，画不成起止图。",
        "There is no pair of an opening and a close of one span of years to draw.",
    )
    .to_owned()
}

fn by_indicator(context: &Context<'_>, request: &ChartRequest, all: &[Observation]) -> Option<Figure> {
    let figures = Figures::new(context.indicators, all);
    if request.kind == ChartKind::FromTo {
        let pairs = figures.window_pairs();
        return from_to(context, "chart", Subject::Indicator, &pairs, &|_| None)
            .map(|figure| of_unit(context, figure))
            .or_else(|| table(context, &latest(all), no_window(context.lang)));
    }
    let wanted = match request.indicators.is_empty() {
        true => figures.same_axis(context).unwrap_or_else(|| latest(all)),
        false => alike_first(context, latest(all)),
    };
    same_axis(context, "chart", &wanted, &|_| None)
        .map(|figure| of_unit(context, figure))
        .or_else(|| table(context, &wanted, refusal::no_bars(context, &wanted)))
}

/// Whose figures they are, before a title that does not say it.
fn of_unit(context: &Context<'_>, figure: Figure) -> Figure {
    let unit = context
        .org_units
        .first()
        .map_or("", |unit| unit.name.get(context.lang));
    let title = label::within_sentence(&figure.title, context.lang);
    let title = format!("{unit}{}{title}", context.lang.pick("：", ": "));
    Figure { title, ..figure }
}

/// The latest figure of each indicator, in the order asked for.
fn latest(all: &[Observation]) -> Vec<&Observation> {
    let is_latest = |at: &usize| {
        let next = all.get(at + 1);
        next.is_none_or(|next| next.key.indicator != all[*at].key.indicator)
    };
    let places = (0..all.len()).filter(is_latest);
    places.map(|at| &all[at]).collect()
}

/// The figures that most others may stand beside, then the others: the first one decides what the axis is.
fn alike_first<'a>(context: &Context<'_>, all: Vec<&'a Observation>) -> Vec<&'a Observation> {
    let alike = |one: &Observation, other: &Observation| {
        one.key.period.shares_axis(&other.key.period).is_ok()
            && refusal::other_measure(context, one, other).is_none()
    };
    let companions = |one: &&&Observation| all.iter().filter(|other| alike(one, other)).count();
    // Of several with as many the last is taken, so the first asked for comes last.
    let Some(best) = all.iter().rev().max_by_key(companions) else {
        return all;
    };
    let best = *best;
    let (same, others): (Vec<_>, Vec<_>) = all.iter().copied().partition(|other| alike(best, other));
    same.into_iter().chain(others).collect()
}

/// The figures of one unit by indicator in a table, with what stands against a picture.
fn table(context: &Context<'_>, observations: &[&Observation], why: String) -> Option<Figure> {
    let unit = context
        .org_unit_name(&observations.first()?.key.org_unit)
        .to_owned();
    let row = |o: &&Observation| TableRow::new(context, context.indicator_name(&o.key.indicator), None, o);
    Some(Figure {
        id: "chart".into(),
        title: unit,
        subtitle: context.lang.words().figures_and_sources.to_owned(),
        notes: vec![why],
        chart: None,
        table: Table {
            subject: context.lang.words().indicator.to_owned(),
            rows: observations.iter().map(row).collect(),
        },
        source: super::sources(context, observations.iter().copied()),
        actions: Vec::new(),
        downloads: Vec::new(),
        is_narrow: false,
    })
}

fn ranked(context: &Context<'_>, found: Option<&data::api::Ranking>, chosen: &[String]) -> Option<Figure> {
    let found = found?;
    let indicator = &context.indicators.first()?.code;
    let figures = || {
        let ranked = found.ranked.iter().map(|ranked| &ranked.observation);
        ranked.chain(&found.not_comparable).collect::<Vec<_>>()
    };
    let unranked = |why: String| {
        let figure = listed(context, &[("", figures())], vec![why])?;
        let name = context.indicator_name(indicator);
        let (colon, words) = (context.lang.pick("：", ": "), context.lang.words().no_ranking);
        let title = format!("{name}{colon}{}", label::within_sentence(words, context.lang));
        Some(Figure { title, ..figure })
    };
    if let Some(words) = only_one(context, found) {
        return unranked(words);
    }
    ranking(context, "chart", indicator, found, chosen, &|_| None)
        .or_else(|| unranked(refusal::no_line(context, &figures())))
}

fn below_one(context: &Context<'_>, found: Option<&data::chart::Below>) -> Option<Figure> {
    let found = found?;
    let parent = context.org_unit_name(&found.parent);
    below(context, "chart", parent, &found.whole, &found.parts, &|_| None)
}

/// The figures that the chart shows, in the order of its table: of all that were selected those that are drawn, or listed
/// where nothing may be.
pub fn shown<'a>(context: &Context<'a>, request: &ChartRequest, data: &'a ChartData) -> Vec<&'a Observation> {
    let Shown::ByIndicator(all) = &data.shown else {
        return data.observations();
    };
    let figures = Figures::new(context.indicators, all);
    match request.kind {
        ChartKind::FromTo => {
            let pairs = figures.window_pairs();
            match pairs.is_empty() {
                true => latest(all),
                false => pairs.iter().flat_map(|pair| [pair.from, pair.to]).collect(),
            }
        }
        _ if request.indicators.is_empty() => figures.same_axis(context).unwrap_or_else(|| latest(all)),
        _ => alike_first(context, latest(all)),
    }
}
