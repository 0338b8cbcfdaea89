//! The sheet of figures: what is for people on the left, the columns of every file of ours behind it.

use data::read::{BESIDE, COLUMNS};
use data::sheet::double;
use data::write::{self, Field};
use data::{Decimal, Lang, Observation, Qualifier, format, label};
use rust_xlsxwriter::{Format, IgnoreError, Worksheet, XlsxError};

use super::{Download, FIGURES, write_text};
use crate::sheets::style;

/// A column: one that is read, by its place in [`COLUMNS`], or one that says it in words, by its place in [`BESIDE`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Read(usize),
    Beside(usize),
}

/// What a person reads first, with the widths in characters; the other columns follow in their order.
const FIRST: [(Column, u8); 10] = [
    (Column::Beside(0), 28),
    (Column::Beside(1), 12),
    (Column::Beside(2), 24),
    (Column::Read(VALUE), 16),
    (Column::Read(UNIT), 8),
    (Column::Beside(3), 18),
    (Column::Beside(4), 10),
    (Column::Beside(5), 12),
    (Column::Beside(6), 40),
    (Column::Beside(7), 40),
];

const VALUE: usize = 2;
const UNIT: usize = 4;
const DENOMINATOR: usize = 5;
const SLACK: usize = 19;

/// How wide a column is that is read by programs.
const WIDTH: u8 = 12;

fn columns() -> Vec<(Column, u8)> {
    let is_first = |at: usize| FIRST.iter().any(|(column, _)| *column == Column::Read(at));
    let rest = (0..COLUMNS.len()).filter(|at| !is_first(*at));
    FIRST
        .into_iter()
        .chain(rest.map(|at| (Column::Read(at), WIDTH)))
        .collect()
}

pub(super) fn write(sheet: &mut Worksheet, download: &Download<'_>) -> Result<(), XlsxError> {
    sheet.set_name(download.pick(FIGURES))?;
    let columns = columns();
    let language = usize::from(download.lang == Lang::Zh);
    for (at, (column, width)) in (0..).zip(&columns) {
        let name = match column {
            Column::Read(at) => COLUMNS[*at].names[language],
            Column::Beside(at) => BESIDE[*at][language],
        };
        sheet.set_column_width(at, *width)?;
        sheet.write_string_with_format(0, at, name, &style::heading())?;
    }
    let looks = Looks::new();
    for (row, observation) in (1..).zip(download.observations) {
        let (read, beside) = (fields(observation, download), words(observation, download));
        for (at, (column, _)) in (0..).zip(&columns) {
            match column {
                Column::Read(place) => write_field(sheet, (row, at), &read[*place], looks.of(*place))?,
                Column::Beside(place) => write_text(sheet, (row, at), &beside[*place], &looks.text)?,
            }
        }
    }
    finish(
        sheet,
        download.observations.len() as u32,
        columns.len() as u16 - 1,
    )
}

/// The formats of the cells, made once: a sheet has a million of them.
struct Looks {
    text: Format,
    grouped: Vec<Format>,
}

impl Looks {
    fn new() -> Looks {
        let number = |decimals: usize| match decimals {
            0 => style::plain().set_num_format("#,##0"),
            some => style::plain().set_num_format(format!("#,##0.{}", "0".repeat(some))),
        };
        Looks {
            text: style::plain(),
            grouped: (0..=usize::from(data::MAX_SCALE)).map(number).collect(),
        }
    }

    /// The format of a number in a column: a year is not grouped by thousands.
    fn of<'a>(&'a self, column: usize) -> impl Fn(Decimal) -> &'a Format {
        let is_amount = [VALUE, DENOMINATOR, SLACK].contains(&column);
        move |number| {
            let grouped = self.grouped.get(usize::from(number.scale()));
            grouped.filter(|_| is_amount).unwrap_or(&self.text)
        }
    }
}

/// A number is a number where a double holds it to the digit, and else a text with all its digits.
fn write_field<'a>(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    field: &Field,
    look: impl Fn(Decimal) -> &'a Format,
) -> Result<(), XlsxError> {
    match field {
        Field::Text(text) => write_text(sheet, (row, column), &write::kept(text), look(Decimal::ZERO))?,
        Field::Number(number) => {
            match double(*number) {
                Some(double) => sheet.write_number_with_format(row, column, double, look(*number))?,
                None => sheet.write_string_with_format(row, column, number.to_string(), look(*number))?,
            };
        }
    }
    Ok(())
}

/// What is read back: in Chinese with the word of the unit that clerks write, which the reader knows as well as its code.
fn fields(observation: &Observation, download: &Download<'_>) -> [Field; COLUMNS.len()] {
    let mut fields = write::fields(observation, download.catalogue);
    let unit = download
        .indicator(observation)
        .and_then(|indicator| download.unit_of(indicator));
    if let (Some(unit), Lang::Zh) = (unit, download.lang) {
        fields[UNIT] = Field::Text(unit.zh.clone());
    }
    fields
}

/// The same in words, in the order of [`BESIDE`].
fn words(observation: &Observation, download: &Download<'_>) -> [String; BESIDE.len()] {
    let lang = download.lang;
    let context = charts::context::Context {
        lang,
        indicators: &[],
        units: &[],
        org_units: &[],
    };
    let key = &observation.key;
    let indicator = download.indicator(observation);
    let measured = indicator.and_then(|indicator| {
        let unit = download.unit_of(indicator)?;
        let value = observation.value.as_ref()?;
        Some((
            format::value(value, unit, indicator.decimals, lang),
            value.qualifier(),
        ))
    });
    let (value, qualifier) = measured.unwrap_or((String::new(), Qualifier::Exact));
    [
        indicator.map_or_else(|| key.indicator.clone(), |it| download.name(&it.name).to_owned()),
        download.org_unit(observation).map_or_else(
            || key.org_unit.clone(),
            |unit| download.name(&unit.name).to_owned(),
        ),
        label::period(&key.period, observation.period_basis, lang),
        value,
        qualifier_in_words(qualifier, lang).to_owned(),
        label::status(observation.status, lang)
            .unwrap_or_default()
            .to_owned(),
        charts::table::source(&context, observation),
        indicator.map_or_else(String::new, |it| download.name(&it.definition).to_owned()),
    ]
}

/// Nothing for an exact number.
fn qualifier_in_words(qualifier: Qualifier, lang: Lang) -> &'static str {
    match qualifier {
        Qualifier::Exact => "",
        Qualifier::SomewhatMore => lang.pick("余（略多于）", "somewhat more than"),
        Qualifier::MoreThan => lang.pick("超（多于）", "more than"),
        Qualifier::AtLeast => lang.pick("以上（不少于）", "at least"),
        Qualifier::Nearly => lang.pick("近（略少于）", "nearly"),
        Qualifier::About => lang.pick("约", "about"),
        Qualifier::AtMost => lang.pick("以内（不超过）", "at most"),
    }
}

/// The header that stays, a filter, and on paper what is for people.
fn finish(sheet: &mut Worksheet, last: u32, columns: u16) -> Result<(), XlsxError> {
    const A4: u8 = 9;
    sheet.set_freeze_panes(1, 2)?;
    sheet.autofilter(0, 0, last, columns)?;
    // The codes of areas are digits and no numbers.
    sheet.ignore_error_range(0, 0, last, columns, IgnoreError::NumberStoredAsText)?;
    sheet.set_print_area(0, 0, last, FIRST.len() as u16 - 1)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet
        .set_paper_size(A4)
        .set_landscape()
        .set_print_fit_to_pages(1, 0);
    Ok(())
}
