//! Which day it is, wherever the machine thinks it stands: those who report share one clock.

use chrono::{DateTime, Datelike, FixedOffset, NaiveDate, Utc};

/// China has one clock.
const EAST_OF_GREENWICH: i32 = 8 * 3600;

/// The day in China at a moment.
pub fn china_day(moment: DateTime<Utc>) -> NaiveDate {
    FixedOffset::east_opt(EAST_OF_GREENWICH).map_or_else(
        || moment.date_naive(),
        |zone| moment.with_timezone(&zone).date_naive(),
    )
}

/// The year that is reported at a moment: the one before, which is over.
pub fn usual_year(moment: DateTime<Utc>) -> i32 {
    china_day(moment).year() - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_begins_in_china_while_it_is_the_old_one_in_greenwich() {
        let check = |moment: &str, day: &str, year: i32| {
            let moment = moment.parse().unwrap();
            assert_eq!(
                (china_day(moment).to_string().as_str(), usual_year(moment)),
                (day, year)
            );
        };
        check("2025-12-31T15:59:59Z", "2025-12-31", 2024);
        check("2025-12-31T23:00:00Z", "2026-01-01", 2025);
    }
}
