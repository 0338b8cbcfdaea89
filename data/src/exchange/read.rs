//! What the readers have in common: a file becomes a table whose columns are those of our own files.

use std::collections::HashMap;

use super::{json_stat, sdmx_csv};
use crate::definitions::Catalogue;
use crate::read::{self as own, COLUMNS, Issue, Problem, ReadObservations, Table};
use crate::sheet::Cell;
use crate::{Origin, OtherSources};

/// An open format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// SDMX-CSV 2.0.
    SdmxCsv,
    /// JSON-stat 2.0.
    JsonStat,
}

/// Which open format a text is in, by how it begins; none for anything else, a file in our own columns included.
pub fn recognise(text: &str) -> Option<Format> {
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    if text.starts_with('{') {
        return Some(Format::JsonStat);
    }
    let first = text.lines().next().unwrap_or_default();
    let is_sdmx = first.trim_start_matches('"').starts_with("STRUCTURE") && first.contains("STRUCTURE_ID");
    is_sdmx.then_some(Format::SdmxCsv)
}

/// Reads a file of observations in an open format or in our own columns, whichever it is.
pub fn read(file: &str, bytes: &[u8], catalogue: &Catalogue) -> ReadObservations {
    let text = std::str::from_utf8(bytes).ok();
    match text.and_then(|text| Some((text, recognise(text)?))) {
        Some((text, format)) => Sheet::of(file, text, format).observations(catalogue),
        None => own::observations(file, bytes, catalogue),
    }
}

/// Calls `each` with the rows of a file in an open format, as a spreadsheet in our own columns would have them: in SDMX-CSV
/// each cell where it stands, in JSON-stat one row a value. Fails with the first thing that is wrong with the file as such.
pub fn rows(text: &str, format: Format, mut each: impl FnMut(u32, &[Cell<'_>])) -> Result<(), Box<Issue>> {
    let sheet = Sheet::of("", text, format);
    if let Some(issue) = sheet.issues.into_iter().next() {
        return Err(Box::new(issue));
    }
    let mut names = vec![""; sheet.table.header.len()];
    for (column, place) in sheet.places.iter().enumerate() {
        if let Some(name) = place.and_then(|place| names.get_mut(place)) {
            *name = COLUMNS[column].names[0];
        }
    }
    let header: Vec<Cell<'_>> = names.iter().map(|name| Cell::of_text(name)).collect();
    each(1, &header);
    let mut last = 1;
    for row in &sheet.table.rows {
        let (line, _) = sheet.spots.get(&row.line).copied().unwrap_or((row.line, 1));
        last = u32::try_from(line).unwrap_or(u32::MAX).max(last + 1);
        let cells = row.cells.iter().zip(&names);
        let cells: Vec<Cell<'_>> = cells
            .map(|(cell, name)| Cell::of_text(if name.is_empty() { "" } else { cell }))
            .collect();
        each(last, &cells);
    }
    Ok(())
}

/// The most figures that are read of one file: twice a country's year. More is exported and imported in our own columns,
/// which are read row by row.
pub(super) const MOST_FIGURES: usize = 200_000;

/// The most issues that are told: nobody goes through as many.
const MOST_ISSUES: usize = 10_000;

/// A file as a table.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    /// Its rows, under the names that its columns have in the file.
    pub table: Table,
    /// Where each of [`COLUMNS`] stands in it.
    pub places: Vec<Option<usize>>,
    /// What a row says of further sources, for which our own files have no column, by its line.
    pub others: HashMap<u64, OtherSources>,
    /// Line and column of each row, where the table only counts them.
    pub spots: HashMap<u64, (u64, u64)>,
    /// What is wrong with the file as such.
    pub issues: Vec<Issue>,
}

impl Sheet {
    fn of(file: &str, text: &str, format: Format) -> Sheet {
        match format {
            Format::SdmxCsv => sdmx_csv::sheet(file, text),
            Format::JsonStat => json_stat::sheet(file, text),
        }
    }

    /// Keeps what a row says of further sources. Only of derived figures, which are derived anew whatever a file says of
    /// them, and of made-up ones: nothing that is kept of a reported figure has room for more than one.
    pub(super) fn further(&mut self, line: u64, others: OtherSources, origin: &str) -> Result<(), Problem> {
        match Origin::from_word(origin) {
            Some(Origin::Derived | Origin::Synthetic) => {
                self.others.insert(line, others);
                Ok(())
            }
            _ => Err(Problem::SeveralSources),
        }
    }

    /// Whether it holds as much as is read.
    pub(super) fn is_full(&self) -> bool {
        self.table.rows.len() >= MOST_FIGURES || self.issues.len() >= MOST_ISSUES
    }

    fn observations(mut self, catalogue: &Catalogue) -> ReadObservations {
        let mut read = own::observations::of_table(&self.table, &self.places, catalogue, Vec::new());
        for (line, observation) in &mut read.observations {
            if let Some(others) = self.others.remove(line) {
                observation.other_sources = others;
            }
            *line = self.line(*line);
        }
        for issue in &mut read.issues {
            self.place(issue);
        }
        read.issues.append(&mut self.issues);
        read.issues.sort_by_key(|issue| (issue.line, issue.column));
        read
    }

    fn line(&self, row: u64) -> u64 {
        self.spots.get(&row).map_or(row, |(line, _)| *line)
    }

    /// Puts an issue of a row where the row stands in the file.
    fn place(&self, issue: &mut Issue) {
        if let Problem::Repeated { first_line, .. } = &mut issue.problem {
            *first_line = self.line(*first_line);
        }
        if let Some((line, column)) = self.spots.get(&issue.line) {
            issue.line = *line;
            issue.column = Some(*column);
        }
    }
}
