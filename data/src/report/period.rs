//! The period of a figure of a report.

use chrono::NaiveDate;

use crate::read::PeriodWord;
use crate::{Indicator, ObservationValue, PartialDate, Period, TimeRule};

/// The period of an annual figure: what flows is of the year, what stands is as of its last day, and years in a row are
/// counted up to it.
pub fn annual(indicator: &Indicator, year: i32, value: Option<&ObservationValue>) -> Period {
    let end = NaiveDate::from_ymd_opt(year, 12, 31).and_then(PartialDate::day);
    let Some(end) = end else {
        return Period::Year { year };
    };
    let years = value.and_then(|value| u8::try_from(value.number().mantissa()).ok());
    match (indicator.unit.as_str(), indicator.time_rule, years) {
        ("calendar_year", ..) | (_, TimeRule::Flow, _) => Period::Year { year },
        ("year", _, Some(years)) => Period::Streak { years, end },
        _ => Period::Instant { end, years_before: 0 },
    }
}

/// The period that a row states in words: its kind, and start, end and years. `None` where they make none.
pub fn stated(kind: &str, [start, end, years]: &[String; 3]) -> Option<Period> {
    let start: Option<PartialDate> = match start.as_str() {
        "" => None,
        text => Some(text.parse().ok()?),
    };
    PeriodWord::from_word(kind)?.period(start, end.parse().ok()?, years.parse().ok())
}
