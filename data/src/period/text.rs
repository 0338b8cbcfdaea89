//! A period as one line of text, and as JSON.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer};

use super::date::digits;
use super::{PartialDate, Period, PeriodError};

/// One line of text that names a period in addresses, files and the database.
///
/// `2022` a year; `@2022-10-31` an instant, `@2022-10-31-P5Y` five years before it; `ytd/2022-10-31`;
/// `P5Y/2022-10-31` a window with unstated bounds, `P5Y/2017-11-01/2022-10-31` with stated ones; `../2022-10-31`
/// cumulative since an unstated start (ISO 8601-2); `streak-P5Y/2022-10-31`.
impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Year { year } => write!(formatter, "{year}"),
            Period::Instant { end, years_before: 0 } => write!(formatter, "@{end}"),
            Period::Instant { end, years_before } => write!(formatter, "@{end}-P{years_before}Y"),
            Period::YearToDate { end } => write!(formatter, "ytd/{end}"),
            Period::Window {
                years,
                start: None,
                end,
            } => write!(formatter, "P{years}Y/{end}"),
            Period::Window {
                years,
                start: Some(start),
                end,
            } => write!(formatter, "P{years}Y/{start}/{end}"),
            Period::Cumulative { end } => write!(formatter, "../{end}"),
            Period::Streak { years, end } => write!(formatter, "streak-P{years}Y/{end}"),
        }
    }
}

impl FromStr for Period {
    type Err = PeriodError;

    fn from_str(text: &str) -> Result<Period, PeriodError> {
        parse_period(text).ok_or_else(|| PeriodError::NotAPeriod(text.to_owned()))
    }
}

fn parse_period(text: &str) -> Option<Period> {
    if let Some(rest) = text.strip_prefix('@') {
        let (end, years_before) = match rest.split_once("-P") {
            Some((end, years)) => (end, years.strip_suffix('Y')?.parse().ok()?),
            None => (rest, 0),
        };
        return Some(Period::Instant {
            end: end.parse().ok()?,
            years_before,
        });
    }
    let years = |part: &str| part.strip_prefix('P')?.strip_suffix('Y')?.parse().ok();
    let parts: Vec<&str> = text.split('/').collect();
    match *parts.as_slice() {
        [year] => {
            PartialDate::year_only(digits(year, 4)? as i32).map(|date| Period::Year { year: date.year() })
        }
        ["ytd", end] => Some(Period::YearToDate {
            end: end.parse().ok()?,
        }),
        ["..", end] => Some(Period::Cumulative {
            end: end.parse().ok()?,
        }),
        [head, end] if head.starts_with("streak-") => Some(Period::Streak {
            years: years(head.strip_prefix("streak-")?)?,
            end: end.parse().ok()?,
        }),
        [head, end] => Some(Period::Window {
            years: years(head)?,
            start: None,
            end: end.parse().ok()?,
        }),
        [head, start, end] => Some(Period::Window {
            years: years(head)?,
            start: Some(start.parse().ok()?),
            end: end.parse().ok()?,
        }),
        _ => None,
    }
}

/// The JSON of every kind of period with all its fields optional: what serde derives for a tagged enum buffers each
/// value first, at ten times the code in every visitor's Wasm.
#[derive(Deserialize)]
struct Wire {
    kind: String,
    year: Option<i32>,
    years: Option<u8>,
    years_before: Option<u8>,
    start: Option<PartialDate>,
    end: Option<PartialDate>,
}

impl Wire {
    fn period(&self) -> Option<Period> {
        Some(match self.kind.as_str() {
            "year" => Period::Year {
                year: PartialDate::year_only(self.year?)?.year(),
            },
            "instant" => Period::Instant {
                end: self.end?,
                years_before: self.years_before.unwrap_or(0),
            },
            "year_to_date" => Period::YearToDate { end: self.end? },
            "window" => Period::Window {
                years: self.years?,
                start: self.start,
                end: self.end?,
            },
            "cumulative" => Period::Cumulative { end: self.end? },
            "streak" => Period::Streak {
                years: self.years?,
                end: self.end?,
            },
            _ => return None,
        })
    }
}

impl<'de> Deserialize<'de> for Period {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Period, D::Error> {
        let wire = Wire::deserialize(deserializer)?;
        wire.period()
            .ok_or_else(|| serde::de::Error::custom(PeriodError::NotAPeriod(wire.kind)))
    }
}
