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
    /// A row with a wrong number of cells becomes an issue and is left out. A file in another encoding is one issue: every
    /// line of it would be wrong in the same way.
    pub fn from_csv(file: &str, bytes: &[u8]) -> (Table, Vec<Issue>) {
        let mut table = Table {
            file: file.to_owned(),
            ..Table::default()
        };
        let mut issues = Vec::new();
        if let Err(error) = std::str::from_utf8(bytes) {
            let offset = error.valid_up_to();
            let lines = bytes[..offset].iter().filter(|byte| **byte == b'\n').count();
            issues.push(table.issue(lines as u64 + 1, None, Problem::NotUtf8 { offset }));
            return (table, issues);
        }
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(bytes);
        // Text in memory that is UTF-8, in rows of any length, leaves nothing that could fail.
        for record in reader.records().map_while(Result::ok) {
            table.take(&record, &mut issues);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_in_another_encoding_is_one_issue_at_its_first_wrong_byte() {
        // 指标 and 数值 in GBK; the first two bytes happen to be UTF-8 as well.
        let gbk = b"code,name\nx,\xd6\xb8\xb1\xea\ny,\xca\xfd\xd6\xb5\n";
        let (table, issues) = Table::from_csv("gbk.csv", gbk);
        assert!(table.rows.is_empty());
        let lines: Vec<String> = issues.iter().map(ToString::to_string).collect();
        assert_eq!(
            lines,
            [
                "gbk.csv:2: byte 15 of the file is not text in UTF-8; save it as CSV UTF-8 and hand it in again"
            ]
        );
    }
}
