use std::collections::HashMap;
use std::str::FromStr;

use super::{Expected, Issue, Problem, Row, Table};
use crate::Decimal;

/// The cells of one row by column, collecting what is wrong in them.
///
/// Columns are named by their index in the list of columns that [`Table::columns`] found. Each reading answers
/// `None` after it wrote down the issue, so that a row's issues are all found before the row is given up.
#[derive(Debug)]
pub struct Cells<'a> {
    /// The table the row is in.
    pub table: &'a Table,
    /// The row.
    pub row: &'a Row,
    /// Where each column stands.
    pub places: &'a [Option<usize>],
    /// What was found to be wrong.
    pub issues: &'a mut Vec<Issue>,
}

impl Cells<'_> {
    /// The text of a cell; empty where the column is not there.
    pub fn text(&self, column: usize) -> &str {
        self.places[column]
            .and_then(|at| self.row.cells.get(at))
            .map_or("", String::as_str)
    }

    /// Writes down what is wrong in a cell.
    pub fn wrong(&mut self, column: usize, problem: Problem) {
        self.issues
            .push(self.table.issue(self.row.line, self.places[column], problem));
    }

    /// The text of a cell that must not be empty.
    pub fn required(&mut self, column: usize) -> Option<String> {
        let text = self.text(column).to_owned();
        if text.is_empty() {
            self.wrong(column, Problem::Empty);
            return None;
        }
        Some(text)
    }

    /// A decimal number, or nothing where the cell is empty; the outer `None` is an issue.
    pub fn decimal(&mut self, column: usize) -> Option<Option<Decimal>> {
        self.parsed(column, |found| Problem::NotANumber { found })
    }

    /// A date, or nothing where the cell is empty; the outer `None` is an issue.
    pub fn date<T: FromStr>(&mut self, column: usize) -> Option<Option<T>> {
        self.parsed(column, |found| Problem::NotADate { found })
    }

    /// A word read by `from_word`; `expected` says what it knows.
    pub fn word<T>(
        &mut self,
        column: usize,
        expected: impl FnOnce() -> Expected,
        from_word: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let found = self.text(column).to_owned();
        let value = from_word(&found);
        if value.is_none() {
            self.wrong(
                column,
                Problem::NotOneOf {
                    found,
                    expected: expected(),
                },
            );
        }
        value
    }

    /// Whether this key is new; where it is not, the repetition becomes an issue at the cell.
    pub fn is_new(&mut self, column: usize, key: &str, seen: &mut HashMap<String, u64>) -> bool {
        if let Some(first_line) = seen.get(key) {
            let first_line = *first_line;
            self.wrong(
                column,
                Problem::Repeated {
                    found: key.to_owned(),
                    first_line,
                },
            );
            return false;
        }
        seen.insert(key.to_owned(), self.row.line);
        true
    }

    fn parsed<T: FromStr>(
        &mut self,
        column: usize,
        problem: impl Fn(String) -> Problem,
    ) -> Option<Option<T>> {
        let text = self.text(column).to_owned();
        if text.is_empty() {
            return Some(None);
        }
        match text.parse() {
            Ok(value) => Some(Some(value)),
            Err(_) => {
                self.wrong(column, problem(text));
                None
            }
        }
    }
}
