//! Observations to CSV in the columns that [`crate::read::observations`] reads.

use crate::definitions::{Catalogue, ORG_UNIT_COLUMNS};
use crate::period::DatePrecision;
use crate::read::COLUMNS;
use crate::{Decimal, Observation, ObservationValue, OrgUnit, PartialDate, Period, Phrase, Source};

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

/// An observation in the columns of [`COLUMNS`], as text.
pub(crate) fn cells(observation: &Observation, catalogue: &Catalogue) -> [String; 20] {
    fields(observation, catalogue).map(Field::text)
}

/// What stands in a cell of such a file, before a format says how it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Field {
    /// A text as it is; empty for nothing.
    Text(String),
    /// A number.
    Number(Decimal),
}

impl Field {
    /// The field in a file of text, where no spreadsheet takes it for a formula.
    fn text(self) -> String {
        match self {
            Field::Text(text) => safe(&text),
            Field::Number(number) => number.to_string(),
        }
    }
}

/// What begins a sheet of ours that repeats in other words what the sheet of figures says: it is not read back.
pub const NOT_READ: Phrase = Phrase::new(
    "本表由系统生成，供阅读；上传时只读取数据表。",
    "This sheet was made to be read by people: of an uploaded workbook the sheet of figures alone is taken.",
);

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

/// An observation in the columns of [`COLUMNS`].
pub fn fields(observation: &Observation, catalogue: &Catalogue) -> [Field; 20] {
    let key = &observation.key;
    let indicator = catalogue.indicator(&key.indicator);
    let unit = indicator
        .map(|indicator| indicator.unit.clone())
        .unwrap_or_default();
    let (kind, start, end, years) = period_fields(&key.period);
    let value = observation.value;
    let text = |text: &str| Field::Text(text.to_owned());
    let number = |number: Option<Decimal>| number.map_or(Field::Text(String::new()), Field::Number);
    [
        text(&key.indicator),
        text(&key.org_unit),
        number(value.map(|value| value.number())),
        text(""),
        Field::Text(unit),
        number(observation.denominator),
        text(value.map_or("", |value| value.qualifier().code())),
        text(kind),
        start,
        end,
        years,
        text(observation.period_basis.code()),
        text(observation.status.code()),
        text(observation.origin.code()),
        Field::Text(each_once(observation, |source| &source.document)),
        Field::Text(each_once(observation, |source| &source.publisher)),
        Field::Text(observation.source.published.to_string()),
        text(&observation.source.place),
        text(observation.comment.as_deref().unwrap_or_default()),
        number(value.and_then(stated_slack)),
    ]
}

/// The slack of a value, where a reader would not think of the same one by itself.
pub(crate) fn stated_slack(value: ObservationValue) -> Option<Decimal> {
    let is_usual_zero = value.qualifier().usual_slack(value.number()) == Some(Decimal::ZERO);
    Some(value.slack()).filter(|slack| !slack.is_zero() || !is_usual_zero)
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

/// A period as text: kind, first day, last day and years.
#[cfg(feature = "exchange")]
pub(crate) fn period_cells(period: &Period) -> (&'static str, String, String, String) {
    let (kind, start, end, years) = period_fields(period);
    (kind, start.text(), end.text(), years.text())
}

fn period_fields(period: &Period) -> (&'static str, Field, Field, Field) {
    let none = || Field::Text(String::new());
    let date = |date: PartialDate| match date.precision() {
        DatePrecision::Year => Field::Number(i64::from(date.year()).into()),
        _ => Field::Text(date.to_string()),
    };
    let years = |years: u8| Field::Number(i64::from(years).into());
    match *period {
        Period::Year { year } => ("year", none(), Field::Number(i64::from(year).into()), none()),
        Period::Instant { end, years_before: 0 } => ("instant", none(), date(end), none()),
        Period::Instant { end, years_before } => ("opening", none(), date(end), years(years_before)),
        Period::YearToDate { end } => (
            "year_to_date",
            Field::Text(format!("{}-01-01", end.year())),
            date(end),
            none(),
        ),
        Period::Window {
            years: count,
            start,
            end,
        } => ("window", start.map_or_else(none, date), date(end), years(count)),
        Period::Cumulative { end } => ("cumulative", none(), date(end), none()),
        Period::Streak { years: count, end } => ("streak", none(), date(end), years(count)),
    }
}

/// What makes a spreadsheet take a text for a formula, at its beginning. Excel also takes the wide forms, where its language
/// is one that has them.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether a text is one that a spreadsheet takes for a formula, with apostrophes before it or without.
fn is_like_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with(FORMULA)
}

/// A text that no spreadsheet takes for a formula: one that begins with `= + - @`, a tab or the end of a line gets an
/// apostrophe before it, which the reader takes away again. One that has an apostrophe there already gets another, so that
/// it keeps its own.
pub fn safe(text: &str) -> String {
    match is_like_formula(text) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

/// The same for a cell of a workbook, which is a text and never a formula: as it is, unless its own apostrophe would be taken
/// for one that [`safe`] put there.
pub fn kept(text: &str) -> String {
    match text.starts_with('\'') {
        true => safe(text),
        false => text.to_owned(),
    }
}

/// Takes away the apostrophe that [`safe`] put before a text.
pub fn unescaped(text: String) -> String {
    match text.strip_prefix('\'') {
        Some(rest) if is_like_formula(rest) => rest.to_owned(),
        _ => text,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_take_for_a_formula_is_a_text_and_reads_back() {
        for text in [
            "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "''=1",
        ] {
            let written = safe(text);
            assert!(written.starts_with('\''), "{text:?}");
            assert_eq!(unescaped(written), text);
        }
        for text in ["", "禹城市", "'tis", "a=1", "5-6", "'"] {
            assert_eq!(safe(text), text);
            assert_eq!(unescaped(text.to_owned()), text);
        }
    }
}
