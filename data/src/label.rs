//! Periods, dates and statuses in words.

use chrono::Datelike;

use crate::period::{DatePrecision, PartialDate, Period, PeriodBasis};
use crate::{BreakCause, Lang, Level, ObservationStatus, SeriesBreak};

const MONTHS: [&str; 12] = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
];

/// A date as precise as it is known: 2022年10月31日, 31 Oct 2022.
pub fn date(date: PartialDate, lang: Lang) -> String {
    let day = date.last_day();
    let month = MONTHS[day.month0() as usize % 12];
    match (date.precision(), lang) {
        (DatePrecision::Year, Lang::Zh) => format!("{}年", day.year()),
        (DatePrecision::Year, Lang::En) => day.year().to_string(),
        (DatePrecision::Month, Lang::Zh) => format!("{}年{}月", day.year(), day.month()),
        (DatePrecision::Month, Lang::En) => format!("{month} {}", day.year()),
        (DatePrecision::Day, Lang::Zh) => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
        (DatePrecision::Day, Lang::En) => format!("{} {month} {}", day.day(), day.year()),
    }
}

/// A period in full, with what the source leaves unstated.
pub fn period(period: &Period, basis: PeriodBasis, lang: Lang) -> String {
    let words = lang.words();
    let text = stated(period, lang);
    let remark = match (basis, period) {
        (PeriodBasis::Unstated, _) => words.period_unstated,
        (PeriodBasis::Ambiguous, _) => words.period_ambiguous,
        (
            PeriodBasis::Stated,
            Period::Instant {
                years_before: 1.., ..
            },
        ) => words.start_unstated,
        (PeriodBasis::Stated, Period::Window { start: None, .. }) => words.bounds_unstated,
        (PeriodBasis::Stated, _) => return text,
    };
    match lang {
        Lang::Zh => format!("{text}（{remark}）"),
        Lang::En => format!("{text} ({remark})"),
    }
}

fn stated(period: &Period, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    match *period {
        Period::Year { year } if zh => format!("{year}年"),
        Period::Year { year } => year.to_string(),
        Period::Instant { end, years_before: 0 } if zh => format!("截至{}", date(end, lang)),
        Period::Instant { end, years_before: 0 } => format!("as of {}", date(end, lang)),
        Period::Instant { end, years_before } if zh => format!("{}前{years_before}年", date(end, lang)),
        Period::Instant { end, years_before } => format!("{years_before} years before {}", date(end, lang)),
        Period::YearToDate { end } => year_to_date(end, lang),
        Period::Window {
            years,
            start: Some(start),
            end,
        } if zh => {
            format!("{}至{}（{years}年）", date(start, lang), date(end, lang))
        }
        Period::Window {
            years,
            start: Some(start),
            end,
        } => {
            format!("{} to {} ({years} years)", date(start, lang), date(end, lang))
        }
        Period::Window {
            years,
            start: None,
            end,
        } if zh => format!("近{years}年，至{}", date(end, lang)),
        Period::Window {
            years,
            start: None,
            end,
        } => format!("past {years} years, to {}", date(end, lang)),
        Period::Cumulative { end } if zh => format!("累计至{}", date(end, lang)),
        Period::Cumulative { end } => format!("cumulative to {}", date(end, lang)),
        Period::Streak { years, end } if zh => format!("连续{years}年，至{}", date(end, lang)),
        Period::Streak { years, end } => format!("{years} years running, to {}", date(end, lang)),
    }
}

/// The time of an earlier figure inside a sentence: 2016年12月, 5年前, 2016年; Dec 2016, 5 years earlier.
pub fn moment(period: &Period, lang: Lang) -> String {
    match *period {
        Period::Instant { end, years_before: 0 } => moment_of(end, lang),
        _ => short_period(period, PeriodBasis::Stated, lang),
    }
}

/// A date to the month at most.
fn moment_of(end: PartialDate, lang: Lang) -> String {
    if end.precision() != DatePrecision::Day {
        return date(end, lang);
    }
    let day = end.last_day();
    match lang {
        Lang::Zh => format!("{}年{}月", day.year(), day.month()),
        Lang::En => format!("{} {}", MONTHS[day.month0() as usize % 12], day.year()),
    }
}

