use chrono::Datelike;
use data::{Lang, Observation, PeriodBasis, format, label};

use crate::chart::{AxisFormat, Body, Chart, LineChart, LinePoint, LineSeries};
use crate::context::Context;
use crate::figure::Figure;
use crate::sentence;
use crate::table::{Table, TableRow};

/// Lines over time of one indicator for several org units, in the order given, the first one chosen.
///
/// Only points that a line may join with the latest point of the chosen unit are drawn; the others are in the table
/// and named in a note. `None` where no unit has two points to join.
pub fn over_time(context: &Context<'_>, id: &str, units: &[(&str, Vec<&Observation>)]) -> Option<Figure> {
    let anchor = units
        .iter()
        .find_map(|(_, observations)| joinable(observations))?;
    let indicator = &anchor.key.indicator;
    let mut rows = Vec::new();
    let mut left_out = 0;
    let mut series = Vec::new();
    for (at, (unit, observations)) in units.iter().enumerate() {
        let name = context.org_unit_name(unit);
        let first_row = rows.len();
        let in_table = |o: &&Observation| TableRow::new(context, name, None, o);
        rows.extend(observations.iter().map(in_table));
        let points = points(context, observations, anchor, first_row);
        left_out += observations.len() - points.len();
        let points = with_absent_years(context, name, points, &mut rows);
        if !points.is_empty() {
            series.push(LineSeries {
                label: name.to_owned(),
                accent: at == 0,
                points,
            });
        }
    }
    series.iter().any(|line| line.points.len() > 1).then_some(())?;
    let description = describe(context, units);
    Some(Figure {
        id: id.to_owned(),
        title: title(context, indicator, anchor, units),
        subtitle: context.unit_line(indicator),
        notes: notes(context, left_out, &series, units),
        chart: Some(Chart {
            lang: context.lang,
            description,
            body: Body::Line(LineChart {
                series,
                zero_based: true,
                axis: AxisFormat {
                    lang: context.lang,
                    decimals: context.decimals(indicator),
                },
            }),
        }),
        source: super::sources(
            context,
            units
                .iter()
                .flat_map(|(_, observations)| observations.iter().copied()),
        ),
        table: Table {
            subject: context.lang.words().area.to_owned(),
            rows,
        },
        actions: Vec::new(),
        downloads: Vec::new(),
        is_narrow: false,
    })
}

/// The points with a gap for every year that a yearly series leaves out: what was not reported is not joined over.
pub(super) fn with_absent_years(
    context: &Context<'_>,
    name: &str,
    points: Vec<LinePoint>,
    rows: &mut Vec<TableRow>,
) -> Vec<LinePoint> {
    let step = |pair: &[LinePoint]| pair[1].day.year() - pair[0].day.year();
    if !points.windows(2).any(|pair| step(pair) == 1) {
        return points;
    }
    let mut whole: Vec<LinePoint> = Vec::with_capacity(points.len());
    for point in points {
        let after = whole
            .last()
            .map_or(point.day.year(), |before| before.day.year() + 1);
        for year in after..point.day.year() {
            let Some(day) = point.day.with_year(year) else {
                continue;
            };
            let reason = context.lang.words().not_reported;
            rows.push(TableRow::absent(context, name, year));
            whole.push(LinePoint {
                day,
                value: Err(format!("{year} {reason}")),
                value_label: String::new(),
                row: rows.len() - 1,
                preliminary: false,
                break_before: None,
            });
        }
        whole.push(point);
    }
    whole
}

/// The latest observation of a unit that another one joins.
pub(super) fn joinable<'a>(observations: &[&'a Observation]) -> Option<&'a Observation> {
    observations.iter().rev().copied().find(|later| {
        let joins = |o: &&&Observation| {
            o.key.period != later.key.period && o.key.period.joins(&later.key.period).is_ok()
        };
        later.value.is_some() && observations.iter().any(|o| joins(&o) && o.value.is_some())
    })
}

