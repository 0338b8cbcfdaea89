//! The person's own file with what is wrong with it written beside the cells.

use std::collections::HashMap;
use std::fs::File;

use data::Lang;
use data::report::{Issue, Place, Severity, column_name};
use data::sheet::Cell;
use rust_xlsxwriter::{Format, Formula, Url, Workbook, Worksheet, XlsxError};

use super::{Sink, Unreadable, style};

/// Why there is no such copy.
#[derive(Debug, thiserror::Error)]
pub enum RepairedError {
    /// The file cannot be read; then it has no issues either, unless it was another one.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// More cells than a copy is made of.
    #[error("the file has too many cells for a copy")]
    TooManyCells,
    /// The copy does not fit a workbook.
    #[error("the copy cannot be written: {0}")]
    Unwritable(#[from] XlsxError),
}

/// The name of the sheet that lists the issues.
const LIST: [&str; 2] = ["问题", "Issues"];

/// The most cells in a copy, which is made in memory, some 100 bytes each.
const MOST_CELLS: usize = 1_000_000;

/// A copy of the file as a workbook, whatever it was: each issue as a comment on its cell, which is coloured, and all of
/// them in a list of their own with a link to each.
pub fn copy(file: &File, issues: &[Issue], lang: Lang) -> Result<Vec<u8>, RepairedError> {
    let mut copy = Copy::new(issues, lang);
    super::read(file, &mut copy)?;
    if copy.cells > MOST_CELLS {
        return Err(RepairedError::TooManyCells);
    }
    Ok(copy.finish()?)
}

struct Copy<'a> {
    issues: &'a [Issue],
    /// The issues by the cell they stand at; those of a row stand at its first cell.
    at: HashMap<(u16, u32, u16), Vec<&'a Issue>>,
    lang: Lang,
    sheets: Vec<Worksheet>,
    names: Vec<String>,
    cells: usize,
    failed: Option<XlsxError>,
}