fn year_to_date(end: PartialDate, lang: Lang) -> String {
    let day = end.last_day();
    let whole_months = day.succ_opt().is_none_or(|next| next.day() == 1);
    match (lang, whole_months) {
        (Lang::Zh, true) => format!("{}年1月至{}月", day.year(), day.month()),
        (Lang::Zh, false) => format!("{}年1月1日至{}月{}日", day.year(), day.month(), day.day()),
        (Lang::En, true) => format!("Jan–{} {}", MONTHS[day.month0() as usize % 12], day.year()),
        (Lang::En, false) => format!("1 Jan to {}", date(end, lang)),
    }
}

/// A period as short as a badge has room for: 截至2022-10, 近5年, 今年以来.
pub fn short_period(period: &Period, basis: PeriodBasis, lang: Lang) -> String {
    let zh = lang == Lang::Zh;
    let month = |end: PartialDate| {
        if end.precision() == DatePrecision::Year {
            end.to_string()
        } else {
            end.to_string()[..7].to_owned()
        }
    };
    if basis == PeriodBasis::Unstated {
        return lang.words().period_unstated.to_owned();
    }
    match *period {
        Period::Year { year } if zh => format!("{year}年"),
        Period::Year { year } => year.to_string(),
        Period::Instant { end, years_before: 0 } if zh => format!("截至{}", month(end)),
        Period::Instant { end, years_before: 0 } => format!("as of {}", month(end)),
        Period::Instant { years_before, .. } if zh => format!("{years_before}年前"),
        Period::Instant { years_before, .. } => format!("{years_before} years earlier"),
        Period::YearToDate { end } if zh => format!("{}年1–{}月", end.year(), end.last_day().month()),
        Period::YearToDate { end } => year_to_date(end, lang),
        Period::Window { years, .. } if zh => format!("近{years}年"),
        Period::Window { years, .. } => format!("past {years} years"),
        Period::Cumulative { end } if zh => format!("累计至{}", month(end)),
        Period::Cumulative { end } => format!("total to {}", month(end)),
        Period::Streak { years, .. } if zh => format!("连续{years}年"),
        Period::Streak { years, .. } => format!("{years} years running"),
    }
}

/// An English name inside a sentence: its first letter small, unless it is an abbreviation or a name such as SMEs.
pub fn within_sentence(name: &str, lang: Lang) -> String {
    let mut chars = name.chars();
    match (lang, chars.next(), chars.clone().next()) {
        (Lang::En, Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => name.to_owned(),
    }
}

/// Why there is no value, or what kind of value it is; nothing for a normal one.
pub fn status(status: ObservationStatus, lang: Lang) -> Option<&'static str> {
    let words = lang.words();
    use ObservationStatus::*;
    match status {
        O => Some(words.not_reported),
        M => Some(words.not_applicable),
        L => Some(words.not_collected),
        Q => Some(words.suppressed),
        P => Some(words.provisional),
        V => Some(words.unvalidated),
        E => Some(words.estimated),
        F => Some(words.forecast),
        I => Some(words.imputed),
        B => Some(words.series_break),
        D => Some(words.definition_differs),
        U => Some(words.low_reliability),
        A => None,
    }
}

/// The mark at a break in a chart: 2020年定义变更; definition changed 2020.
pub fn break_mark(found: &SeriesBreak, lang: Lang) -> String {
    let since = moment_of(found.since, lang);
    match (found.cause, lang) {
        (BreakCause::Definition, Lang::Zh) => format!("{since}定义变更"),
        (BreakCause::Definition, Lang::En) => format!("definition changed {since}"),
        (BreakCause::Reported, Lang::Zh) => format!("{since}序列中断"),
        (BreakCause::Reported, Lang::En) => format!("break in series {since}"),
    }
}

