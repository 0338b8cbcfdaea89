//! What stands above a table.

use super::header::{Field, Header, Role};
use super::{Issue, Place, Problem};
use crate::sheet::Cell;

/// A title that names another year than the one reported, where no title and no column names that: the table of another
/// year, mostly, which the clerk took by mistake. `rows` are those down to the header with their numbers.
pub fn other_year(
    rows: &[(u32, &[Cell<'_>])],
    header: &Header,
    (sheet, expected): (u16, i32),
) -> Option<Issue> {
    let names_years = header.values().any(|(_, values)| values.year.is_some())
        || [Field::Year, Field::PeriodStart, Field::PeriodEnd]
            .into_iter()
            .any(|field| header.roles.contains(&Role::Field(field)));
    if names_years {
        return None;
    }
    let mut other = None;
    for (number, cells) in rows {
        for (column, cell) in cells.iter().enumerate() {
            for found in years(&cell.text()) {
                if found == expected {
                    return None;
                }
                let place = Place {
                    sheet,
                    row: *number,
                    column: u16::try_from(column).ok(),
                };
                other = other.or(Some((place, found)));
            }
        }
    }
    let (place, found) = other?;
    Some(Issue {
        place,
        about: None,
        problem: Problem::OtherYear { found, expected },
    })
}

/// The years that a text names: four digits before 年, and no more digits before them.
fn years(text: &str) -> Vec<i32> {
    let is_digit = |c: char| c.is_ascii_digit();
    let before = text.match_indices('年').map(|(at, _)| text[..at].trim_end());
    before
        .filter_map(|before| {
            let digits = before.len() - before.trim_end_matches(is_digit).len();
            let year = before.get(before.len().checked_sub(4)?..)?;
            (digits == 4).then(|| year.parse().ok()).flatten()
        })
        .filter(|year| crate::period::YEARS.contains(year))
        .collect()
}
