//! The overview: a unit's year at a glance.

use data::api::{Child, RollUps};
use data::page::{OverviewData, PageRequest, Place};
use data::{Indicator, Lang, Observation, Origin, PeriodBasis, label};

use super::{Body, chrome};
use crate::build;
use crate::context::Context;
use crate::headline::Headline;
use crate::html::{element, escaped, link};
use crate::order;
use crate::sentence::{self, Pair};

pub(crate) fn body(request: &PageRequest, data: &OverviewData) -> Body {
    let context = Context {
        lang: request.lang,
        indicators: &data.catalogue.indicators,
        units: &data.catalogue.units,
        org_units: std::slice::from_ref(&data.unit.org_unit),
    };
    let figures = Figures::new(data);
    let title = title(&context, data, &figures);
    let lead = lead(&context, &figures);
    let to_unit = |code: String| Place::Overview { org_unit: Some(code) };
    let crumbs = chrome::unit_breadcrumb(request, &data.unit.ancestors, &data.unit.org_unit, &to_unit);
    let html = [
        chrome::lead(&crumbs, &badges(&context, data), &title, &lead),
        charts(request, &context, &figures),
        children(request, data),
        groups(request, &context, data, &figures),
        more(request, data),
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

/// The figures of a page by indicator, in the order of the catalogue and then of time.
pub(crate) struct Figures<'a> {
    pub by_indicator: Vec<(&'a Indicator, Vec<&'a Observation>)>,
}

impl<'a> Figures<'a> {
    fn new(data: &'a OverviewData) -> Figures<'a> {
        Figures::of(&data.catalogue.indicators, &data.observations.observations)
    }

    pub(crate) fn of(indicators: &'a [Indicator], observations: &'a [Observation]) -> Figures<'a> {
        let of = |indicator: &'a Indicator| {
            let mine = observations
                .iter()
                .filter(|o| o.key.indicator == indicator.code)
                .collect::<Vec<_>>();
            (!mine.is_empty()).then_some((indicator, mine))
        };
        Figures {
            by_indicator: indicators.iter().filter_map(of).collect(),
        }
    }

    /// From–to pairs that open and close a window, the most prominent indicator first.
    fn window_pairs(&self) -> Vec<Pair<'a>> {
        let pairs: Vec<(u8, Pair<'a>)> = self
            .by_indicator
            .iter()
            .filter_map(|(indicator, observations)| {
                let pair = sentence::pair(observations).filter(|pair| pair.from.key.period.is_opening())?;
                Some((indicator.prominence.unwrap_or(u8::MAX), pair))
            })
            .collect();
        let pairs = order::sorted(&pairs, |(prominence, _)| f64::from(*prominence));
        pairs.into_iter().map(|(_, pair)| pair).collect()
    }

    /// The latest figure of each prominent indicator, the most prominent first.
    fn prominent(&self) -> Vec<(&'a Observation, Option<Pair<'a>>)> {
        let prominent: Vec<_> = self
            .by_indicator
            .iter()
            .filter_map(|(indicator, observations)| {
                Some((
                    indicator.prominence?,
                    *observations.last()?,
                    sentence::pair(observations),
                ))
            })
            .collect();
        let prominent = order::sorted(&prominent, |(prominence, ..)| f64::from(*prominence));
        prominent
            .into_iter()
            .map(|(_, observation, pair)| (observation, pair))
            .collect()
    }
}

