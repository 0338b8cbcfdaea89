//! The one number formatter: axis, table, sentence, headline and export.

use crate::{Decimal, Lang, ObservationValue, Qualifier, UnitKind, UnitMeasure};

/// A value taken apart for a headline, where number, qualifier and unit are set in different sizes.
///
/// Written one after the other the parts are the value in words: see [`Written::text`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Written {
    /// 超, 近, 约, 至少, 前; more than, nearly, about, at least, top.
    pub before: &'static str,
    /// The digits.
    pub number: String,
    /// 余 or 多 where it stands between the digits and 万.
    pub after_number: &'static str,
    /// 万, 亿, million, billion or nothing.
    pub scale: &'static str,
    /// 余 where it stands after 万.
    pub after_scale: &'static str,
    /// The unit.
    pub unit: String,
    /// The language it is written in.
    pub lang: Lang,
}

impl Written {
    /// The value without its unit: `2000余`, `more than 2,000`.
    pub fn without_unit(&self) -> String {
        let space = self.lang.pick("", " ");
        let join = |word: &str, end: &str| {
            if word.is_empty() {
                String::new()
            } else {
                format!("{word}{end}")
            }
        };
        let scale = if self.scale.is_empty() {
            String::new()
        } else {
            format!("{space}{}", self.scale)
        };
        format!(
            "{}{}{}{scale}{}",
            join(self.before, space),
            self.number,
            self.after_number,
            self.after_scale
        )
    }

    /// The value with its unit: `2000余名`, `more than 2,000 members`.
    pub fn text(&self) -> String {
        let space = if self.unit.is_empty() {
            ""
        } else {
            self.lang.pick("", " ")
        };
        format!("{}{space}{}", self.without_unit(), self.unit)
    }

    /// 余 or 多, wherever it stands: in a headline it is a mark at the digits.
    pub fn qualifier_after(&self) -> &'static str {
        if self.after_number.is_empty() {
            self.after_scale
        } else {
            self.after_number
        }
    }

    /// The words that qualify the number, for a mark beside the digits.
    pub fn qualifier_word(&self) -> &'static str {
        [self.before, self.after_number, self.after_scale]
            .into_iter()
            .find(|word| !word.is_empty())
            .unwrap_or("")
    }
}

/// A value with its qualifier in words and its unit; nothing is rounded away.
pub fn written(value: &ObservationValue, unit: &UnitMeasure, decimals: u8, lang: Lang) -> Written {
    let number = value.number();
    let (digits, scale) = compact_parts(number, decimals, unit.kind, lang);
    let (before, after) = qualifier_words(value.qualifier(), unit.kind, lang);
    let inside = !scale.is_empty()
        && digits
            .trim_start_matches('-')
            .split('.')
            .next()
            .is_some_and(|d| d.len() > 1);
    let after_number = match (after, scale.is_empty()) {
        ("", _) => "",
        // Usage puts 多 inside 900多万 and 余 after 3万余.
        (_, false) if inside => "多",
        (_, false) => "",
        (word, true) => word,
    };
    let after_scale = if after_number.is_empty() { after } else { "" };
    // A round number with 余 is written as words are, without separators: 2000余名.
    let digits = if lang == Lang::Zh && !after.is_empty() {
        digits.replace(',', "")
    } else {
        digits
    };
    let word = match (unit.kind, lang, before) {
        (UnitKind::Year, Lang::En, _) => "",
        (UnitKind::Rank, Lang::En, "top") => "",
        (UnitKind::Rank, Lang::Zh, "前") => "名",
        _ => unit.word(lang, number),
    };
    Written {
        before,
        number: digits,
        after_number,
        scale,
        after_scale,
        unit: word.to_owned(),
        lang,
    }
}

/// A value in words with its unit: `2000余名`, `more than 2,000 members`.
pub fn value(value: &ObservationValue, unit: &UnitMeasure, decimals: u8, lang: Lang) -> String {
    written(value, unit, decimals, lang).text()
}

/// A value without its unit, as short as it can be true: `30余`, `30+`, `≥3`.
pub fn short_value(value: &ObservationValue, unit: &UnitMeasure, decimals: u8, lang: Lang) -> String {
    let written = written(value, unit, decimals, lang);
    if lang == Lang::Zh {
        return written.without_unit();
    }
    let scale = match written.scale {
        "million" => "m",
        "billion" => "bn",
        other => other,
    };
    let number = format!("{}{scale}", written.number);
    match value.qualifier() {
        Qualifier::Exact => number,
        Qualifier::SomewhatMore => format!("{number}+"),
        Qualifier::MoreThan => format!(">{number}"),
        Qualifier::AtLeast => format!("≥{number}"),
        Qualifier::Nearly => format!("just under {number}"),
        Qualifier::About => format!("~{number}"),
        Qualifier::AtMost => format!("≤{number}"),
    }
}

