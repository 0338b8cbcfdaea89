use std::borrow::Cow;

use chrono::NaiveDate;

use crate::Decimal;

/// One cell as it stands in a file. A text file has only [`Cell::Empty`] and [`Cell::Text`]; the others are what a
/// workbook says of its cells.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// Nothing, or white space alone.
    Empty,
    /// A text, trimmed.
    Text(Cow<'a, str>),
    /// A number, which workbooks keep as a double.
    Number(f64),
    /// A date.
    Date(NaiveDate),
    /// True or false.
    Boolean(bool),
    /// What a formula answers that fails, such as `#REF!`.
    Error(Cow<'a, str>),
}

impl Cell<'_> {
    /// A cell of a text file.
    pub fn of_text(text: &str) -> Cell<'_> {
        match text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}') {
            "" => Cell::Empty,
            trimmed => Cell::Text(Cow::Borrowed(trimmed)),
        }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        *self == Cell::Empty
    }

    /// The cell as a reader sees it; empty for nothing. A whole number has no point.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Cell::Empty => Cow::Borrowed(""),
            Cell::Text(text) | Cell::Error(text) => Cow::Borrowed(text),
            Cell::Number(number) => Cow::Owned(shortest(*number)),
            Cell::Date(date) => Cow::Owned(date.to_string()),
            Cell::Boolean(true) => Cow::Borrowed("TRUE"),
            Cell::Boolean(false) => Cow::Borrowed("FALSE"),
        }
    }

    /// The same cell with a text of its own.
    pub fn into_owned(self) -> Cell<'static> {
        match self {
            Cell::Empty => Cell::Empty,
            Cell::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
            Cell::Number(number) => Cell::Number(number),
            Cell::Date(date) => Cell::Date(date),
            Cell::Boolean(truth) => Cell::Boolean(truth),
            Cell::Error(text) => Cell::Error(Cow::Owned(text.into_owned())),
        }
    }
}

/// The double by which a cell of a workbook holds a number, where it is read back from there to the digit; `None` for one of
/// more than 15 digits, which Excel itself would shorten.
pub fn double(number: Decimal) -> Option<f64> {
    const MOST: u64 = 999_999_999_999_999;
    let double: f64 = number.to_string().parse().ok()?;
    if number.mantissa().unsigned_abs() > MOST {
        return None;
    }
    let back: Decimal = shortest(double).parse().ok()?;
    (back == number).then_some(double)
}

/// A double as a spreadsheet shows it: 15 digits, which is what Excel keeps, so that the 0.1 + 0.2 of a formula is 0.3.
/// Numbers beyond 18 digits come out in scientific notation, which no reader of figures accepts.
fn shortest(number: f64) -> String {
    let magnitude = number.abs();
    if magnitude != 0.0 && !(1e-6..1e18).contains(&magnitude) {
        return format!("{number:e}");
    }
    let before_point = magnitude.max(1.0).log10() as usize + 1;
    let text = format!(
        "{number:.decimals$}",
        decimals = 15usize.saturating_sub(before_point)
    );
    match text.contains('.') {
        true => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_double_is_told_as_a_spreadsheet_shows_it() {
        let check = |number: f64, expected: &str| assert_eq!(Cell::Number(number).text(), expected);
        check(6989.0, "6989");
        check(0.1 + 0.2, "0.3");
        check(2.69, "2.69");
        check(1_570_000_000.0, "1570000000");
        check(-5.5, "-5.5");
        check(0.0, "0");
        check(1e308, "1e308");
    }

    #[test]
    fn a_number_is_a_double_where_it_reads_back_to_the_digit() {
        let check = |text: &str, expected: Option<f64>| {
            assert_eq!(double(text.parse().unwrap()), expected, "{text}");
        };
        check("6989", Some(6989.0));
        check("-0.1", Some(-0.1));
        check("0.0001", Some(0.0001));
        check("123456789012345", Some(123_456_789_012_345.0));
        check("1.97", Some(1.97));
        check("1234567890123456", None);
        check("9007199254740993", None);
        check("123456789.123456789", None);
        check("0.000000123", None);
    }
}
