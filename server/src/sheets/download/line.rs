//! Lines over time: of one indicator, for units of one level.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use data::{Indicator, Lang, Level, Observation, label};

use super::Download;
use super::plan::{Kind, Plan, RowName, Series, point, unit_words};

/// The most lines that can be told apart.
const MOST: usize = 8;

/// A piece of a line: the figures of a unit between two breaks of its series.
struct Piece<'a> {
    name: String,
    points: Vec<(NaiveDate, &'a Observation)>,
}

/// Lines of these figures, whose periods are stated; none where no two of a unit may be joined.
pub(super) fn over_time(
    download: &Download<'_>,
    indicator: &Indicator,
    observations: &[&Observation],
) -> Option<Plan> {
    let (anchor, level) = anchor(download, observations)?;
    let mut units: BTreeMap<usize, Vec<(NaiveDate, &Observation)>> = BTreeMap::new();
    let mut left_out = 0;
    for observation in observations {
        let unit = download.org_unit(observation).filter(|unit| unit.level == level);
        let place = unit.and_then(|unit| download.catalogue.org_units.index(&unit.code));
        let joins = observation.key.period.joins(&anchor.key.period).is_ok();
        match (place, observation.key.period.position()) {
            (Some(place), Some(day)) if joins => {
                units.entry(place).or_default().push((day, observation));
            }
            _ => left_out += 1,
        }
    }
    for points in units.values_mut() {
        points.sort_by_key(|(day, _)| *day);
        // Which of two figures of one day a line goes through nobody can say.
        if points.windows(2).any(|pair| pair[0].0 == pair[1].0) {
            return None;
        }
    }
    let unit_count = units.len();
    let pieces: Vec<Piece<'_>> = units
        .into_values()
        .take(MOST)
        .flat_map(|points| pieces(download, indicator, points))
        .collect();
    let is_line = |piece: &Piece<'_>| piece.points.iter().filter(|(_, o)| o.value.is_some()).count() > 1;
    pieces.iter().any(is_line).then_some(())?;
    let (kind, rows) = rows(&pieces);
    Some(Plan {
        title: download.name(&indicator.name).to_owned(),
        unit: unit_words(download, indicator),
        series: pieces
            .iter()
            .map(|piece| series(download, piece, &rows))
            .collect(),
        rows: rows.into_iter().map(|(name, _)| name).collect(),
        notes: notes(download.lang, left_out, unit_count),
        kind,
    })
}

/// The latest figure that another one of its unit joins, and the level of its unit.
fn anchor<'a>(download: &Download<'_>, observations: &[&'a Observation]) -> Option<(&'a Observation, Level)> {
    let valued = || observations.iter().copied().filter(|o| o.value.is_some());
    let mut last: BTreeMap<&str, &Observation> = BTreeMap::new();
    let mut found: Option<&Observation> = None;
    let mut sorted: Vec<&'a Observation> = valued().collect();
    sorted.sort_by_key(|o| o.key.period.order_day());
    for observation in sorted {
        let before = last.insert(&observation.key.org_unit, observation);
        let joins = |before: &Observation| observation.key.period.joins(&before.key.period).is_ok();
        if before.is_some_and(joins) {
            found = Some(observation);
        }
    }
    let found = found?;
    Some((found, download.org_unit(found)?.level))
}

fn pieces<'a>(
    download: &Download<'_>,
    indicator: &Indicator,
    points: Vec<(NaiveDate, &'a Observation)>,
) -> Vec<Piece<'a>> {
    let mut pieces: Vec<Piece<'a>> = Vec::new();
    let mut before: Option<&Observation> = None;
    for (day, observation) in points {
        let name = download
            .org_unit(observation)
            .map_or("", |unit| download.name(&unit.name));
        let found = before.and_then(|before| indicator.break_between(before, observation));
        let name = match (&found, download.lang) {
            (None, _) => name.to_owned(),
            (Some(found), Lang::Zh) => format!("{name}（{}）", label::break_mark(found, Lang::Zh)),
            (Some(found), Lang::En) => format!("{name} ({})", label::break_mark(found, Lang::En)),
        };
        match pieces.last_mut().filter(|_| found.is_none()) {
            Some(piece) => piece.points.push((day, observation)),
            None => pieces.push(Piece {
                name,
                points: vec![(day, observation)],
            }),
        }
        before = Some(observation);
    }
    pieces
}

/// A row for every year, also for one without a figure, where the figures are yearly; else one for each day.
fn rows(pieces: &[Piece<'_>]) -> (Kind, Vec<(RowName, NaiveDate)>) {
    let mut days: Vec<NaiveDate> = pieces
        .iter()
        .flat_map(|piece| &piece.points)
        .map(|(day, _)| *day)
        .collect();
    days.sort_unstable();
    days.dedup();
    let of_year = |day: &NaiveDate| (day.month(), day.day());
    let same_day = days.windows(2).all(|pair| of_year(&pair[0]) == of_year(&pair[1]));
    let is_yearly = days.windows(2).any(|pair| pair[1].year() - pair[0].year() == 1);
    match (days.first(), days.last()) {
        (Some(first), Some(last)) if same_day && is_yearly => {
            let year = |year: i32| Some((RowName::Text(year.to_string()), first.with_year(year)?));
            (
                Kind::Years,
                (first.year()..=last.year()).filter_map(year).collect(),
            )
        }
        _ => (
            Kind::Days,
            days.into_iter().map(|day| (RowName::Day(day), day)).collect(),
        ),
    }
}

fn series(download: &Download<'_>, piece: &Piece<'_>, rows: &[(RowName, NaiveDate)]) -> Series {
    let at = |day: &NaiveDate| {
        let found = piece.points.iter().find(|(of, _)| of == day);
        found.and_then(|(_, observation)| point(download, observation))
    };
    Series {
        name: piece.name.clone(),
        points: rows.iter().map(|(_, day)| at(day)).collect(),
    }
}

fn notes(lang: Lang, left_out: usize, units: usize) -> Vec<String> {
    let mut notes = Vec::new();
    if left_out > 0 {
        notes.push(match lang {
            Lang::Zh => format!("另有 {left_out} 项数据的期间或地区级别不同，不能连在这些线上，见数据表。"),
            Lang::En => format!(
                "{left_out} more figures have another kind of period or level of area and belong on no such line; see the sheet of figures."
            ),
        });
    }
    if units > MOST {
        notes.push(match lang {
            Lang::Zh => format!("只画前 {MOST} 个地区，共 {units} 个。"),
            Lang::En => format!("The first {MOST} of {units} areas are drawn."),
        });
    }
    notes
}