/// The rounding of a value in words, such as `±50`; nothing where it is exact or its qualifier says it.
pub fn rounding(value: &ObservationValue, unit: &UnitMeasure, lang: Lang) -> Option<String> {
    let (digits, scale) = compact_parts(value.slack(), value.slack().scale(), unit.kind, lang);
    let space = if scale.is_empty() { "" } else { lang.pick("", " ") };
    value.is_rounded().then(|| format!("±{digits}{space}{scale}"))
}

/// All digits, grouped by three, with at least `decimals` after the point: `6,989`, `1.50`.
pub fn number(number: Decimal, decimals: u8) -> String {
    let text = number.to_string();
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => ("−", rest),
        None => ("", text.as_str()),
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let mut grouped = String::with_capacity(whole.len() + whole.len() / 3);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if fraction.is_empty() && decimals == 0 {
        return format!("{sign}{grouped}");
    }
    format!(
        "{sign}{grouped}.{fraction:0<width$}",
        width = usize::from(decimals)
    )
}

/// A tick of an axis: 万/亿 in Chinese, k/m/bn in English; ticks are round, so nothing is lost.
pub fn axis(tick: Decimal, decimals: u8, lang: Lang) -> String {
    let size = tick.to_f64().abs();
    let steps: &[(f64, u8, &str)] = match lang {
        Lang::Zh => &[(1e8, 8, "亿"), (1e4, 4, "万")],
        Lang::En => &[(1e9, 9, "bn"), (1e6, 6, "m"), (1e4, 3, "k")],
    };
    match steps.iter().find(|(from, ..)| size >= *from) {
        Some((_, exponent, word)) => format!("{}{word}", number(shifted(tick, *exponent), 0)),
        None => number(tick, decimals.min(tick.scale())),
    }
}

/// A share or change in per cent with a true minus and a sign: `+199.96%`.
pub fn signed_percent(ratio_less_one: Decimal, decimals: u8) -> String {
    let percent = ratio_less_one
        .checked_mul(100.into())
        .unwrap_or(ratio_less_one)
        .round(decimals);
    format!("{}%", signed(percent, decimals))
}

/// A number with its sign: `+4,659`, `−3`, `0`.
pub fn signed(difference: Decimal, decimals: u8) -> String {
    let plus = if difference > Decimal::ZERO { "+" } else { "" };
    format!("{plus}{}", number(difference, decimals))
}

