use std::cell::Cell;

use serde::Deserialize;

use crate::read::Problem;

/// What is wrong with the file, and where.
pub type Fault = (u64, u64, Problem);

/// Where the lines of a text begin.
pub struct Lines<'a> {
    text: &'a str,
    begins: Vec<usize>,
    /// The place that was told last, by byte and column: the values of a whole cube may stand on one line, and its
    /// characters are counted once.
    told: Cell<(usize, u64)>,
}

impl<'a> Lines<'a> {
    pub fn of(text: &'a str) -> Lines<'a> {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let begins = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        let told = Cell::new((0, 1));
        Lines { text, begins, told }
    }

    /// Line and column, from 1, of a part of the text, which is a slice of it and no copy.
    pub fn place(&self, part: &str) -> (u64, u64) {
        let offset = (part.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        let line = self.begins.partition_point(|begin| *begin <= offset);
        let begin = self.begins.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let (from, column) = match self.told.get() {
            (last, column) if (begin..=offset).contains(&last) => (last, column),
            _ => (begin, 1),
        };
        let between = self.text.get(from..offset).unwrap_or_default();
        let column = column + between.chars().count() as u64;
        self.told.set((offset, column));
        (line as u64, column)
    }

    /// Parses a part of the text; what is wrong is told at its place in the whole.
    pub fn parsed<'p, T: Deserialize<'p>>(&self, part: &'p str) -> Result<T, Fault> {
        serde_json::from_str(part).map_err(|error| self.fault(part, &error, Problem::NotJsonStat))
    }

    /// A problem where the parser stopped in a part of the text.
    pub fn fault(&self, part: &str, error: &serde_json::Error, problem: Problem) -> Fault {
        let (line, column) = (error.line() as u64, error.column() as u64);
        let (first_line, first_column) = self.place(part);
        let column = match line {
            0 | 1 => first_column + column.saturating_sub(1),
            _ => column,
        };
        (first_line + line.saturating_sub(1), column, problem)
    }
}