impl<'a> Copy<'a> {
    fn new(issues: &'a [Issue], lang: Lang) -> Copy<'a> {
        let mut at: HashMap<_, Vec<&Issue>> = HashMap::new();
        for issue in issues {
            let Place { sheet, row, column } = issue.place;
            at.entry((sheet, row, column.unwrap_or(0)))
                .or_default()
                .push(issue);
        }
        Copy {
            issues,
            at,
            lang,
            sheets: Vec::new(),
            names: Vec::new(),
            cells: 0,
            failed: None,
        }
    }

    /// A name that a workbook can have: no longer than 31 characters, without those that mean something in a formula, and
    /// no other sheet's.
    fn name(&self, name: &str) -> String {
        const LONGEST: usize = 31;
        const USUAL: [&str; 2] = ["数据", "Data"];
        let kept = name.chars().filter(|c| !"[]:*?/\\'".contains(*c));
        let mut kept: String = kept.take(LONGEST - 3).collect();
        if kept.trim().is_empty() {
            kept = self.lang.pick(USUAL[0], USUAL[1]).to_owned();
        }
        let is_taken = |name: &String| {
            let same = |other: &str| other.to_lowercase() == name.to_lowercase();
            self.names.iter().any(|other| same(other)) || LIST.iter().any(|other| same(other))
        };
        let numbered = (2..).map(|number| format!("{kept}{number}"));
        std::iter::once(kept.clone())
            .chain(numbered)
            .find(|name| !is_taken(name))
            .unwrap_or(kept)
    }

    fn write_row(&mut self, number: u32, cells: &[Cell<'_>]) -> Result<(), XlsxError> {
        let sheet_at = self.sheets.len().saturating_sub(1) as u16;
        let (Some(row), Some(sheet)) = (number.checked_sub(1), self.sheets.last_mut()) else {
            return Ok(());
        };
        for (column, cell) in (0..).zip(cells) {
            let issues = self.at.remove(&(sheet_at, number, column));
            let format = issues.as_ref().map_or_else(style::plain, |issues| colour(issues));
            write(sheet, row, column, cell, &format)?;
            if let Some(issues) = issues {
                sheet.insert_note(row, column, &style::note(&words(&issues, self.lang)))?;
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<u8>, XlsxError> {
        if let Some(error) = self.failed {
            return Err(error);
        }
        // What stands at a cell that the file does not have, such as one left empty at the end of its row.
        for ((sheet, row, column), issues) in std::mem::take(&mut self.at) {
            let (Some(sheet), Some(row)) = (self.sheets.get_mut(usize::from(sheet)), row.checked_sub(1))
            else {
                continue;
            };
            sheet.write_blank(row, column, &colour(&issues))?;
            sheet.insert_note(row, column, &style::note(&words(&issues, self.lang)))?;
        }
        let list = list(self.issues, &self.names, self.lang)?;
        let mut workbook = Workbook::new();
        for sheet in self.sheets {
            workbook.push_worksheet(sheet);
        }
        workbook.push_worksheet(list);
        workbook.save_to_buffer()
    }
}

impl Sink for Copy<'_> {
    fn sheet(&mut self, name: &str) {
        let name = self.name(name);
        let mut sheet = Worksheet::new();
        if let Err(error) = sheet.set_name(&name) {
            self.failed.get_or_insert(error);
        }
        self.names.push(name);
        self.sheets.push(sheet);
    }

    fn row(&mut self, number: u32, cells: &[Cell<'_>]) {
        self.cells += cells.len();
        if self.failed.is_none()
            && self.cells <= MOST_CELLS
            && let Err(error) = self.write_row(number, cells)
        {
            self.failed = Some(error);
        }
    }
}

/// What is in the file stays what it is, so that the copy reads as the file does: a text never becomes a formula, a date
/// stays a date and a formula that fails still fails.
fn write(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &Cell<'_>,
    format: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => sheet.write_blank(row, column, format)?,
        Cell::Number(number) if number.is_finite() => {
            sheet.write_number_with_format(row, column, *number, format)?
        }
        Cell::Date(date) => match style::excel_date(*date) {
            Some(excel) => sheet.write_with_format(row, column, &excel, &style::date(format))?,
            None => sheet.write_string_with_format(row, column, date.to_string(), format)?,
        },
        Cell::Error(error) => {
            let failing = Formula::new(format!("={error}")).set_result(error.as_ref());
            sheet.write_formula_with_format(row, column, failing, format)?
        }
        Cell::Boolean(truth) => sheet.write_boolean_with_format(row, column, *truth, format)?,
        other => sheet.write_string_with_format(row, column, other.text(), format)?,
    };
    Ok(())
}

fn colour(issues: &[&Issue]) -> Format {
    let has_error = issues.iter().any(|issue| issue.severity() == Severity::Error);
    match has_error {
        true => style::error(),
        false => style::warning(),
    }
}

fn words(issues: &[&Issue], lang: Lang) -> String {
    let messages: Vec<String> = issues.iter().map(|issue| issue.problem.message(lang)).collect();
    messages.join("\n")
}

fn list(issues: &[Issue], names: &[String], lang: Lang) -> Result<Worksheet, XlsxError> {
    const WIDTHS: [u8; 3] = [22, 10, 90];
    let mut sheet = Worksheet::new();
    sheet.set_name(lang.pick(LIST[0], LIST[1]))?;
    let heads = [("位置", "Cell"), ("类别", "Kind"), ("问题", "Issue")];
    for (column, ((zh, en), width)) in (0..).zip(heads.into_iter().zip(WIDTHS)) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, lang.pick(zh, en), &style::heading())?;
    }
    for (row, issue) in (1..).zip(issues) {
        let name = names
            .get(usize::from(issue.place.sheet))
            .map_or("", String::as_str);
        let cell = format!(
            "{}{}",
            column_name(issue.place.column.unwrap_or(0)),
            issue.place.row
        );
        let link = Url::new(format!("internal:'{name}'!{cell}")).set_text(format!("{name}!{}", issue.place));
        // A sheet holds some 65,000 links; beyond that the place is written without one.
        if sheet.write_url(row, 0, link).is_err() {
            sheet.write_string(row, 0, format!("{name}!{}", issue.place))?;
        }
        let severity = match issue.severity() {
            Severity::Error => lang.pick("错误", "error"),
            Severity::Warning => lang.pick("请核实", "warning"),
        };
        sheet.write_string_with_format(row, 1, severity, &colour(&[issue]))?;
        sheet.write_string_with_format(row, 2, issue.problem.message(lang), &style::plain())?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(sheet)
}
