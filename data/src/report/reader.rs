use std::collections::HashMap;

use super::header::{self, Header};
use super::names::{Names, plain};
use super::row::{Row, RowReader};
use super::titles;
use super::totals::Totals;
use super::{Context, Issue, Place, Problem, Reading};
use crate::sheet::Cell;
use crate::sheet::number::{Printed, printed};
use crate::write::NOT_READ;

/// How many rows of a sheet may stand above its header, with it.
const LOOKED_AT: usize = 40;

/// The most issues that are told, and a row's more: nobody goes through as many, and a file of which every cell is wrong may
/// have millions.
pub(super) const MOST_ISSUES: usize = 10_000;

/// The most figures, and a row's more: as many as a country's year four times, some 60 MB.
const MOST_FIGURES: usize = 400_000;

/// Reads a report row by row, so that a hundred thousand of them cost no more memory than their figures.
#[derive(Debug)]
pub struct Reader<'a> {
    context: Context<'a>,
    names: Names<'a>,
    reading: Reading,
    sheet: SheetState,
    found_header: bool,
    is_bounded: bool,
    is_full: bool,
    rows: RowReader,
}

/// The sheet that is being read.
#[derive(Debug)]
enum SheetState {
    /// The first rows wait until a header can be told.
    Looking(Vec<(u32, Vec<Cell<'static>>)>),
    /// The header is known.
    Reading(Header, Totals),
    /// A sheet without one: an explanation.
    Without,
}

impl<'a> Reader<'a> {
    /// A reader of this report.
    pub fn new(context: Context<'a>) -> Reader<'a> {
        Reader {
            names: Names::new(context.catalogue, context.org_unit, context.mapping),
            reading: Reading {
                sources: vec![context.source.clone()],
                ..Reading::default()
            },
            context,
            sheet: SheetState::Looking(Vec::new()),
            found_header: false,
            is_bounded: true,
            is_full: false,
            rows: RowReader::default(),
        }
    }

    /// A reader of what was written of a report that was read: however much that is, all of it was taken, and none of it is
    /// left out now.
    pub fn of_written(context: Context<'a>) -> Reader<'a> {
        Reader {
            is_bounded: false,
            ..Reader::new(context)
        }
    }

    /// Begins a sheet; a text is one without a name.
    pub fn sheet(&mut self, name: &str) {
        self.end_sheet();
        self.reading.sheets.push(name.to_owned());
        self.sheet = SheetState::Looking(Vec::new());
    }

    /// Takes the next row of the sheet; rows without anything in them may be left out.
    pub fn row(&mut self, number: u32, cells: &[Cell<'_>]) {
        if cells.iter().all(Cell::is_empty) {
            return;
        }
        self.reading.rows += 1;
        match &mut self.sheet {
            SheetState::Looking(waiting) => {
                waiting.push((
                    number,
                    cells.iter().map(|cell| cell.clone().into_owned()).collect(),
                ));
                if waiting.len() == LOOKED_AT {
                    self.look();
                }
            }
            SheetState::Reading(..) if self.is_full => {}
            SheetState::Reading(..) => {
                self.take(number, cells);
                self.stop_when_full(number);
            }
            SheetState::Without => {}
        }
    }

    /// Says once that nothing more is read.
    fn stop_when_full(&mut self, row: u32) {
        let (issues, figures) = (self.reading.issues.len(), self.reading.figures.len());
        self.is_full = self.is_bounded && (issues >= MOST_ISSUES || figures >= MOST_FIGURES);
        if self.is_full {
            let place = Place {
                sheet: self.reading.sheets.len().saturating_sub(1) as u16,
                row: row.saturating_add(1),
                column: None,
            };
            self.reading.issues.push(Issue {
                place,
                about: None,
                problem: Problem::TooMany,
            });
        }
    }

    /// What the report says.
    pub fn finish(mut self) -> Reading {
        self.end_sheet();
        if !self.found_header {
            self.file_issue(Problem::NoHeader);
        } else if self.reading.figures.is_empty() && self.reading.issues.is_empty() {
            self.file_issue(Problem::NoFigures);
        }
        self.find_repeated();
        self.reading.issues.sort_by_key(|issue| issue.place);
        self.reading
    }

    fn file_issue(&mut self, problem: Problem) {
        let place = Place {
            sheet: 0,
            row: 1,
            column: None,
        };
        self.reading.issues.push(Issue {
            place,
            about: None,
            problem,
        });
    }

    /// Finds the header among the rows that wait and reads those below it.
    fn look(&mut self) {
        let SheetState::Looking(waiting) = &mut self.sheet else {
            return;
        };
        let (numbers, rows): (Vec<u32>, Vec<Vec<Cell<'static>>>) =
            std::mem::take(waiting).into_iter().unzip();
        let Some(header) = header::find(&rows, &self.names).filter(|_| !is_for_people(&rows)) else {
            self.sheet = SheetState::Without;
            return;
        };
        self.found_header = true;
        let below = header.last + 1;
        let above = numbers.iter().copied().zip(rows.iter().map(Vec::as_slice));
        let above: Vec<_> = above.take(below).collect();
        let sheet = self.reading.sheets.len().saturating_sub(1) as u16;
        let issue = titles::other_year(&above, &header, (sheet, self.context.year));
        self.reading.issues.extend(issue);
        self.sheet = SheetState::Reading(header, Totals::default());
        for (number, cells) in numbers.into_iter().zip(&rows).skip(below) {
            if self.is_full {
                break;
            }
            self.take(number, cells);
            self.stop_when_full(number);
        }
    }

    fn take(&mut self, number: u32, cells: &[Cell<'_>]) {
        let SheetState::Reading(header, totals) = &mut self.sheet else {
            return;
        };
        let row = Row {
            sheet: self.reading.sheets.len().saturating_sub(1) as u16,
            number,
            cells,
            header,
            context: &self.context,
            names: &self.names,
        };
        self.rows.read(&row, totals, &mut self.reading);
    }

    fn end_sheet(&mut self) {
        if matches!(&self.sheet, SheetState::Looking(waiting) if !waiting.is_empty()) {
            self.look();
        }
        if let SheetState::Reading(_, totals) = &self.sheet {
            totals.check(&self.context, &mut self.reading.issues);
        }
    }

    /// A figure that stands twice is an error where the two disagree, and worth a question where they do not.
    fn find_repeated(&mut self) {
        let mut first: HashMap<(usize, usize, crate::Period), usize> =
            HashMap::with_capacity(self.reading.figures.len());
        let mut repeated = Vec::new();
        for (at, figure) in self.reading.figures.iter().enumerate() {
            let key = (figure.indicator, figure.org_unit, figure.period);
            let Some(before) = first.get(&key) else {
                first.insert(key, at);
                continue;
            };
            let before = &self.reading.figures[*before];
            repeated.push((
                at,
                super::row::repeated(figure, before, &self.context, &self.reading.sheets),
            ));
        }
        let mut repeated = repeated.into_iter().peekable();
        let mut at = 0;
        self.reading.figures.retain(|_| {
            let issue = repeated.next_if(|(repeated, _)| *repeated == at);
            at += 1;
            let is_first = issue.is_none();
            self.reading.issues.extend(issue.map(|(_, issue)| issue));
            is_first
        });
    }
}

/// Whether a sheet is one of ours that repeats the figures in another form.
fn is_for_people(rows: &[Vec<Cell<'_>>]) -> bool {
    let first = rows.first().and_then(|row| row.first());
    let is_said = |words: &str| first.is_some_and(|cell| cell.text() == words);
    is_said(NOT_READ.zh) || is_said(NOT_READ.en)
}

/// Whether a text is a code, such as 371482 or `taxpaying_firms`, and so the beginning of neither a sum nor a note: told at
/// once, because a large file has one in each row.
fn is_code(text: &str) -> bool {
    let is_mark = |byte: u8| byte.is_ascii_digit() || byte == b'_';
    text.bytes()
        .all(|byte| byte.is_ascii_lowercase() || is_mark(byte))
        && text.bytes().any(is_mark)
        && !text.starts_with("note")
}

/// Whether a row is a sum of others: its first text is a word for it, alone or with the area's kind before it, and names
/// nothing that is reported.
pub fn is_total(cells: &[Cell<'_>], names: &Names<'_>) -> bool {
    let Some(first) = first_text(cells) else {
        return false;
    };
    let of_area = ["全国", "全省", "全市", "全县", "全区", "各县市区", ""];
    let is_word = of_area.iter().filter_map(|area| first.strip_prefix(area));
    is_word.into_iter().any(|rest| TOTALS.contains(&rest)) && names.indicator(&first).is_none()
}

/// Whether such a row sums only some of the others.
pub fn is_subtotal(cells: &[Cell<'_>]) -> bool {
    first_text(cells).is_some_and(|first| first.ends_with("小计"))
}

const TOTALS: [&str; 6] = ["合计", "总计", "小计", "总和", "total", "sum"];

fn first_text(cells: &[Cell<'_>]) -> Option<String> {
    let first = cells.iter().find(|cell| matches!(cell, Cell::Text(_)));
    let text = first.map(Cell::text).filter(|text| !is_code(text))?;
    Some(plain(&text))
}

/// Whether a row is a note below the table: its first text begins as notes do, and no number stands beside it. With one it
/// may be a chamber of certified accountants (注册会计师).
pub fn is_note(cells: &[Cell<'_>]) -> bool {
    const BEGINNINGS: [&str; 8] = ["注", "备注", "说明", "填表", "填报", "审核", "制表", "note"];
    let is_number = |cell: &Cell<'_>| matches!(printed(&cell.text()), Ok(Printed::Number(_)));
    let is_note = |first: &String| BEGINNINGS.iter().any(|beginning| first.starts_with(beginning));
    first_text(cells).is_some_and(|first| is_note(&first)) && !cells.iter().any(is_number)
}
