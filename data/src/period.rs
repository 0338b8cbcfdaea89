use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

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

/// Why a text is not a date or a period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// Not `2022`, `2022-10` or `2022-10-31`, or outside 1900 to 2100.
    #[error("`{0}` is not a date: write 2022, 2022-10 or 2022-10-31")]
    NotADate(String),
    /// Not one of the six kinds of period.
    #[error("`{0}` is not a period")]
    NotAPeriod(String),
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

fn digits(text: &str, length: usize) -> Option<u32> {
    (text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok())?
}

impl Serialize for PartialDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
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

/// The time a figure speaks of. Periods of different kinds are never joined, subtracted or put on one axis: see
/// [`Period::joins`] and [`Period::shares_axis`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Period {
    /// A calendar year.
    Year {
        /// The year.
        year: i32,
    },
    /// As of a date. With `years_before` it is the opening of a window of that many years before the date: a report
    /// that says "in five years from 2330 to 6989" states no date for the 2330.
    Instant {
        /// The date, or the closing date of the window it opens.
        end: PartialDate,
        /// Zero for the date itself; else how many years before it, on a date not stated.
        #[serde(skip_serializing_if = "is_zero")]
        years_before: u8,
    },
    /// From the first of January to a date.
    YearToDate {
        /// The last day.
        end: PartialDate,
    },
    /// The past years, such as 近5年.
    Window {
        /// How many years.
        years: u8,
        /// The first day, where the source states it.
        #[serde(skip_serializing_if = "Option::is_none")]
        start: Option<PartialDate>,
        /// The last day; where the bounds are unstated, the date of the report.
        end: PartialDate,
    },
    /// Since a start that is not stated.
    Cumulative {
        /// The date up to which was counted.
        end: PartialDate,
    },
    /// Years in a row; the value is their number.
    Streak {
        /// How many years.
        years: u8,
        /// The last of them, or the date of the report.
        end: PartialDate,
    },
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

fn is_zero(number: &u8) -> bool {
    *number == 0
}

/// The six kinds of [`Period`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PeriodKind {
    /// A calendar year.
    Year,
    /// As of a date.
    Instant,
    /// Year to date.
    YearToDate,
    /// The past years.
    Window,
    /// Since an unstated start.
    Cumulative,
    /// Years running.
    Streak,
}

/// Why two periods cannot stand on one line or axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeriodMismatch {
    /// One is, say, a window and the other a year.
    DifferentKinds(PeriodKind, PeriodKind),
    /// Windows or streaks of different lengths.
    DifferentLengths(u8, u8),
    /// The same kind, up to different dates.
    DifferentEnds(PartialDate, PartialDate),
    /// The date of one is not stated, so it has no place on an axis of time.
    UnstatedDate,
}

/// Whether the source states the period of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum PeriodBasis {
    /// The source states it.
    #[default]
    Stated,
    /// The source states none.
    Unstated,
    /// The source can be read in two ways.
    Ambiguous,
}

impl PeriodBasis {
    /// The basis a word in a file stands for.
    pub fn from_word(word: &str) -> Option<PeriodBasis> {
        Some(match word {
            "" | "stated" | "注明" => PeriodBasis::Stated,
            "unstated" | "未注明" => PeriodBasis::Unstated,
            "ambiguous" | "两可" => PeriodBasis::Ambiguous,
            _ => return None,
        })
    }

    /// The code used in files and in JSON.
    pub fn code(self) -> &'static str {
        match self {
            PeriodBasis::Stated => "stated",
            PeriodBasis::Unstated => "unstated",
            PeriodBasis::Ambiguous => "ambiguous",
        }
    }
}

impl Period {
    /// Which of the six kinds it is.
    pub fn kind(&self) -> PeriodKind {
        match self {
            Period::Year { .. } => PeriodKind::Year,
            Period::Instant { .. } => PeriodKind::Instant,
            Period::YearToDate { .. } => PeriodKind::YearToDate,
            Period::Window { .. } => PeriodKind::Window,
            Period::Cumulative { .. } => PeriodKind::Cumulative,
            Period::Streak { .. } => PeriodKind::Streak,
        }
    }

    /// The end as reported; for a calendar year, the year itself.
    pub fn end(&self) -> Option<PartialDate> {
        match *self {
            Period::Year { year } => PartialDate::year_only(year),
            Period::Instant { end, .. }
            | Period::YearToDate { end }
            | Period::Window { end, .. }
            | Period::Cumulative { end }
            | Period::Streak { end, .. } => Some(end),
        }
    }

    /// The day at which it is ordered and filtered: its last day, or for the opening of a window that many years
    /// before, which is an approximation and never drawn as a position.
    pub fn order_day(&self) -> NaiveDate {
        let end = self.end().map_or(NaiveDate::MIN, PartialDate::last_day);
        match *self {
            Period::Instant { years_before, .. } if years_before > 0 => end
                .checked_sub_months(Months::new(12 * u32::from(years_before)))
                .unwrap_or(end),
            _ => end,
        }
    }

