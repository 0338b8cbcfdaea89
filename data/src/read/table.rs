use super::{Issue, Problem};

/// The cells of a file with one header row.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// The file's name, for issues.
    pub file: String,
    /// The names in the header, trimmed.
    pub header: Vec<String>,
    /// The rows below it; empty rows are left out.
    pub rows: Vec<Row>,
}

/// One row of a [`Table`].
#[derive(Debug, Clone)]
pub struct Row {
    /// The line of the file it starts on, from 1.
    pub line: u64,
    /// Its cells, trimmed; as many as the header has.
    pub cells: Vec<String>,
}

impl Table {
    /// Reads comma-separated text in UTF-8, with or without a byte order mark.
    ///
    /// A row with a wrong number of cells becomes an issue and is left out.
    pub fn from_csv(file: &str, bytes: &[u8]) -> (Table, Vec<Issue>) {
        let mut table = Table {
            file: file.to_owned(),
            ..Table::default()
        };
        let mut issues = Vec::new();
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(bytes);
        for record in reader.records() {
            match record {
                Ok(record) => table.take(&record, &mut issues),
                Err(error) => {
                    let line = error.position().map_or(1, csv::Position::line);
                    issues.push(table.issue(line, None, Problem::NotUtf8));
                }
            }
        }
        if table.header.is_empty() && issues.is_empty() {
            issues.push(table.issue(1, None, Problem::NoHeader));
        }
        (table, issues)
    }

    fn take(&mut self, record: &csv::StringRecord, issues: &mut Vec<Issue>) {
        let line = record.position().map_or(1, csv::Position::line);
        let cells: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
        if self.header.is_empty() {
            self.header = cells;
        } else if cells.iter().all(String::is_empty) {
        } else if cells.len() == self.header.len() {
            self.rows.push(Row { line, cells });
        } else {
            let problem = Problem::CellCount {
                found: cells.len(),
                expected: self.header.len(),
            };
            issues.push(self.issue(line, None, problem));
        }
    }

    /// An issue at a place of this table; the column counts from 0.
    pub fn issue(&self, line: u64, column: Option<usize>, problem: Problem) -> Issue {
        Issue {
            file: self.file.clone(),
            line,
            column: column.map(|at| at as u64 + 1),
            field: column.and_then(|at| self.header.get(at).cloned()),
            problem,
        }
    }

    /// Finds the columns with these names, each under any of its aliases; what is missing, repeated or unknown
    /// becomes an issue. The answer has one entry a name, `None` where the column is not there.
    pub fn columns(&self, wanted: &[(&[&str], bool)], issues: &mut Vec<Issue>) -> Vec<Option<usize>> {
        let mut places = vec![None; wanted.len()];
        for (at, name) in self.header.iter().enumerate() {
            let found = || name.clone();
            match wanted
                .iter()
                .position(|(names, _)| names.contains(&name.as_str()))
            {
                None => issues.push(self.issue(1, Some(at), Problem::UnknownColumn { found: found() })),
                Some(slot) if places[slot].is_some() => {
                    issues.push(self.issue(1, Some(at), Problem::RepeatedColumn { found: found() }));
                }
                Some(slot) => places[slot] = Some(at),
            }
        }
        for ((names, required), place) in wanted.iter().zip(&places) {
            if *required && place.is_none() && !self.header.is_empty() {
                let name = names.join(" / ");
                issues.push(self.issue(1, None, Problem::MissingColumn { name }));
            }
        }
        places
    }
}