/// The points that a line may join with the latest one of the chosen unit, with the breaks between them.
pub(super) fn points(
    context: &Context<'_>,
    observations: &[&Observation],
    anchor: &Observation,
    first_row: usize,
) -> Vec<LinePoint> {
    let indicator = context.indicator(&anchor.key.indicator);
    let mut before: Option<&Observation> = None;
    let mut points = Vec::new();
    for (at, observation) in observations.iter().enumerate() {
        let Some(point) = point(context, observation, anchor, first_row + at) else {
            continue;
        };
        let found = before
            .zip(indicator)
            .and_then(|(before, indicator)| indicator.break_between(before, observation));
        points.push(LinePoint {
            break_before: found.map(|found| label::break_mark(&found, context.lang)),
            ..point
        });
        before = Some(observation);
    }
    points
}

fn point(
    context: &Context<'_>,
    observation: &Observation,
    anchor: &Observation,
    row: usize,
) -> Option<LinePoint> {
    if observation.period_basis != PeriodBasis::Stated {
        return None;
    }
    observation.key.period.joins(&anchor.key.period).ok()?;
    let words = context.lang.words();
    let reason = || {
        let year = observation
            .key
            .period
            .end()
            .map(|end| end.year().to_string())
            .unwrap_or_default();
        let why = label::status(observation.status, context.lang).unwrap_or(words.not_reported);
        format!("{year} {why}")
    };
    Some(LinePoint {
        day: observation.key.period.position()?,
        value: observation.value.ok_or_else(reason),
        value_label: observation
            .value
            .map(|v| context.short_value(&observation.key.indicator, &v))
            .unwrap_or_default(),
        row,
        preliminary: observation.status.is_preliminary(),
        break_before: None,
    })
}

/// What is drawn and over which years: what it shows in a sentence is the page's own title.
fn title(
    context: &Context<'_>,
    indicator: &str,
    anchor: &Observation,
    units: &[(&str, Vec<&Observation>)],
) -> String {
    let years = units
        .iter()
        .flat_map(|(_, observations)| observations.iter())
        .filter_map(|o| {
            o.key.period.joins(&anchor.key.period).ok()?;
            o.key.period.end().map(data::PartialDate::year)
        });
    let (first, last) = years.fold((i32::MAX, i32::MIN), |(a, b), year| (a.min(year), b.max(year)));
    let comma = context.lang.pick("，", ", ");
    let name = context.indicator_name(indicator);
    format!("{name}{comma}{first}–{last}")
}

fn notes(
    context: &Context<'_>,
    left_out: usize,
    series: &[LineSeries],
    units: &[(&str, Vec<&Observation>)],
) -> Vec<String> {
    let mut notes = sentence::break_sentences(context, units);
    if left_out > 0 {
        notes.push(match context.lang {
            Lang::Zh => format!("另有 {left_out} 项数据的期间不同，不能连成一线，见表格。"),
            Lang::En => {
                format!(
                    "{left_out} more figures have another kind of period and cannot be joined; see the table."
                )
            }
        });
    }
    let gaps = series
        .iter()
        .flat_map(|line| &line.points)
        .filter(|point| point.value.is_err())
        .count();
    if gaps > 0 {
        notes.push(
            context
                .lang
                .pick(
                    "断开处未报送，不等于零。",
                    "A gap is not reported, which is not zero.",
                )
                .to_owned(),
        );
    }
    notes
}

fn describe(context: &Context<'_>, units: &[(&str, Vec<&Observation>)]) -> String {
    let sentences: Vec<String> = units
        .iter()
        .filter_map(|(unit, observations)| {
            let pair = sentence::pair(context.indicators, observations)?;
            let colon = context.lang.pick("：", ": ");
            let years = format!(
                "{}–{}",
                label::short_period(&pair.from.key.period, pair.from.period_basis, context.lang),
                label::short_period(&pair.to.key.period, pair.to.period_basis, context.lang)
            );
            let name = context.org_unit_name(unit);
            Some(format!(
                "{name}{colon}{years}{}{}",
                context.lang.pick("，", ", "),
                sentence::change_sentence(context, &pair)
            ))
        })
        .chain(sentence::break_sentences(context, units))
        .collect();
    sentence::joined(&sentences, context.lang)
}

/// A number of figures, grouped.
pub(crate) fn count(number: usize) -> String {
    format::number(i64::try_from(number).unwrap_or(i64::MAX).into(), 0)
}
