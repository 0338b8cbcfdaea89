use std::fmt;

use serde::{Deserialize, Serialize};

/// Where in a file something stands. A text file has one sheet, without a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Place {
    /// Which sheet, from 0; [`super::Reading::sheets`] names it.
    pub sheet: u16,
    /// The row as the spreadsheet numbers it, or the line of a text, from 1.
    pub row: u32,
    /// The column, from 0; none where the whole row is meant.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub column: Option<u16>,
}

impl fmt::Display for Place {
    /// `B7` as spreadsheets name a cell, `7` for a row.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(column) = self.column else {
            return write!(formatter, "{}", self.row);
        };
        write!(formatter, "{}{}", column_name(column), self.row)
    }
}

/// A place that is spoken of: with the name of its sheet where the file has several.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct At {
    /// Where.
    #[serde(flatten)]
    pub place: Place,
    /// The name of its sheet; none where there is one sheet, or the sheet has no name.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sheet_name: Option<String>,
}

impl Place {
    /// The place as it is spoken of in a file with these sheets.
    pub fn among(self, sheets: &[String]) -> At {
        let name = sheets.get(usize::from(self.sheet));
        At {
            place: self,
            sheet_name: name.filter(|name| sheets.len() > 1 && !name.is_empty()).cloned(),
        }
    }
}

impl fmt::Display for At {
    /// `表2!B7`, or `B7` in a file with one sheet.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.sheet_name {
            Some(name) => write!(formatter, "{name}!{}", self.place),
            None => self.place.fmt(formatter),
        }
    }
}

/// The letters of a column: A, Z, AA.
pub fn column_name(column: u16) -> String {
    let mut rest = u32::from(column) + 1;
    let mut letters = Vec::new();
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    letters.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_named_as_spreadsheets_do() {
        let check = |column, row, expected: &str| {
            let place = Place {
                sheet: 0,
                row,
                column,
            };
            assert_eq!(place.to_string(), expected);
        };
        check(Some(1), 7, "B7");
        check(Some(25), 1, "Z1");
        check(Some(26), 1, "AA1");
        check(Some(701), 10, "ZZ10");
        check(Some(702), 10, "AAA10");
        check(None, 3, "3");
    }

    #[test]
    fn a_sheet_is_named_where_there_are_several() {
        let place = Place {
            sheet: 1,
            row: 7,
            column: Some(1),
        };
        let check = |sheets: &[&str], expected: &str| {
            let sheets: Vec<String> = sheets.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(place.among(&sheets).to_string(), expected);
        };
        check(&["表1", "表2"], "表2!B7");
        check(&["表1", ""], "B7");
        check(&["表1"], "B7");
    }
}
