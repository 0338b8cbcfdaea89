//! The period of a figure of a report.

use std::borrow::Cow;

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

/// A date as our files write it, out of what a spreadsheet makes of it that opened the file and saved it again: 2022/10/31,
/// 2021年4月, Apr-21. Anything else stays what it is.
pub fn date(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return Cow::Borrowed(text);
    }
    let parts = |text: &str| -> Option<Vec<u32>> {
        let parts = text.trim_end_matches(['年', '月', '日']);
        parts
            .split(['/', '年', '月'])
            .map(|part| part.parse().ok())
            .collect()
    };
    let found = match (parts(text).as_deref(), english(text)) {
        (Some([year]), _) => Some(year.to_string()),
        (Some([year, month]), _) => Some(format!("{year}-{month:02}")),
        (Some([year, month, day]), _) => Some(format!("{year}-{month:02}-{day:02}")),
        (_, other) => other,
    };
    found.map_or(Cow::Borrowed(text), Cow::Owned)
}

/// Apr-21: what Excel shows for 2021-04.
fn english(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (month, year) = text.split_once('-')?;
    let month = MONTHS.iter().position(|name| *name == month)? + 1;
    let year: u32 = year.parse().ok().filter(|year| *year < 100)?;
    Some(format!("20{year:02}-{month:02}"))
}

/// The period that a row states in words: its kind, and start, end and years. `None` where they make none.
pub fn stated(kind: &str, [start, end, years]: &[String; 3]) -> Option<Period> {
    let start: Option<PartialDate> = match start.as_str() {
        "" => None,
        text => Some(date(text).parse().ok()?),
    };
    PeriodWord::from_word(kind)?.period(start, date(end).parse().ok()?, years.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_as_a_spreadsheet_saves_it() {
        let check = |text: &str, expected: &str| assert_eq!(date(text), expected, "{text}");
        check("2022-10-31", "2022-10-31");
        check("2022", "2022");
        check("2022/10/31", "2022-10-31");
        check("2022/1/5", "2022-01-05");
        check("2022年1月5日", "2022-01-05");
        check("2021年4月", "2021-04");
        check("2021年", "2021");
        check("Apr-21", "2021-04");
        check("31/10/2022", "31-10-2022");
        check("昨天", "昨天");
        check("", "");
    }
}
