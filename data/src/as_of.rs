use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

use crate::Phrase;

/// A published state of the past, as an address names it: by its vintage, or by a day at whose end it was the newest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AsOf {
    /// The vintage, from 1.
    Vintage(u32),
    /// The day, as it is in China.
    Day(NaiveDate),
}

/// What may stand in a parameter that names a past state.
pub const AS_OF_EXPECTED: Phrase = Phrase::new(
    "版本号（如 3）或日期（如 2022-10-31）",
    "a vintage such as 3, or a day such as 2022-10-31",
);

/// A text that names no past state.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is neither a vintage nor a day")]
pub struct NotAsOf(String);

impl AsOf {
    /// The parameter of an address.
    pub const PARAMETER: &str = "as-of";
}

impl FromStr for AsOf {
    type Err = NotAsOf;

    fn from_str(text: &str) -> Result<AsOf, NotAsOf> {
        let wrong = || NotAsOf(text.to_owned());
        match text.parse() {
            Ok(0) => Err(wrong()),
            Ok(vintage) => Ok(AsOf::Vintage(vintage)),
            Err(_) => crate::period::PartialDate::from_str(text)
                .ok()
                .filter(|date| date.precision() == crate::period::DatePrecision::Day)
                .map(|date| AsOf::Day(date.last_day()))
                .ok_or_else(wrong),
        }
    }
}

impl fmt::Display for AsOf {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AsOf::Vintage(vintage) => vintage.fmt(formatter),
            AsOf::Day(day) => day.fmt(formatter),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_past_state_is_a_vintage_or_a_whole_day() {
        for text in ["1", "42", "2022-10-31"] {
            assert_eq!(text.parse::<AsOf>().unwrap().to_string(), text);
        }
        for text in ["0", "-1", "2022-10", "2022-02-30", "yesterday", "", "1e3"] {
            assert!(text.parse::<AsOf>().is_err(), "{text}");
        }
    }
}
