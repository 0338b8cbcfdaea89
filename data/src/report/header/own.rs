//! The header of a file that we wrote ourselves.

use super::words::field;
use super::{Header, Role, Values};
use crate::read::{BESIDE, COLUMNS};
use crate::sheet::Cell;

/// The place of the values in [`COLUMNS`].
const VALUE: usize = 2;

/// The header of a file in our own columns: a row of names that an export has, in either language and any order, each once,
/// with all that such a file must have. Where a person added a column of their own it is a table like any other.
pub(super) fn find(rows: &[Vec<Cell<'_>>]) -> Option<Header> {
    rows.iter().enumerate().find_map(|(last, row)| of(row, last))
}

fn of(row: &[Cell<'_>], last: usize) -> Option<Header> {
    let titles: Vec<String> = row.iter().map(|cell| cell.text().into_owned()).collect();
    let mut found = [false; COLUMNS.len()];
    let mut roles = Vec::with_capacity(titles.len());
    for title in &titles {
        let place = COLUMNS
            .iter()
            .position(|column| column.names.contains(&title.as_str()));
        roles.push(match place {
            _ if title.is_empty() => Role::Empty,
            None => is_beside(title).then_some(Role::Ignored)?,
            // The same column twice: which of them is meant nobody knows.
            Some(place) if std::mem::replace(&mut found[place], true) => return None,
            Some(VALUE) => Role::Values(Values::default()),
            Some(_) => field(title)?,
        });
    }
    let is_whole = COLUMNS
        .iter()
        .zip(found)
        .all(|(column, found)| found || !column.required);
    is_whole.then_some(Header {
        last,
        roles,
        titles,
        is_own: true,
    })
}

/// Whether a column of ours has this name that says something in words only.
pub(super) fn is_beside(title: &str) -> bool {
    BESIDE.iter().any(|names| names.contains(&title))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(header: &[&str], is_own: bool) {
        let row: Vec<Cell<'_>> = header.iter().map(|title| Cell::of_text(title)).collect();
        let found = find(&[vec![Cell::of_text("title")], row]);
        assert_eq!(found.map(|header| header.last), is_own.then_some(1), "{header:?}");
    }

    #[test]
    fn our_own_columns_are_known_in_either_language_and_any_order() {
        for language in 0..2 {
            let mut header: Vec<&str> = COLUMNS.iter().map(|column| column.names[language]).collect();
            check(&header, true);
            header.reverse();
            header.extend(BESIDE.iter().map(|names| names[language]));
            check(&header, true);
        }
    }

    #[test]
    fn a_table_with_a_column_of_somebody_elses_is_none_of_ours() {
        let header: Vec<&str> = COLUMNS.iter().map(|column| column.names[1]).collect();
        check(&[header.as_slice(), &["负责人"]].concat(), false);
        check(&[header.as_slice(), &["数值"]].concat(), false);
        check(&header[3..], false);
    }
}
