use chrono::{Datelike, NaiveDate};
use data::Lang;

/// A date written below an axis of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeTick {
    /// The day whose place it marks.
    pub day: NaiveDate,
    /// The year, or the month where the axis is short.
    pub label: String,
}

/// The least free space between two dates, in pixels: about the width of two digits.
const GAP: f64 = 14.0;

/// Steps between two dates that a reader counts easily.
const STRIDES: [i32; 11] = [1, 2, 3, 4, 5, 10, 20, 25, 50, 100, 1000];

/// Which of the days are written below the axis, so that no two dates overlap.
///
/// `days` are those of the data, sorted and without repeats: a tick always stands below a point that was reported. The
/// last day is always written. Years are written where no year has two days, else months. `place` gives the centre of
/// a label and `width` its width, both in pixels.
pub fn time_ticks(
    days: &[NaiveDate],
    lang: Lang,
    place: impl Fn(NaiveDate, &str) -> f64,
    width: impl Fn(&str) -> f64,
) -> Vec<TimeTick> {
    let yearly = days.windows(2).all(|pair| pair[0].year() != pair[1].year());
    let count = |day: NaiveDate| {
        if yearly {
            day.year()
        } else {
            day.year() * 12 + day.month0() as i32
        }
    };
    let (Some(first), Some(last)) = (days.first(), days.last()) else {
        return Vec::new();
    };
    let chosen = |stride: i32| choose(days, stride, count(*last), &count);
    let written = |ticks: Vec<NaiveDate>| write(&ticks, lang, yearly);
    let fits = |ticks: &[TimeTick]| {
        let ends = |tick: &TimeTick| (place(tick.day, &tick.label), width(&tick.label) / 2.0);
        ticks.windows(2).all(|pair| {
            let ((left, half), (right, other)) = (ends(&pair[0]), ends(&pair[1]));
            right - left >= half + other + GAP
        })
    };
    let fitting = || {
        STRIDES
            .iter()
            .copied()
            .filter(|stride| fits(&written(chosen(*stride))))
    };
    let Some(least) = fitting().next() else {
        return written(vec![*last]);
    };
    // A somewhat longer stride that also meets the first day shows where the line begins.
    let whole = fitting().find(|stride| *stride <= 2 * least && (count(*last) - count(*first)) % stride == 0);
    written(chosen(whole.unwrap_or(least)))
}

/// The last of the days in every `stride`th year or month, counted back from the end.
fn choose(days: &[NaiveDate], stride: i32, end: i32, count: &impl Fn(NaiveDate) -> i32) -> Vec<NaiveDate> {
    let mut chosen: Vec<NaiveDate> = Vec::new();
    for day in days.iter().filter(|day| (end - count(**day)) % stride == 0) {
        match chosen.last_mut() {
            Some(before) if count(*before) == count(*day) => *before = *day,
            _ => chosen.push(*day),
        }
    }
    chosen
}

fn write(days: &[NaiveDate], lang: Lang, yearly: bool) -> Vec<TimeTick> {
    let mut year = None;
    let tick = |day: &NaiveDate| {
        let new_year = year.replace(day.year()) != Some(day.year());
        let label = match (yearly, new_year) {
            (true, _) => day.year().to_string(),
            (false, true) => month_of_year(*day, lang),
            (false, false) => month(*day, lang),
        };
        TimeTick { day: *day, label }
    };
    days.iter().map(tick).collect()
}

fn month_of_year(day: NaiveDate, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}年{}", day.year(), month(day, lang)),
        Lang::En => format!("{} {}", month(day, lang), day.year()),
    }
}

fn month(day: NaiveDate, lang: Lang) -> String {
    const NAMES: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    match lang {
        Lang::Zh => format!("{}月", day.month()),
        Lang::En => NAMES
            .get(day.month0() as usize)
            .copied()
            .unwrap_or_default()
            .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn year_ends(years: std::ops::RangeInclusive<i32>) -> Vec<NaiveDate> {
        years
            .map(|year| NaiveDate::from_ymd_opt(year, 12, 31).unwrap())
            .collect()
    }

    fn check(days: &[NaiveDate], lang: Lang, length: f64, expected: &[&str]) {
        let (from, to) = (days[0], days[days.len() - 1]);
        let span = (to - from).num_days().max(1) as f64;
        let place = |day: NaiveDate, _: &str| (day - from).num_days() as f64 / span * length;
        let ticks = time_ticks(days, lang, place, |label| label.len() as f64 * 6.0);
        let labels: Vec<&str> = ticks.iter().map(|tick| tick.label.as_str()).collect();
        assert_eq!(labels, expected);
    }

    #[test]
    fn years_are_thinned_so_that_none_overlap_and_both_ends_show() {
        check(
            &year_ends(2013..=2022),
            Lang::Zh,
            240.0,
            &["2013", "2016", "2019", "2022"],
        );
        check(
            &year_ends(2020..=2022),
            Lang::Zh,
            240.0,
            &["2020", "2021", "2022"],
        );
        check(&year_ends(2022..=2022), Lang::Zh, 240.0, &["2022"]);
        check(&year_ends(2013..=2022), Lang::Zh, 20.0, &["2022"]);
    }

    #[test]
    fn several_days_in_a_year_are_written_as_months() {
        let day = |year, month| NaiveDate::from_ymd_opt(year, month, 28).unwrap();
        let days = [day(2022, 11), day(2022, 12), day(2023, 1), day(2023, 2)];
        check(
            &days,
            Lang::Zh,
            600.0,
            &["2022年11月", "12月", "2023年1月", "2月"],
        );
        check(&days, Lang::En, 600.0, &["Nov 2022", "Dec", "Jan 2023", "Feb"]);
    }

    #[test]
    fn an_axis_without_days_has_no_ticks() {
        assert_eq!(time_ticks(&[], Lang::Zh, |_, _| 0.0, |_| 0.0), Vec::new());
    }
}
