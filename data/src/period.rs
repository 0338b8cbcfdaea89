mod date;
mod text;

use chrono::{Datelike, Months, NaiveDate};
use serde::{Deserialize, Serialize};

pub use date::{DatePrecision, PartialDate, YEARS, day};

/// The time a figure speaks of. Periods of different kinds are never joined, subtracted or put on one axis: see
/// [`Period::joins`] and [`Period::shares_axis`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
        #[cfg_attr(feature = "schema", schemars(default))]
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
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
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