    /// The day at which it is drawn on an axis of time; `None` where the source states no date.
    pub fn position(&self) -> Option<NaiveDate> {
        match self {
            Period::Instant {
                years_before: 1.., ..
            } => None,
            _ => self.end().map(PartialDate::last_day),
        }
    }

    /// Whether it is the opening of a window, a date the source leaves unstated.
    pub fn is_opening(&self) -> bool {
        matches!(
            self,
            Period::Instant {
                years_before: 1..,
                ..
            }
        )
    }

    /// Whether a line may join a figure of this period with one of another, at another time.
    pub fn joins(&self, other: &Period) -> Result<(), PeriodMismatch> {
        self.same_measure(other)?;
        if self.position().is_none() || other.position().is_none() {
            return Err(PeriodMismatch::UnstatedDate);
        }
        if let (Period::YearToDate { end: a }, Period::YearToDate { end: b }) = (self, other)
            && (a.last_day().month(), a.last_day().day()) != (b.last_day().month(), b.last_day().day())
        {
            return Err(PeriodMismatch::DifferentEnds(*a, *b));
        }
        Ok(())
    }

    /// Whether figures of both periods may stand side by side as bars on one axis: the same kind, length and end.
    pub fn shares_axis(&self, other: &Period) -> Result<(), PeriodMismatch> {
        self.same_measure(other)?;
        if self.is_opening() != other.is_opening() {
            return Err(PeriodMismatch::UnstatedDate);
        }
        match (self.end(), other.end()) {
            (Some(a), Some(b)) if a != b => Err(PeriodMismatch::DifferentEnds(a, b)),
            _ => Ok(()),
        }
    }

    /// Whether this is the closing figure of the window that `opening` opens.
    pub fn closes(&self, opening: &Period) -> bool {
        match (self, opening) {
            (
                Period::Instant { end, years_before: 0 },
                Period::Instant {
                    end: closing,
                    years_before: 1..,
                },
            ) => end == closing,
            _ => false,
        }
    }

    fn same_measure(&self, other: &Period) -> Result<(), PeriodMismatch> {
        if self.kind() != other.kind() {
            return Err(PeriodMismatch::DifferentKinds(self.kind(), other.kind()));
        }
        match (self, other) {
            (Period::Window { years: a, .. }, Period::Window { years: b, .. }) if a != b => {
                Err(PeriodMismatch::DifferentLengths(*a, *b))
            }
            _ => Ok(()),
        }
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> Period {
        text.parse().unwrap()
    }

    #[test]
    fn every_kind_is_written_as_it_is_read() {
        for text in [
            "2022",
            "@2022-10-31",
            "@2021-04",
            "@2022-10-31-P5Y",
            "ytd/2022-10-31",
            "P5Y/2022-10-31",
            "P5Y/2017-11-01/2022-10-31",
            "../2022-10-31",
            "streak-P5Y/2022-10-31",
        ] {
            assert_eq!(period(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in [
            "",
            "22",
            "2022-13",
            "@2022-02-30",
            "P5/2022",
            "ytd/",
            "1e3",
            "9999",
            "../../etc",
            "P999Y/2022",
        ] {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_five_year_window_never_joins_a_year() {
        let mismatch = period("P5Y/2022-10-31").joins(&period("2022"));
        assert_eq!(
            mismatch,
            Err(PeriodMismatch::DifferentKinds(
                PeriodKind::Window,
                PeriodKind::Year
            ))
        );
        assert!(period("2021").joins(&period("2022")).is_ok());
    }

    #[test]
    fn windows_of_different_lengths_do_not_join() {
        let mismatch = period("P5Y/2022-10-31").joins(&period("P3Y/2021-10-31"));
        assert_eq!(mismatch, Err(PeriodMismatch::DifferentLengths(5, 3)));
    }

    #[test]
    fn parts_of_years_join_only_up_to_the_same_day() {
        assert!(period("ytd/2021-10-31").joins(&period("ytd/2022-10-31")).is_ok());
        assert!(period("ytd/2021-06-30").joins(&period("ytd/2022-10-31")).is_err());
    }

    #[test]
    fn the_opening_of_a_window_has_no_place_on_an_axis_but_pairs_with_its_close() {
        let (opening, closing) = (period("@2022-10-31-P5Y"), period("@2022-10-31"));
        assert_eq!(opening.position(), None);
        assert_eq!(opening.joins(&closing), Err(PeriodMismatch::UnstatedDate));
        assert!(closing.closes(&opening));
        assert_eq!(opening.order_day().year(), 2017);
    }

    #[test]
    fn a_month_is_ordered_at_its_last_day() {
        assert_eq!(
            "2021-04".parse::<PartialDate>().unwrap().last_day().to_string(),
            "2021-04-30"
        );
        assert_eq!(
            "2024-02".parse::<PartialDate>().unwrap().last_day().to_string(),
            "2024-02-29"
        );
    }

    #[test]
    fn json_names_the_kind() {
        let json = serde_json::to_string(&period("@2022-10-31")).unwrap();
        assert_eq!(json, r#"{"kind":"instant","end":"2022-10-31"}"#);
        assert_eq!(
            serde_json::from_str::<Period>(&json).unwrap(),
            period("@2022-10-31")
        );
    }
}