fn title(context: &Context<'_>, data: &OverviewData, figures: &Figures<'_>) -> String {
    let name = data.unit.org_unit.name.get(context.lang);
    let colon = context.lang.pick("：", ": ");
    if let Some(pair) = figures.prominent().iter().find_map(|(_, pair)| *pair) {
        let change = label::within_sentence(&sentence::change_title(context, &pair), context.lang);
        return format!("{name}{colon}{change}");
    }
    if let Some((observation, _)) = figures.prominent().first() {
        let indicator = context.indicator_name(&observation.key.indicator);
        let space = context.lang.pick("", " ");
        return format!(
            "{name}{colon}{indicator}{space}{}",
            context.value_or_reason(observation)
        );
    }
    match (&data.roll_ups, context.lang) {
        (Some(roll_ups), Lang::Zh) if roll_ups.reported > 0 => {
            format!(
                "{name}：{} 个下辖地区中 {} 个已报送",
                roll_ups.total, roll_ups.reported
            )
        }
        (Some(roll_ups), Lang::En) if roll_ups.reported > 0 => {
            format!(
                "{name}: {} of {} areas have reported",
                roll_ups.reported, roll_ups.total
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
    let sentences = figures.prominent().into_iter().map(|(observation, pair)| {
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
    });
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
        .max_by_key(|end| (end.precision(), end.last_day()));
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

fn charts(request: &PageRequest, context: &Context<'_>, figures: &Figures<'_>) -> String {
    let href = |code: &str| Some(indicator_href(request, code, figures));
    let pairs = figures.window_pairs();
    let from_to = build::from_to(context, "from-to", build::Subject::Indicator, &pairs, &href);
    let bars =
        occasions(context, figures).and_then(|same| build::same_axis(context, "occasions", &same, &href));
    let first = from_to.map(|figure| figure.html(context)).unwrap_or_default()
        + &key_figures(request, context, figures);
    let second = bars.map(|figure| figure.html(context)).unwrap_or_default();
    let columns: String = [first, second]
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

/// The prominent figures that no chart of the page shows.
fn key_figures(request: &PageRequest, context: &Context<'_>, figures: &Figures<'_>) -> String {
    let cards: String = figures
        .prominent()
        .into_iter()
        .filter(|(_, pair)| pair.is_none())
        .map(|(observation, pair)| {
            let href = indicator_href(request, &observation.key.indicator, figures);
            Headline {
                observation,
                pair,
                coverage: None,
            }
            .html(context, &href)
        })
        .collect();
    if cards.is_empty() {
        cards
    } else {
        element("div", "headlines", &cards)
    }
}

/// The figures of the dimension and period that most indicators share, with the others of the dimension behind.
fn occasions<'a>(context: &Context<'_>, figures: &Figures<'a>) -> Option<Vec<&'a Observation>> {
    let latest = figures
        .by_indicator
        .iter()
        .filter_map(|(indicator, observations)| {
            let unit = context
                .unit(indicator)
                .filter(|unit| unit.kind == data::UnitKind::Count)?;
            Some((unit.dimension.as_str(), *observations.last()?))
        });
    let all: Vec<(&str, &Observation)> = latest.collect();
    let flows = |o: &Observation| {
        matches!(
            o.key.period.kind(),
            data::PeriodKind::YearToDate | data::PeriodKind::Year
        )
    };
    let alike = |(dimension, first): &(&str, &Observation)| {
        let shares = |(other, o): &&(&str, &Observation)| {
            other == dimension
                && o.period_basis == PeriodBasis::Stated
                && o.key.period.shares_axis(&first.key.period).is_ok()
        };
        all.iter().filter(shares).count()
    };
    let stated = all
        .iter()
        .filter(|(_, o)| o.period_basis == PeriodBasis::Stated && flows(o));
    let best = stated.max_by_key(|candidate| alike(candidate))?;
    if alike(best) < 2 {
        return None;
    }
    let (mut same, others): (Vec<&Observation>, Vec<&Observation>) = all
        .iter()
        .filter(|(dimension, _)| *dimension == best.0)
        .map(|(_, o)| *o)
        .partition(|o| o.key.period.shares_axis(&best.1.key.period).is_ok());
    same.extend(others);
    Some(same)
}

fn indicator_href(request: &PageRequest, code: &str, figures: &Figures<'_>) -> String {
    let first = figures
        .by_indicator
        .iter()
        .find(|(indicator, _)| indicator.code == code);
    let org_units = first
        .map(|(_, observations)| observations[0].key.org_unit.clone())
        .into_iter()
        .collect();
    request
        .at(Place::Indicator {
            code: code.to_owned(),
            org_units,
            year: None,
        })
        .href()
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
                pair: sentence::pair(observations),
                coverage: None,
            };
            Some(headline.html(context, &indicator_href(request, &indicator.code, figures)))
        });
        let rolled = data
            .roll_ups
            .iter()
            .flat_map(|roll_ups| rolled_up(request, context, roll_ups, &group.code));
        let cards: String = own.chain(rolled).collect();
        if !cards.is_empty() {
            let grid = element("div", "headlines", &cards);
            html.push_str(&chrome::section("group", group.name.get(request.lang), &grid));
        }
    }
    html
}

/// The figures of the units below taken together: the latest of each indicator of a group.
fn rolled_up<'a>(
    request: &'a PageRequest,
    context: &'a Context<'a>,
    roll_ups: &'a RollUps,
    group: &'a str,
) -> impl Iterator<Item = String> + 'a {
    let in_group = move |code: &str| {
        context
            .indicator(code)
            .is_some_and(|indicator| indicator.group == group)
    };
    let is_latest = move |at: usize| {
        let code = &roll_ups.roll_ups[at].observation.key.indicator;
        roll_ups
            .roll_ups
            .get(at + 1)
            .is_none_or(|next| next.observation.key.indicator != *code)
    };
    roll_ups
        .roll_ups
        .iter()
        .enumerate()
        .filter_map(move |(at, rolled)| {
            let observation = &rolled.observation;
            if !in_group(&observation.key.indicator) || !is_latest(at) {
                return None;
            }
            let headline = Headline {
                observation,
                pair: None,
                coverage: Some((rolled.contributors, roll_ups.total)),
            };
            let code = observation.key.indicator.clone();
            let href = request
                .at(Place::Indicator {
                    code,
                    org_units: Vec::new(),
                    year: None,
                })
                .href();
            Some(headline.html(context, &href))
        })
}

fn children(request: &PageRequest, data: &OverviewData) -> String {
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

/// Units as links, those that have reported first, each with the number of its figures.
pub(crate) fn area_list(request: &PageRequest, areas: &[Child], to: &dyn Fn(String) -> Place) -> String {
    let words = request.lang.words();
    let (reported, silent): (Vec<&Child>, Vec<&Child>) =
        areas.iter().partition(|child| child.observations > 0);
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
        Lang::Zh => format!("{}个中{}个已报送", areas.len(), reported.len()),
        Lang::En => format!("{} of {} have reported", reported.len(), areas.len()),
    };
    let unreported = if silent.is_empty() {
        String::new()
    } else {
        element(
            "p",
            "quiet",
            &escaped(&format!("{}{}", words.not_reported, request.lang.pick("：", ":"))),
        )
    };
    format!(
        "{}{}{unreported}{}",
        element("p", "quiet", &escaped(&heading)),
        list("reported", &reported),
        list("silent", &silent)
    )
}

fn more(request: &PageRequest, data: &OverviewData) -> String {
    let place = Place::OrgUnit {
        code: data.unit.org_unit.code.clone(),
    };
    let words = request.lang.words();
    element(
        "p",
        "more",
        &link(&request.at(place).href(), &format!("{} →", words.whole_unit)),
    )
}
