//! Text to rows of cells: whatever separates them.

use super::Cell;

/// How many rows are looked at to find out what separates the cells.
const LOOKED_AT: usize = 40;

/// What may stand between cells; of two that part a text alike, the first is taken.
const SEPARATORS: [u8; 4] = [b'\t', b',', b';', b'|'];

/// The most columns that are read: a table of all 2,978 counties, one a column, has room.
pub const MOST_COLUMNS: usize = 4096;

/// Calls `each` with every row that holds anything, with the number of the line it starts on, from 1.
///
/// Never fails: an unclosed quotation mark runs to the end of the text, as it does in every spreadsheet.
/// Of a row with more than [`MOST_COLUMNS`] cells one more than these comes, so that whoever reads it can refuse it.
pub fn rows(text: &str, mut each: impl FnMut(u32, &[Cell<'_>])) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = reader(text, separator(text));
    let mut record = csv::StringRecord::new();
    let mut lines = Lines { text, at: 0, line: 1 };
    while reader.read_record(&mut record).unwrap_or(false) {
        let line = lines.of(record.position().map_or(0, csv::Position::byte));
        let cells: Vec<Cell<'_>> = record.iter().take(MOST_COLUMNS + 1).map(Cell::of_text).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            each(line, &cells);
        }
    }
}

/// How many cells the widest line can have: a million of them are refused before any is made. A line with fewer bytes has
/// fewer cells as well, and is not looked at.
pub fn widest(text: &str) -> usize {
    let separators = |line: &[u8]| line.iter().filter(|byte| SEPARATORS.contains(byte)).count();
    text.as_bytes()
        .split(|byte| matches!(byte, b'\n' | b'\r'))
        .filter(|line| line.len() >= MOST_COLUMNS)
        .map(separators)
        .max()
        .unwrap_or(0)
        + 1
}

/// Counts lines. The parser counts them too, but passes over empty ones without a word and then gives the line of the
/// first of them.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line of the first cell of a record whose bytes begin here; records come in their order.
    fn of(&mut self, begin: u64) -> u32 {
        let bytes = self.text.as_bytes();
        let begin = usize::try_from(begin).unwrap_or(bytes.len()).min(bytes.len());
        let empty = bytes[begin..]
            .iter()
            .take_while(|byte| matches!(byte, b'\r' | b'\n'))
            .count();
        let passed = &bytes[self.at..begin + empty];
        let is_end =
            |at: &usize| passed[*at] == b'\n' || passed[*at] == b'\r' && passed.get(at + 1) != Some(&b'\n');
        self.line += (0..passed.len()).filter(is_end).count() as u32;
        self.at = begin + empty;
        self.line
    }
}

/// The separator under which the first rows fall into the most cells. A title or a note has one cell under any of them, so
/// the number that more than half of the rows reach decides.
fn separator(text: &str) -> u8 {
    let cells = |separator: u8| {
        let mut reader = reader(text, separator);
        let mut counts: Vec<usize> = reader
            .records()
            .take(LOOKED_AT)
            .filter_map(|record| Some(record.ok()?.len()))
            .collect();
        counts.sort_unstable();
        counts
            .get(counts.len().saturating_sub(1) / 2)
            .copied()
            .unwrap_or(0)
    };
    let mut best = (b',', 1);
    for separator in SEPARATORS {
        let count = cells(separator);
        if count > best.1 {
            best = (separator, count);
        }
    }
    best.0
}

fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(u32, &[&str])]) {
        let mut found: Vec<(u32, Vec<String>)> = Vec::new();
        rows(text, |line, cells| {
            found.push((line, cells.iter().map(|cell| cell.text().into_owned()).collect()));
        });
        let expected: Vec<(u32, Vec<String>)> = expected
            .iter()
            .map(|(line, cells)| (*line, cells.iter().map(|cell| (*cell).to_owned()).collect()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn commas_tabs_and_semicolons_part_the_same_table() {
        let expected: &[(u32, &[&str])] = &[(1, &["指标", "数值"]), (2, &["纳税企业数", "6,989"])];
        check("指标,数值\n纳税企业数,\"6,989\"\n", expected);
        check("指标\t数值\r\n纳税企业数\t6,989\r\n", expected);
        check("指标;数值\r纳税企业数;6,989", expected);
    }

    #[test]
    fn titles_notes_and_empty_lines_do_not_mislead() {
        check(
            "禹城市工商联年度报表\n\n指标,单位,数值\n纳税企业数,家,6989\n培训场次,场次,230余\n",
            &[
                (1, &["禹城市工商联年度报表"]),
                (3, &["指标", "单位", "数值"]),
                (4, &["纳税企业数", "家", "6989"]),
                (5, &["培训场次", "场次", "230余"]),
            ],
        );
    }

    #[test]
    fn a_line_break_inside_quotation_marks_is_one_cell() {
        check(
            "a,b\n\"x\ny\",1\nz,2\n",
            &[(1, &["a", "b"]), (2, &["x\ny", "1"]), (4, &["z", "2"])],
        );
    }

    #[test]
    fn a_line_ends_in_any_way_that_lines_end() {
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("1,2,3{end}").repeat(MOST_COLUMNS);
            assert!(widest(&text) <= MOST_COLUMNS, "{end:?}");
        }
        assert_eq!(widest(&",".repeat(MOST_COLUMNS)), MOST_COLUMNS + 1);
    }
}
