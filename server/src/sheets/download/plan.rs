//! Which charts a workbook has: what may stand on one axis, and where nothing may, why.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use data::{Indicator, Lang, Observation, PeriodBasis, PeriodMismatch};

use super::{Download, bars, line};

/// The most charts of a workbook: nobody scrolls through more, and each has its table.
const MOST: usize = 12;

/// A chart before it is drawn: its small table, of which a column is a series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Plan {
    /// What it shows.
    pub title: String,
    /// The unit of measure.
    pub unit: String,
    /// How.
    pub kind: Kind,
    /// What stands in the rows.
    pub rows: Vec<RowName>,
    /// The columns, each as long as the rows.
    pub series: Vec<Series>,
    /// What has to be known to read it right.
    pub notes: Vec<String>,
}

/// The forms of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Years in equal steps; a year without a figure is a gap.
    Years,
    /// Days where they lie in time.
    Days,
    /// Bars, the longest first.
    Bars,
}

/// What a row of the small table is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum RowName {
    /// A year, or the name of what a bar stands for.
    Text(String),
    /// A day.
    Day(NaiveDate),
}

/// A column of the small table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Series {
    /// Whose figures.
    pub name: String,
    /// The figures; none is a gap.
    pub points: Vec<Option<Point>>,
}

/// A figure of a chart.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Point {
    /// Its height, for pixels.
    pub height: f64,
    /// What it says with its qualifier.
    pub label: String,
    /// Whether the qualifier makes it another thing than the number drawn.
    pub is_open: bool,
}

impl Eq for Point {}

/// The charts of a download, and of what there is none the reason.
pub(super) fn plans(download: &Download<'_>) -> (Vec<Plan>, Vec<String>) {
    let mut plans = Vec::new();
    let mut without: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut by_indicator: BTreeMap<usize, Vec<&Observation>> = BTreeMap::new();
    for observation in download.observations {
        let place = download.catalogue.indicator_index(&observation.key.indicator);
        by_indicator
            .entry(place.unwrap_or(usize::MAX))
            .or_default()
            .push(observation);
    }
    for (place, observations) in &by_indicator {
        let Some(indicator) = download.catalogue.indicators.get(*place) else {
            continue;
        };
        match of_indicator(download, indicator, observations) {
            Ok(plan) => plans.push(plan),
            Err(reason) => without
                .entry(reason)
                .or_default()
                .push(download.name(&indicator.name)),
        }
    }
    let mut reasons: Vec<String> = without
        .iter()
        .map(|(reason, names)| about(download.lang, reason, names))
        .collect();
    plans.extend(bars::of_indicators(download));
    if plans.len() > MOST {
        reasons.push(match download.lang {
            Lang::Zh => format!("只画前 {MOST} 张图，另有 {} 张未画。", plans.len() - MOST),
            Lang::En => format!(
                "The first {MOST} charts are drawn; {} more are not.",
                plans.len() - MOST
            ),
        });
        plans.truncate(MOST);
    }
    (plans, reasons)
}

fn of_indicator(
    download: &Download<'_>,
    indicator: &Indicator,
    observations: &[&Observation],
) -> Result<Plan, &'static str> {
    let stated: Vec<&Observation> = observations
        .iter()
        .copied()
        .filter(|o| o.period_basis == PeriodBasis::Stated)
        .collect();
    line::over_time(download, indicator, &stated)
        .or_else(|| bars::of_units(download, indicator, &stated))
        .ok_or_else(|| reason(download.lang, observations))
}

/// 没有图（只有一个数字或没有数字）：甲、乙.
fn about(lang: Lang, reason: &str, names: &[&str]) -> String {
    const MOST_NAMED: usize = 12;
    let list = names[..names.len().min(MOST_NAMED)].join(lang.pick("、", "; "));
    let (all, rest) = (names.len(), names.len().saturating_sub(MOST_NAMED));
    match (lang, rest) {
        (Lang::Zh, 0) => format!("没有图的指标（{reason}）：{list}。"),
        (Lang::Zh, _) => format!("没有图的指标（{reason}）：{list}等 {all} 项。"),
        (Lang::En, 0) => format!("No chart, because {reason}: {list}."),
        (Lang::En, _) => format!("No chart, because {reason}: {list}; and {rest} more."),
    }
}

/// Why figures of one indicator make no chart.
fn reason(lang: Lang, observations: &[&Observation]) -> &'static str {
    let mut valued = observations.iter().filter(|o| o.value.is_some());
    let (Some(first), Some(second)) = (valued.next(), valued.next()) else {
        return lang.pick("只有一个数字或没有数字", "there is one figure or none");
    };
    if observations.iter().any(|o| o.period_basis != PeriodBasis::Stated) {
        return lang.pick("有数字没有注明期间", "the period of a figure is not stated");
    }
    let first = &first.key.period;
    let mismatch = std::iter::once(second)
        .chain(valued)
        .find_map(|o| o.key.period.joins(first).err());
    match mismatch {
        Some(PeriodMismatch::UnstatedDate) => lang.pick(
            "期初数没有注明日期，不能连线",
            "the date of an opening figure is not stated, so no line may join it",
        ),
        Some(_) => lang.pick(
            "期间不是一类，不能连线，也不能放在同一坐标轴上",
            "their periods are of different kinds, and may neither be joined nor share an axis",
        ),
        None => lang.pick(
            "序列中断或地区不是同一级，不能相比",
            "the series breaks between them, or they are of different levels, and may not be compared",
        ),
    }
}

/// A figure as a point; none where it has no value.
pub(super) fn point(download: &Download<'_>, observation: &Observation) -> Option<Point> {
    let value = observation.value?;
    Some(Point {
        height: value.number().to_f64(),
        label: download.label(observation),
        is_open: value.qualifier() != data::Qualifier::Exact,
    })
}

/// The words of a unit for many.
pub(super) fn unit_words(download: &Download<'_>, indicator: &Indicator) -> String {
    download.unit_of(indicator).map_or_else(String::new, |unit| {
        download.lang.pick(&unit.zh, &unit.en_many).to_owned()
    })
}
