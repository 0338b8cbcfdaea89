//! The overview: a unit's year at a glance.

use data::page::{OverviewData, PageRequest, Place};
use data::{Lang, Observation, Origin, label};

use super::areas::has;
use super::figures::{Figures, Prominent};
use super::{Body, below, chrome, downloads, empty};
use crate::build;
use crate::context::Context;
use crate::figure::Figure;
use crate::headline::Headline;
use crate::html::{element, escaped, link, menu, text};
use crate::sentence;

pub(crate) fn body(request: &PageRequest, data: &OverviewData) -> Body {
    let context = Context {
        lang: request.lang,
        indicators: &data.catalogue.indicators,
        units: &data.catalogue.units,
        org_units: std::slice::from_ref(&data.unit.org_unit),
    };
    let figures = Figures::new(&data.catalogue.indicators, &data.observations.observations);
    let title = title(&context, data, &figures);
    let is_empty = figures.by_indicator.is_empty() && !has_reports_below(data);
    let lead = if is_empty {
        escaped(&empty::who(request.lang, &data.unit.org_unit)).into_owned()
    } else {
        lead(&context, &figures)
    };
    let to_unit = |code: String| Place::Overview { org_unit: Some(code) };
    let crumbs = chrome::unit_breadcrumb(request, &data.unit.ancestors, &data.unit.org_unit, &to_unit);
    let html = [
        chrome::lead(&crumbs, &badges(&context, data), &title, &lead),
        charts(request, &context, &figures),
        below::charts(request, &context, data),
        below::areas(request, data),
        groups(request, &context, data, &figures),
        if is_empty {
            empty::ways(request, &data.unit, &to_unit)
        } else {
            more(request, data)
        },
    ];
    let description = if lead.is_empty() {
        title.clone()
    } else {
        plain(&lead)
    };
    Body {
        title,
        description,
        html: html.concat(),
    }
}

fn has_reports_below(data: &OverviewData) -> bool {
    data.roll_ups
        .as_ref()
        .is_some_and(|roll_ups| roll_ups.reported > 0)
}

fn title(context: &Context<'_>, data: &OverviewData, figures: &Figures<'_>) -> String {
    let name = data.unit.org_unit.name.get(context.lang);
    let colon = context.lang.pick("：", ": ");
    if let Some(pair) = figures.prominent().iter().find_map(|prominent| prominent.pair) {
        let change = label::within_sentence(&sentence::change_title(context, &pair), context.lang);
        return format!("{name}{colon}{change}");
    }
    if let Some(observation) = figures.prominent().first().map(|prominent| prominent.latest) {
        let indicator = context.indicator_name(&observation.key.indicator);
        let space = context.lang.pick("", " ");
        return format!(
            "{name}{colon}{indicator}{space}{}",
            context.value_or_reason(observation)
        );
    }
    match (&data.roll_ups, context.lang) {
        (Some(roll_ups), Lang::Zh) if roll_ups.reported == roll_ups.total => {
            format!("{name}：{} 个下辖地区都已报送", roll_ups.total)
        }
        (Some(roll_ups), Lang::En) if roll_ups.reported == roll_ups.total => {
            format!("{name}: all {} areas have reported", roll_ups.total)
        }
        (Some(roll_ups), Lang::Zh) if roll_ups.reported > 0 => {
            format!(
                "{name}：{} 个下辖地区中 {} 个已报送",
                roll_ups.total, roll_ups.reported
            )
        }
        (Some(roll_ups), Lang::En) if roll_ups.reported > 0 => {
            format!(
                "{name}: {} of {} areas {} reported",
                roll_ups.reported,
                roll_ups.total,
                has(roll_ups.reported)
            )
        }
        _ if figures.by_indicator.is_empty() => {
            format!("{name}{colon}{}", context.lang.words().nothing_reported)
        }
        _ => name.to_owned(),
    }
}

/// Up to four sentences on the prominent figures, the numbers set off.
fn lead(context: &Context<'_>, figures: &Figures<'_>) -> String {
    let sentences = figures.prominent().into_iter().map(
        |Prominent {
             latest: observation,
             pair,
             ..
         }| {
            let (sentence, value) = match &pair {
                Some(pair) => (
                    sentence::change_sentence(context, pair),
                    context.value_or_reason(pair.to),
                ),
                None => (
                    short_sentence(context, observation),
                    context.value_or_reason(observation),
                ),
            };
            let (sentence, value) = (escaped(&sentence).into_owned(), escaped(&value).into_owned());
            sentence.replacen(&value, &format!("<b>{value}</b>"), 1)
        },
    );
    sentence::joined(&sentences.take(4).collect::<Vec<_>>(), context.lang)
}

fn short_sentence(context: &Context<'_>, observation: &Observation) -> String {
    let name = context.indicator_name(&observation.key.indicator);
    let value = context.value_or_reason(observation);
    let period = label::short_period(&observation.key.period, observation.period_basis, context.lang);
    match context.lang {
        Lang::Zh => format!("{name}{value}（{period}）。"),
        Lang::En => format!("{name}: {value} ({period})."),
    }
}

fn plain(html: &str) -> String {
    html.replace("<b>", "").replace("</b>", "")
}

