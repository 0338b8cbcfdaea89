//! A workbook to rows, in the process that was bounded for it.

use std::borrow::Cow;
use std::fs::File;
use std::io::BufReader;

use calamine::{
    Data, DataRef, ExcelDateTime, Ods, OdsError, Range, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsx,
};
use chrono::NaiveDate;
use data::sheet::Cell;

use super::Unreadable;
use super::bounds::{Bounded, MOST_COLUMNS};
use super::content::Workbook;

/// Reads the sheets that a person sees, in their order.
pub fn read(file: BufReader<File>, kind: Workbook, sink: &mut Bounded<'_>) -> Result<(), Unreadable> {
    match kind {
        Workbook::Xlsx => xlsx(Xlsx::new(file).map_err(damaged)?, sink),
        Workbook::Xls => {
            let workbook = Xls::new(file).map_err(|error| match error {
                XlsError::Password => Unreadable::Encrypted,
                other => damaged(other),
            });
            ranges(workbook?, sink)
        }
        Workbook::Ods => {
            let workbook = Ods::new(file).map_err(|error| match error {
                OdsError::Password => Unreadable::Encrypted,
                other => damaged(other),
            });
            ranges(workbook?, sink)
        }
    }
}

/// What the parser says, at a length that fits a message.
fn damaged(error: impl std::fmt::Display) -> Unreadable {
    const LONGEST: usize = 200;
    // The crate zip counts what it inflates, and says so when it is more than the directory did.
    const LIES: &str = "larger than its declared";
    let words = error.to_string();
    match words.contains(LIES) {
        true => Unreadable::ZipBomb,
        false => Unreadable::Damaged(words.chars().take(LONGEST).collect()),
    }
}

/// The names of the sheets that are shown.
fn sheets<W: Reader<BufReader<File>>>(workbook: &W) -> Vec<String> {
    let shown = workbook
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
    shown.map(|sheet| sheet.name.clone()).collect()
}

/// Cell by cell: what a sheet says of its extent is not believed, and only cells that hold anything take room.
fn xlsx(mut workbook: Xlsx<BufReader<File>>, sink: &mut Bounded<'_>) -> Result<(), Unreadable> {
    for name in sheets(&workbook) {
        sink.sheet(&name);
        let mut reader = workbook.worksheet_cells_reader(&name).map_err(damaged)?;
        let mut row = 0;
        let mut cells: Vec<Cell<'_>> = Vec::new();
        while let Some(found) = reader.next_cell().map_err(damaged)? {
            let (at, column) = found.get_position();
            if at != row {
                push(row, &mut cells, sink)?;
                row = at;
            }
            let cell = of_reference(found);
            if !cell.is_empty() {
                place(&mut cells, column as usize, cell)?;
            }
        }
        push(row, &mut cells, sink)?;
    }
    Ok(())
}

fn place<'a>(cells: &mut Vec<Cell<'a>>, column: usize, cell: Cell<'a>) -> Result<(), Unreadable> {
    if column >= MOST_COLUMNS {
        return Err(Unreadable::TooManyColumns);
    }
    if column >= cells.len() {
        cells.resize(column + 1, Cell::Empty);
    }
    cells[column] = cell;
    Ok(())
}

fn push(row: u32, cells: &mut Vec<Cell<'_>>, sink: &mut Bounded<'_>) -> Result<(), Unreadable> {
    if !cells.is_empty() {
        sink.row(row.saturating_add(1), cells)?;
        cells.clear();
    }
    Ok(())
}

/// The parsers of the older formats hold each sheet as a whole; the bounds of the process are theirs.
fn ranges<W: Reader<BufReader<File>>>(mut workbook: W, sink: &mut Bounded<'_>) -> Result<(), Unreadable>
where
    W::Error: std::fmt::Display,
{
    for name in sheets(&workbook) {
        sink.sheet(&name);
        range(&workbook.worksheet_range(&name).map_err(damaged)?, sink)?;
    }
    Ok(())
}

fn range(range: &Range<Data>, sink: &mut Bounded<'_>) -> Result<(), Unreadable> {
    let Some((first_row, first_column)) = range.start() else {
        return Ok(());
    };
    for (row, found) in (first_row..).zip(range.rows()) {
        let mut cells = Vec::new();
        for (column, data) in (first_column as usize..).zip(found) {
            let cell = of_data(data);
            if !cell.is_empty() {
                place(&mut cells, column, cell)?;
            }
        }
        push(row, &mut cells, sink)?;
    }
    Ok(())
}

fn of_reference<'a>(found: calamine::Cell<DataRef<'a>>) -> Cell<'a> {
    match found.get_value() {
        DataRef::SharedString(text) => Cell::of_text(text),
        other => of_data(&Data::from(other.clone())).into_owned(),
    }
}

fn of_data(data: &Data) -> Cell<'_> {
    match data {
        Data::Empty => Cell::Empty,
        Data::Int(number) => Cell::Number(*number as f64),
        Data::Float(number) => Cell::Number(*number),
        Data::String(text) => Cell::of_text(text),
        Data::Bool(truth) => Cell::Boolean(*truth),
        Data::DateTime(moment) => date(moment),
        Data::DateTimeIso(text) => text
            .get(..10)
            .and_then(|day| day.parse::<NaiveDate>().ok())
            .map_or_else(|| Cell::of_text(text), Cell::Date),
        Data::DurationIso(text) => Cell::of_text(text),
        Data::Error(error) => Cell::Error(Cow::Owned(error.to_string())),
    }
}

/// A number under a format of dates; where it is none that a calendar has, the number is what is left.
fn date(moment: &ExcelDateTime) -> Cell<'static> {
    match moment.as_datetime() {
        Some(found) if moment.is_datetime() => Cell::Date(found.date()),
        _ => Cell::Number(moment.as_f64()),
    }
}