/// What a break means, in a sentence.
pub fn break_sentence(found: &SeriesBreak, lang: Lang) -> String {
    let since = date(found.since, lang);
    match (found.cause, lang) {
        (BreakCause::Definition, Lang::Zh) => format!("{since}起定义变更，前后数字不可比。"),
        (BreakCause::Definition, Lang::En) => {
            format!("The definition changed from {since} on: figures before and after are not comparable.")
        }
        (BreakCause::Reported, Lang::Zh) => format!("{since}起序列中断，前后数字不可比。"),
        (BreakCause::Reported, Lang::En) => {
            format!("The series breaks from {since} on: figures before and after are not comparable.")
        }
    }
}

/// A level of the tree of org units.
pub fn level(level: Level, lang: Lang) -> &'static str {
    match level {
        Level::National => lang.pick("全国", "national"),
        Level::Province => lang.pick("省级", "province"),
        Level::Prefecture => lang.pick("地级", "prefecture"),
        Level::County => lang.pick("县级", "county"),
        Level::Township => lang.pick("乡级", "township"),
        Level::Chamber => lang.pick("商会", "chamber"),
    }
}

/// Which version of a definition: 第2版定义; definition 2.
pub fn definition_version(version: u16, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("第{version}版定义"),
        Lang::En => format!("definition {version}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_status_but_the_normal_one_has_a_word_of_its_own() {
        for lang in [Lang::Zh, Lang::En] {
            let mut words: Vec<&str> = ObservationStatus::ALL
                .into_iter()
                .filter_map(|s| status(s, lang))
                .collect();
            words.sort_unstable();
            words.dedup();
            assert_eq!(words.len(), ObservationStatus::ALL.len() - 1, "{words:?}");
        }
    }

    #[test]
    fn a_break_says_from_when_on_nothing_is_comparable() {
        let found = SeriesBreak {
            since: "2022-07-01".parse().unwrap(),
            cause: BreakCause::Definition,
        };
        assert_eq!(break_mark(&found, Lang::Zh), "2022年7月定义变更");
        assert_eq!(break_mark(&found, Lang::En), "definition changed Jul 2022");
        assert_eq!(
            break_sentence(&found, Lang::Zh),
            "2022年7月1日起定义变更，前后数字不可比。"
        );
    }

    fn check(text: &str, zh: &str, en: &str) {
        let parsed: Period = text.parse().unwrap();
        assert_eq!(period(&parsed, PeriodBasis::Stated, Lang::Zh), zh);
        assert_eq!(period(&parsed, PeriodBasis::Stated, Lang::En), en);
    }

    #[test]
    fn each_kind_of_period_says_what_it_is_and_what_is_unstated() {
        check("2022", "2022年", "2022");
        check("@2022-10-31", "截至2022年10月31日", "as of 31 Oct 2022");
        check("@2021-04", "截至2021年4月", "as of Apr 2021");
        check(
            "@2022-10-31-P5Y",
            "2022年10月31日前5年（起点日期原文未注明）",
            "5 years before 31 Oct 2022 (opening date not stated in the source)",
        );
        check("ytd/2022-10-31", "2022年1月至10月", "Jan–Oct 2022");
        check("ytd/2022-10-15", "2022年1月1日至10月15日", "1 Jan to 15 Oct 2022");
        check(
            "P5Y/2022-10-31",
            "近5年，至2022年10月31日（起止日期原文未注明）",
            "past 5 years, to 31 Oct 2022 (bounds not stated in the source)",
        );
        check(
            "../2022-10-31",
            "累计至2022年10月31日",
            "cumulative to 31 Oct 2022",
        );
    }

    #[test]
    fn a_name_inside_an_english_sentence_begins_small_unless_it_is_an_abbreviation() {
        assert_eq!(within_sentence("Tax-paying firms", Lang::En), "tax-paying firms");
        assert_eq!(within_sentence("SMEs served", Lang::En), "SMEs served");
    }

    #[test]
    fn an_ambiguous_period_says_so() {
        let text = period(
            &"ytd/2022-10-31".parse().unwrap(),
            PeriodBasis::Ambiguous,
            Lang::Zh,
        );
        assert_eq!(text, "2022年1月至10月（期间原文两可）");
    }
}