fn badges(context: &Context<'_>, data: &OverviewData) -> Vec<String> {
    let observations = &data.observations.observations;
    let mut badges = Vec::new();
    let latest = observations
        .iter()
        .filter(|o| !o.key.period.is_opening())
        .filter_map(|o| o.key.period.end())
        .max_by_key(|end| (end.year(), end.precision(), end.last_day()));
    if let Some(latest) = latest {
        let space = context.lang.pick("", " ");
        badges.push(format!(
            "{}{space}{}",
            context.lang.words().as_of,
            label::date(latest, context.lang)
        ));
    }
    let rolled = data
        .roll_ups
        .iter()
        .flat_map(|roll_ups| &roll_ups.roll_ups)
        .map(|rolled| &rolled.observation);
    if observations
        .iter()
        .chain(rolled)
        .any(|o| o.origin == Origin::Synthetic)
    {
        badges.push(context.lang.words().synthetic.to_owned());
    }
    badges
}

/// Beside each other: how the unit changed, with the prominent figures below it, and what it did in one period.
fn charts(request: &PageRequest, context: &Context<'_>, figures: &Figures<'_>) -> String {
    let href = |code: &str| Some(figures.href(request, code));
    let pairs = figures.window_pairs();
    let with_files = |kind: &str, indicators: &[&'_ Observation], figure: Figure| {
        let codes = indicators.iter().map(|o| o.key.indicator.as_str());
        let unit = indicators.first().map(|o| &o.key.org_unit);
        let query = downloads::query(codes, unit);
        // A chart of several indicators chooses them as the page does, whatever is reported later.
        let chart = match kind {
            "line" => query.clone(),
            _ => downloads::query([], unit),
        };
        let figure = Figure {
            downloads: downloads::of(request, &query),
            ..figure
        };
        downloads::with_chart(request, kind, (&chart, None), figure)
    };
    let from_to = build::from_to(context, "from-to", build::Subject::Indicator, &pairs, &href);
    let from_to = from_to.map(|figure| {
        let ends: Vec<&Observation> = pairs.iter().map(|pair| pair.to).collect();
        with_files("from-to", &ends, figure)
    });
    let change = from_to.or_else(|| {
        let first = figures
            .prominent()
            .into_iter()
            .find(|prominent| prominent.pair.is_some())?;
        build::over_time(
            context,
            "over-time",
            &[(&first.latest.key.org_unit, first.series.to_vec())],
        )
        .map(|figure| with_files("line", &[first.latest], figure))
    });
    let same = figures.same_axis(context).and_then(|same| {
        Some(with_files(
            "bar",
            &same,
            build::same_axis(context, "same-axis", &same, &href)?,
        ))
    });
    let html = |figure: Option<Figure>| figure.map(|figure| figure.html(context)).unwrap_or_default();
    let first = html(change) + &key_figures(request, context, figures);
    let columns: String = [first, html(same)]
        .iter()
        .filter(|html| !html.is_empty())
        .map(|html| element("div", "column", html))
        .collect();
    if columns.is_empty() {
        columns
    } else {
        element("div", "charts", &columns)
    }
}

/// The prominent figures behind the first, which the chart above them shows.
fn key_figures(request: &PageRequest, context: &Context<'_>, figures: &Figures<'_>) -> String {
    let card = |Prominent { latest, series, pair }: Prominent<'_, '_>| {
        let href = figures.href(request, &latest.key.indicator);
        Headline {
            observation: latest,
            pair,
            series,
            coverage: None,
        }
        .html(context, &href)
    };
    let cards: String = figures.prominent().into_iter().skip(1).map(card).collect();
    if cards.is_empty() {
        cards
    } else {
        element("div", "headlines", &cards)
    }
}

fn groups(
    request: &PageRequest,
    context: &Context<'_>,
    data: &OverviewData,
    figures: &Figures<'_>,
) -> String {
    let mut html = String::new();
    for group in &data.catalogue.groups {
        let mine = figures
            .by_indicator
            .iter()
            .filter(|(indicator, _)| indicator.group == group.code);
        let own = mine.filter_map(|(indicator, observations)| {
            let observation = observations.iter().rev().find(|o| !o.key.period.is_opening())?;
            let headline = Headline {
                observation,
                pair: sentence::pair(context.indicators, observations),
                series: observations,
                coverage: None,
            };
            let href = figures.href(request, &indicator.code);
            Some(headline.html(context, &href))
        });
        let rolled = data
            .roll_ups
            .iter()
            .flat_map(|roll_ups| below::cards(request, context, roll_ups, &group.code));
        let mut cards = own.chain(rolled);
        if let Some(first) = cards.next() {
            // The cards of all groups flow in one grid; a heading stands in the cell of its group's first card, so
            // that it is never parted from it.
            let heading = text("h2", group.name.get(request.lang));
            let first = element("div", "first", &(heading + &first));
            html += &element("section", "group", &(first + &cards.collect::<String>()));
        }
    }
    if html.is_empty() {
        return html;
    }
    element("div", "headlines groups", &html)
}

/// The figures of the unit, and of those below it taken together.
fn figures(data: &OverviewData) -> impl Iterator<Item = &Observation> {
    let below = data.roll_ups.iter().flat_map(|found| &found.roll_ups);
    let below = below.map(|rolled| &rolled.observation);
    data.observations.observations.iter().chain(below)
}

fn more(request: &PageRequest, data: &OverviewData) -> String {
    let place = Place::OrgUnit {
        code: data.unit.org_unit.code.clone(),
    };
    let words = request.lang.words();
    let unit = &data.unit.org_unit.code;
    let files = downloads::whole_years(request, unit, figures(data));
    let more = link(&request.at(place).href(), &format!("{} →", words.whole_unit));
    element("div", "more", &(more + &menu(words.whole_year, &files)))
}