fn compact_parts(value: Decimal, decimals: u8, kind: UnitKind, lang: Lang) -> (String, &'static str) {
    if kind == UnitKind::Year {
        return (value.to_string(), "");
    }
    let size = value.to_f64().abs();
    // From where on a word is used, its power of ten, and the most digits after the point it may leave. A large word may
    // leave more, since the next smaller one would be longer still: 68.62455亿 and not 686,245.5万.
    let steps: &[(f64, u8, u8, &'static str)] = match lang {
        Lang::Zh => &[(1e8, 8, 5, "亿"), (1e4, 4, 2, "万")],
        Lang::En => &[(1e9, 9, 6, "billion"), (1e6, 6, 3, "million")],
    };
    let fits = |(from, exponent, most, _): &&(f64, u8, u8, &str)| {
        size >= *from && shifted(value, *exponent).scale() <= *most
    };
    match steps.iter().find(fits) {
        Some((_, exponent, _, word)) => (number(shifted(value, *exponent), 0), word),
        None => (number(value, decimals), ""),
    }
}

fn shifted(value: Decimal, exponent: u8) -> Decimal {
    let factor = Decimal::power_of_ten(-(exponent as i8)).unwrap_or(Decimal::ONE);
    value.checked_mul(factor).unwrap_or(value)
}

fn qualifier_words(qualifier: Qualifier, kind: UnitKind, lang: Lang) -> (&'static str, &'static str) {
    let before = |zh, en| (if lang == Lang::Zh { zh } else { en }, "");
    match qualifier {
        Qualifier::Exact => ("", ""),
        Qualifier::SomewhatMore if lang == Lang::Zh => ("", "余"),
        Qualifier::SomewhatMore => ("more than", ""),
        Qualifier::MoreThan => before("超", "over"),
        Qualifier::AtLeast => before("至少", "at least"),
        Qualifier::Nearly => before("近", "nearly"),
        Qualifier::About => before("约", "about"),
        Qualifier::AtMost if kind == UnitKind::Rank => before("前", "top"),
        Qualifier::AtMost => before("不超过", "at most"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(zh: &str, many: &str, kind: UnitKind) -> UnitMeasure {
        UnitMeasure {
            code: many.into(),
            zh: zh.into(),
            en_one: many.into(),
            en_many: many.into(),
            kind,
            dimension: many.into(),
        }
    }

    fn check(number: &str, word: &str, unit: &UnitMeasure, zh: &str, en: &str) {
        let qualifier = Qualifier::from_word(word).unwrap();
        let observed = ObservationValue::new(number.parse().unwrap(), qualifier).unwrap();
        assert_eq!(value(&observed, unit, 0, Lang::Zh), zh);
        assert_eq!(value(&observed, unit, 0, Lang::En), en);
    }

    #[test]
    fn qualifiers_are_written_in_words() {
        let members = unit("名", "members", UnitKind::Count);
        check("2000", "余", &members, "2000余名", "more than 2,000 members");
        check(
            "6989",
            "",
            &unit("家", "firms", UnitKind::Count),
            "6,989家",
            "6,989 firms",
        );
        check(
            "50000",
            "超",
            &unit("次", "likes", UnitKind::Count),
            "超5万次",
            "over 50,000 likes",
        );
        check("100", "近", &members, "近100名", "nearly 100 members");
        check(
            "3",
            "以上",
            &unit("家", "chambers", UnitKind::Count),
            "至少3家",
            "at least 3 chambers",
        );
        check(
            "10",
            "TOP",
            &unit("名", "rank", UnitKind::Rank),
            "前10名",
            "top 10",
        );
    }

    #[test]
    fn the_qualifier_stands_inside_or_after_the_multiplier_as_usage_has_it() {
        let yuan = unit("元", "yuan", UnitKind::Money);
        check("9000000", "多", &yuan, "900多万元", "more than 9 million yuan");
        check("12000000", "多", &yuan, "1200多万元", "more than 12 million yuan");
        let area = unit("平方米", "m²", UnitKind::Area);
        check("30000", "余", &area, "3万余平方米", "more than 30,000 m²");
        check("5000", "余", &area, "5000余平方米", "more than 5,000 m²");
    }

    #[test]
    fn money_and_large_counts_are_grouped_as_each_language_does() {
        let yuan = unit("元", "yuan", UnitKind::Money);
        check("6000000000", "", &yuan, "60亿元", "6 billion yuan");
        check("1570000000", "", &yuan, "15.7亿元", "1.57 billion yuan");
        check("170000000", "", &yuan, "1.7亿元", "170 million yuan");
        check(
            "26900",
            "",
            &unit("个", "entities", UnitKind::Count),
            "2.69万个",
            "26,900 entities",
        );
        check("123456789", "", &yuan, "123,456,789元", "123,456,789 yuan");
        check(
            "6862455000",
            "超",
            &yuan,
            "超68.62455亿元",
            "over 6.862455 billion yuan",
        );
    }

    #[test]
    fn a_year_is_not_grouped() {
        check("2022", "", &unit("年", "year", UnitKind::Year), "2022年", "2022");
    }

    #[test]
    fn short_labels_keep_the_qualifier() {
        let events = unit("场次", "events", UnitKind::Count);
        let thirty = ObservationValue::new(30.into(), Qualifier::SomewhatMore).unwrap();
        assert_eq!(short_value(&thirty, &events, 0, Lang::Zh), "30余");
        assert_eq!(short_value(&thirty, &events, 0, Lang::En), "30+");
    }

    #[test]
    fn rounding_is_said_where_the_source_rounded() {
        let entities = unit("个", "entities", UnitKind::Count);
        let yuan = unit("元", "yuan", UnitKind::Money);
        let rounded = |n: i64, slack: i64| {
            ObservationValue::with_slack(n.into(), Qualifier::Exact, slack.into()).unwrap()
        };
        assert_eq!(
            rounding(&rounded(26_900, 50), &entities, Lang::Zh).as_deref(),
            Some("±50")
        );
        assert_eq!(
            rounding(&rounded(170_000_000, 5_000_000), &yuan, Lang::Zh).as_deref(),
            Some("±500万")
        );
        assert_eq!(
            rounding(&ObservationValue::exact(6989), &entities, Lang::Zh),
            None
        );
    }

    #[test]
    fn ticks_are_short() {
        let check = |tick: i64, zh: &str, en: &str| {
            assert_eq!(
                (
                    axis(tick.into(), 0, Lang::Zh).as_str(),
                    axis(tick.into(), 0, Lang::En).as_str()
                ),
                (zh, en)
            );
        };
        check(0, "0", "0");
        check(2000, "2,000", "2,000");
        check(20_000, "2万", "20k");
        check(150_000_000, "1.5亿", "150m");
    }

    #[test]
    fn signs_are_true_signs() {
        assert_eq!(signed(4659.into(), 0), "+4,659");
        assert_eq!(signed((-3).into(), 0), "−3");
        assert_eq!(signed_percent("1.99957".parse().unwrap(), 2), "+199.96%");
    }
}
