//! Observations to CSV in the columns that [`crate::read::observations`] reads.

use crate::definitions::{Catalogue, ORG_UNIT_COLUMNS};
use crate::read::COLUMNS;
use crate::read::observations::is_formula;
use crate::{Decimal, Observation, ObservationValue, OrgUnit, Period, Source};

/// A file of these observations with a byte order mark, so that WPS and Excel open it as UTF-8.
///
/// Numbers are in the base unit, with the slack beside them, so that what is read back is the same to the digit.
/// Texts that a spreadsheet would take for a formula get an apostrophe before them, which the reader takes away again.
pub fn csv(observations: &[Observation], catalogue: &Catalogue) -> Vec<u8> {
    let mut out = csv_header();
    out.extend(csv_rows(observations, catalogue));
    out
}

/// The beginning of such a file: the byte order mark and the header.
pub fn csv_header() -> Vec<u8> {
    let mut out = b"\xEF\xBB\xBF".to_vec();
    push_row(&mut out, COLUMNS.iter().map(|column| column.names[0].to_owned()));
    out
}

/// The rows of such a file without its beginning, for files that are written piece by piece.
pub fn csv_rows(observations: &[Observation], catalogue: &Catalogue) -> Vec<u8> {
    let mut out = Vec::new();
    for observation in observations {
        push_row(&mut out, cells(observation, catalogue).into_iter());
    }
    out
}

/// Org units in the columns of `org_units.csv`.
pub fn org_units_csv<'a>(org_units: impl IntoIterator<Item = &'a OrgUnit>) -> Vec<u8> {
    let mut out = b"\xEF\xBB\xBF".to_vec();
    push_row(&mut out, ORG_UNIT_COLUMNS.iter().map(|name| (*name).to_owned()));
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    for unit in org_units {
        let cells = [
            unit.code.clone(),
            safe(&unit.name.zh),
            safe(&unit.name.en),
            unit.level.code().to_owned(),
            unit.parent.clone().unwrap_or_default(),
            day(unit.opened),
            day(unit.closed),
        ];
        push_row(&mut out, cells.into_iter());
    }
    out
}

pub(crate) fn cells(observation: &Observation, catalogue: &Catalogue) -> [String; 20] {
    let key = &observation.key;
    let indicator = catalogue.indicator(&key.indicator);
    let unit = indicator
        .map(|indicator| indicator.unit.clone())
        .unwrap_or_default();
    let (kind, start, end, years) = period_cells(&key.period);
    let value = observation.value;
    let text = |value: Option<Decimal>| value.map(|number| number.to_string()).unwrap_or_default();
    [
        key.indicator.clone(),
        key.org_unit.clone(),
        text(value.map(|value| value.number())),
        String::new(),
        unit,
        text(observation.denominator),
        value
            .map(|value| value.qualifier().code().to_owned())
            .unwrap_or_default(),
        kind.to_owned(),
        start,
        end,
        years,
        observation.period_basis.code().to_owned(),
        observation.status.code().to_owned(),
        observation.origin.code().to_owned(),
        safe(&each_once(observation, |source| &source.document)),
        safe(&each_once(observation, |source| &source.publisher)),
        observation.source.published.to_string(),
        safe(&observation.source.place),
        safe(observation.comment.as_deref().unwrap_or_default()),
        text(value.and_then(told_slack)),
    ]
}

/// The slack, where there is one or its reader would take it for the usual one of the qualifier.
pub(crate) fn told_slack(value: ObservationValue) -> Option<Decimal> {
    let usual = value.qualifier().usual_slack(value.number());
    let is_nothing = value.slack().is_zero() && usual.is_none_or(|usual| usual.is_zero());
    (!is_nothing).then(|| value.slack())
}

/// A part of every source an observation names, in one cell.
fn each_once(observation: &Observation, part: impl Fn(&Source) -> &str) -> String {
    let mut parts = vec![part(&observation.source)];
    for other in observation.other_sources.named().iter().map(part) {
        if !parts.contains(&other) {
            parts.push(other);
        }
    }
    parts.join("；")
}

pub(crate) fn period_cells(period: &Period) -> (&'static str, String, String, String) {
    let none = String::new;
    match *period {
        Period::Year { year } => ("year", none(), year.to_string(), none()),
        Period::Instant { end, years_before: 0 } => ("instant", none(), end.to_string(), none()),
        Period::Instant { end, years_before } => {
            ("opening", none(), end.to_string(), years_before.to_string())
        }
        Period::YearToDate { end } => (
            "year_to_date",
            format!("{}-01-01", end.year()),
            end.to_string(),
            none(),
        ),
        Period::Window { years, start, end } => {
            let start = start.map(|start| start.to_string()).unwrap_or_default();
            ("window", start, end.to_string(), years.to_string())
        }
        Period::Cumulative { end } => ("cumulative", none(), end.to_string(), none()),
        Period::Streak { years, end } => ("streak", none(), end.to_string(), years.to_string()),
    }
}

/// A text that no spreadsheet takes for a formula: one that begins with `= + - @`, a tab or a carriage return gets
/// an apostrophe before it, which the reader takes away again.
pub(crate) fn safe(text: &str) -> String {
    if is_formula(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Adds a row of cells.
pub fn push_row(out: &mut Vec<u8>, cells: impl Iterator<Item = String>) {
    for (at, cell) in cells.enumerate() {
        if at > 0 {
            out.push(b',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            out.push(b'"');
            out.extend(cell.replace('"', "\"\"").bytes());
            out.push(b'"');
        } else {
            out.extend(cell.bytes());
        }
    }
    // RFC 4180 ends lines so, and so does every spreadsheet.
    out.extend(b"\r\n");
}
