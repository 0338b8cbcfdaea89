use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::PeriodError;

/// A date known to the day, the month or only the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartialDate {
    last: NaiveDate,
    precision: DatePrecision,
}

/// How much of a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DatePrecision {
    /// The year only.
    Year,
    /// Year and month.
    Month,
    /// The day.
    Day,
}

/// The years this system accepts: the federation was founded in 1953, and plans do not reach beyond a century.
pub const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

impl PartialDate {
    /// A whole year; `None` outside [`YEARS`].
    pub fn year_only(year: i32) -> Option<PartialDate> {
        let last = NaiveDate::from_ymd_opt(year, 12, 31).filter(|_| YEARS.contains(&year))?;
        Some(PartialDate {
            last,
            precision: DatePrecision::Year,
        })
    }

    /// A day; `None` outside [`YEARS`].
    pub fn day(date: NaiveDate) -> Option<PartialDate> {
        YEARS.contains(&date.year()).then_some(PartialDate {
            last: date,
            precision: DatePrecision::Day,
        })
    }

    /// The last day it can mean, by which dates are ordered and drawn.
    pub fn last_day(self) -> NaiveDate {
        self.last
    }

    /// The first day it can mean.
    pub fn first_day(self) -> NaiveDate {
        match self.precision {
            DatePrecision::Year => NaiveDate::from_ymd_opt(self.last.year(), 1, 1),
            DatePrecision::Month => self.last.with_day(1),
            DatePrecision::Day => Some(self.last),
        }
        .unwrap_or(self.last)
    }

    /// How much of it is known.
    pub fn precision(self) -> DatePrecision {
        self.precision
    }

    /// The calendar year.
    pub fn year(self) -> i32 {
        self.last.year()
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.precision {
            DatePrecision::Year => write!(formatter, "{}", self.last.year()),
            DatePrecision::Month => write!(formatter, "{}-{:02}", self.last.year(), self.last.month()),
            DatePrecision::Day => write!(formatter, "{}", self.last),
        }
    }
}

impl FromStr for PartialDate {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<PartialDate, PeriodError> {
        parse_partial_date(text).ok_or_else(|| PeriodError::NotADate(text.to_owned()))
    }
}

fn parse_partial_date(text: &str) -> Option<PartialDate> {
    let mut parts = text.split('-');
    let year = digits(parts.next()?, 4)?;
    let Some(month) = parts.next() else {
        return PartialDate::year_only(year as i32);
    };
    let first = NaiveDate::from_ymd_opt(year as i32, digits(month, 2)?, 1)?;
    let date = match parts.next() {
        Some(day) => PartialDate {
            last: first.with_day(digits(day, 2)?)?,
            precision: DatePrecision::Day,
        },
        None => {
            let last = first.checked_add_months(Months::new(1))?.pred_opt()?;
            PartialDate {
                last,
                precision: DatePrecision::Month,
            }
        }
    };
    (parts.next().is_none() && YEARS.contains(&date.year())).then_some(date)
}

pub(super) fn digits(text: &str, length: usize) -> Option<u32> {
    (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for PartialDate {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "PartialDate".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "A date known to the day, the month or only the year: `2022-10-31`, `2022-10`, `2022`.",
            "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
        })
    }
}

impl<'de> Deserialize<'de> for PartialDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<PartialDate, D::Error> {
        let text = <std::borrow::Cow<'_, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// A day in JSON as ISO 8601, read by the parser of [`PartialDate`]: chrono's own would come into the Wasm beside it.
pub mod day {
    use super::*;

    /// Writes a day.
    pub fn serialize<S: Serializer>(day: &NaiveDate, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(day)
    }

    /// Reads a day.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<NaiveDate, D::Error> {
        let date = PartialDate::deserialize(deserializer)?;
        let is_day = date.precision() == DatePrecision::Day;
        is_day
            .then(|| date.last_day())
            .ok_or_else(|| serde::de::Error::custom(PeriodError::NotADate(date.to_string())))
    }

    /// A day that may be missing.
    pub mod option {
        use super::*;

        /// Writes a day, or null.
        pub fn serialize<S: Serializer>(day: &Option<NaiveDate>, serializer: S) -> Result<S::Ok, S::Error> {
            day.map(|day| day.to_string()).serialize(serializer)
        }

        /// Reads a day, or null.
        pub fn deserialize<'de, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Option<NaiveDate>, D::Error> {
            Ok(Option::<PartialDate>::deserialize(deserializer)?.map(PartialDate::last_day))
        }
    }
}
