//! What a spreadsheet puts on the clipboard, and where a block without names goes.

use data::sheet::Cell;
use data::sheet::number::printed;

use crate::grid::At;

/// The cells of a text as WPS, Excel and LibreOffice copy them: tabs between cells, and quotation marks around a cell that
/// holds a tab, a line break or a quotation mark itself.
pub fn cells(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut rest = text;
    loop {
        let (cell, after) = cell(rest);
        row.push(cell);
        match after.strip_prefix('\t') {
            Some(next) => rest = next,
            None => {
                rows.push(std::mem::take(&mut row));
                let next = after
                    .strip_prefix("\r\n")
                    .or_else(|| after.strip_prefix(['\n', '\r']));
                // The last line ends like the others, and no row begins there.
                match next.filter(|next| !next.is_empty()) {
                    Some(next) => rest = next,
                    None => return rows,
                }
            }
        }
    }
}

/// The first cell, and what stands behind it.
fn cell(text: &str) -> (String, &str) {
    if let Some((cell, rest)) = text.strip_prefix('"').and_then(quoted) {
        return (cell, rest);
    }
    let end = text.find(['\t', '\n', '\r']).unwrap_or(text.len());
    let (cell, rest) = text.split_at(end);
    (cell.to_owned(), rest)
}

/// What stands up to the closing mark, which ends the cell: `"一月"合计` is a cell with marks in it.
fn quoted(text: &str) -> Option<(String, &str)> {
    let mut cell = String::new();
    let mut rest = text;
    loop {
        let (before, after) = rest.split_once('"')?;
        cell += before;
        if let Some(more) = after.strip_prefix('"') {
            cell.push('"');
            rest = more;
            continue;
        }
        return (after.is_empty() || after.starts_with(['\t', '\n', '\r'])).then_some((cell, after));
    }
}

/// Whether no cell can be a name: all are numbers, or say that there is none.
pub fn is_bare(rows: &[Vec<String>]) -> bool {
    let is_number = |text: &String| Cell::of_text(text).is_empty() || printed(text.trim()).is_ok();
    rows.iter().flatten().all(is_number)
}

/// A grid as far as a block must know it.
#[derive(Debug, Clone, Copy)]
pub struct Shape<'a> {
    /// How many rows it has.
    pub rows: usize,
    /// How many columns.
    pub columns: usize,
    /// The rows above which a heading stands: a block copied from our own template has an empty row there.
    pub headings: &'a [usize],
}

/// Where the cells of a block go.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Placed {
    /// The cells with their texts.
    pub cells: Vec<(At, String)>,
    /// Texts that found no cell.
    pub left: Vec<String>,
}

/// A block without names, from a cell down and to the right.
pub fn place(rows: &[Vec<String>], from: At, shape: Shape<'_>) -> Placed {
    let skips = headings(rows, from.row, shape);
    let mut placed = Placed::default();
    let mut row = from.row;
    let mut passed = from.row;
    for cells in rows {
        let is_heading = skips && row > passed && shape.headings.contains(&row);
        if is_heading && cells.iter().all(|text| text.trim().is_empty()) {
            passed = row;
            continue;
        }
        for (column, text) in cells.iter().enumerate() {
            let at = At {
                row,
                column: from.column + column,
            };
            let text = text.trim();
            if at.row < shape.rows && at.column < shape.columns {
                placed.cells.push((at, text.to_owned()));
            } else if !text.is_empty() {
                placed.left.push(text.to_owned());
            }
        }
        row += 1;
    }
    placed
}

/// Whether a block has an empty row wherever the form has a heading, as it has when it comes from our template.
fn headings(rows: &[Vec<String>], first: usize, shape: Shape<'_>) -> bool {
    let mut lines = rows.iter();
    let mut row = first;
    let mut found = false;
    while row < shape.rows {
        if row > first && shape.headings.contains(&row) {
            match lines.next() {
                Some(cells) if cells.iter().all(|text| text.trim().is_empty()) => found = true,
                Some(_) => return false,
                None => break,
            }
        }
        if lines.next().is_none() {
            break;
        }
        row += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_come_apart_as_spreadsheets_put_them_together() {
        let check = |text: &str, expected: &[&[&str]]| {
            let found = cells(text);
            let expected: Vec<Vec<String>> = expected
                .iter()
                .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
                .collect();
            assert_eq!(found, expected, "{text:?}");
        };
        check("1\t2\r\n3\t4\r\n", &[&["1", "2"], &["3", "4"]]);
        check("1\n\n3", &[&["1"], &[""], &["3"]]);
        check(
            "\"两\n行\"\t\"说\"\"好\"\"\"\t1\n",
            &[&["两\n行", "说\"好\"", "1"]],
        );
        check("\"一月\"合计\t1", &[&["\"一月\"合计", "1"]]);
        check("\"没有结束\t1", &[&["\"没有结束", "1"]]);
        check("", &[&[""]]);
    }

    /// Where `1 2 3 …` go in a grid of six rows and two columns, with headings above rows 0, 2 and 4.
    fn check(text: &str, from: (usize, usize), expected: &str) {
        let shape = Shape {
            rows: 6,
            columns: 2,
            headings: &[0, 2, 4],
        };
        let from = At {
            row: from.0,
            column: from.1,
        };
        let placed = place(&cells(text), from, shape);
        let told: Vec<String> = placed
            .cells
            .iter()
            .map(|(at, text)| format!("{}{}={text}", char::from(b'a' + at.column as u8), at.row))
            .collect();
        let left: String = placed.left.iter().map(|text| format!(" !{text}")).collect();
        assert_eq!(format!("{}{left}", told.join(" ")), expected, "{text:?}");
    }

    #[test]
    fn numbers_go_down_from_the_cursor_and_what_finds_no_cell_is_left() {
        check("1\n2\n3\n", (1, 0), "a1=1 a2=2 a3=3");
        check("1\tx\n2\ty\n", (4, 0), "a4=1 b4=x a5=2 b5=y");
        check("1\n2\n3\n", (4, 0), "a4=1 a5=2 !3");
        check("1\t2\t3\n", (0, 0), "a0=1 b0=2 !3");
    }

    #[test]
    fn the_empty_rows_of_our_templates_headings_are_passed_over() {
        check("1\n2\n\n3\n4\n\n5\n", (0, 0), "a0=1 a1=2 a2=3 a3=4 a4=5");
        check("1\n\n3\n", (0, 0), "a0=1 a1= a2=3");
    }

    #[test]
    fn a_block_of_numbers_has_no_names() {
        let check = |text: &str, expected| assert_eq!(is_bare(&cells(text)), expected, "{text}");
        check("6,989\n2000余\n—\n\n无\n2.69万家\n", true);
        check("纳税企业数\t6989\n", false);
        check("6989\t已核实\n", false);
    }
}
