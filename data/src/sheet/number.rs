//! The number as a clerk writes it: `1,234`, `１２３４`, `2000余`, `900多万`, `近100万`, `约2.69万个`, `60亿元`, `—`.

pub use super::not_a_number::NotANumber;
use crate::{Decimal, ObservationStatus, ObservationValue, Qualifier, UnitMultiplier, ValueError};

/// What a cell for a number says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Printed {
    /// A number.
    Number(PrintedNumber),
    /// That there is none.
    Absent(Absent),
}

/// A number as printed: `900多万元` is 900, 万, 余, 元.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedNumber {
    /// The digits, without multiplier.
    pub number: Decimal,
    /// The place of the last printed digit, in powers of ten below the multiplier: 2 for 2.69万, -3 for 3千万 told as
    /// 3000万. Zeros count, because they claim precision.
    pub decimals: i8,
    /// The power of ten in words.
    pub multiplier: UnitMultiplier,
    /// The word that qualifies it.
    pub qualifier: Qualifier,
    /// What stands behind: the word of a unit, or nothing.
    pub unit: String,
}

/// The ways to say that there is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Absent {
    /// Nothing at all.
    Blank,
    /// A dash or dots: no figure, no reason.
    Dash,
    /// 未统计, 暂无: the data exist and were not collected.
    NotCollected,
    /// 不适用: the data cannot exist.
    NotApplicable,
    /// 无: none, which may mean zero or may mean that nobody knows. The clerk is asked.
    None,
}

impl Absent {
    /// The status of an observation without this number.
    pub fn status(self) -> ObservationStatus {
        match self {
            Absent::Blank | Absent::Dash | Absent::None => ObservationStatus::O,
            Absent::NotCollected => ObservationStatus::L,
            Absent::NotApplicable => ObservationStatus::M,
        }
    }

    fn from_word(word: &str) -> Option<Absent> {
        Some(match word {
            "" => Absent::Blank,
            "-" | "--" | "—" | "——" | "–" | "…" | "……" | "..." | "/" | "\\" | "*" => {
                Absent::Dash
            }
            "未统计" | "未报送" | "暂无" | "暂缺" | "缺" => Absent::NotCollected,
            "不适用" | "N/A" | "n/a" | "NA" => Absent::NotApplicable,
            "无" => Absent::None,
            _ => return None,
        })
    }
}

impl PrintedNumber {
    /// The value in the base unit. Where a header names a multiplier and the cell does not, it is `header`.
    ///
    /// An exact number was rounded to its last printed digit if it has a multiplier: 2.69万 is 26900 ± 50. Fails where
    /// it does not fit.
    pub fn value(&self, header: UnitMultiplier) -> Result<ObservationValue, ValueError> {
        let multiplier = match self.multiplier {
            UnitMultiplier::Ones => header,
            own => own,
        };
        let number = self
            .number
            .checked_mul(multiplier.factor())
            .ok_or(ValueError::Overflow)?;
        match self.qualifier {
            Qualifier::Exact => {
                ObservationValue::with_slack(number, Qualifier::Exact, multiplier.rounding_at(self.decimals))
            }
            qualifier => ObservationValue::new(number, qualifier),
        }
    }
}

/// Reads a printed number.
pub fn printed(text: &str) -> Result<Printed, NotANumber> {
    if let Some(number) = digits_alone(text) {
        return Ok(Printed::Number(number));
    }
    let text = half_width(text);
    if let Some(absent) = Absent::from_word(&text) {
        return Ok(Printed::Absent(absent));
    }
    number(&text).map(Printed::Number)
}

/// A number that is digits and nothing else, as nearly all are in a large file: without a look at any word.
fn digits_alone(text: &str) -> Option<PrintedNumber> {
    if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    Some(PrintedNumber {
        number: text.parse().ok()?,
        decimals: 0,
        multiplier: UnitMultiplier::Ones,
        qualifier: Qualifier::Exact,
        unit: String::new(),
    })
}

fn number(text: &str) -> Result<PrintedNumber, NotANumber> {
    if text.starts_with('(') && text.ends_with(')') {
        return Err(NotANumber::Parentheses);
    }
    let (before, rest) = leading_word(text);
    let (digits, rest) = rest.split_at(digits_end(rest));
    let (number, decimals) = digits_value(digits)?;
    let tail = Tail::read(rest)?;
    let scale = if tail.thousand {
        Decimal::from(1000)
    } else {
        Decimal::ONE
    };
    Ok(PrintedNumber {
        number: number.checked_mul(scale).ok_or(NotANumber::TooLong)?,
        decimals: if tail.thousand { decimals - 3 } else { decimals },
        multiplier: tail.multiplier,
        qualifier: one_of(before, tail.qualifier)?,
        unit: tail.unit,
    })
}

/// Words before a number, the longer first, so that 超过 is not read as 超 and a rest.
const BEFORE: [(&str, Qualifier); 19] = [
    ("不超过", Qualifier::AtMost),
    ("不少于", Qualifier::AtLeast),
    ("不低于", Qualifier::AtLeast),
    ("超过", Qualifier::MoreThan),
    ("突破", Qualifier::MoreThan),
    ("至少", Qualifier::AtLeast),
    ("达到", Qualifier::AtLeast),
    ("大约", Qualifier::About),
    ("接近", Qualifier::Nearly),
    ("将近", Qualifier::Nearly),
    ("TOP", Qualifier::AtMost),
    (">=", Qualifier::AtLeast),
    ("<=", Qualifier::AtMost),
    ("≥", Qualifier::AtLeast),
    ("≤", Qualifier::AtMost),
    ("超", Qualifier::MoreThan),
    ("逾", Qualifier::MoreThan),
    ("约", Qualifier::About),
    ("近", Qualifier::Nearly),
];

/// `达` and `>` alone are at the end because they begin longer words.
const BEFORE_SHORT: [(&str, Qualifier); 2] = [("达", Qualifier::AtLeast), (">", Qualifier::MoreThan)];

/// Words behind a number.
const BEHIND: [(&str, Qualifier); 6] = [
    ("及以上", Qualifier::AtLeast),
    ("以上", Qualifier::AtLeast),
    ("及以内", Qualifier::AtMost),
    ("以内", Qualifier::AtMost),
    ("左右", Qualifier::About),
    ("上下", Qualifier::About),
];

fn leading_word(text: &str) -> (Option<Qualifier>, &str) {
    BEFORE
        .iter()
        .chain(&BEFORE_SHORT)
        .find_map(|(word, qualifier)| Some((Some(*qualifier), text.strip_prefix(word)?)))
        .unwrap_or((None, text))
}

fn digits_end(text: &str) -> usize {
    let is_part = |(at, c): (usize, char)| {
        c.is_ascii_digit() || matches!(c, '.' | ',') || at == 0 && matches!(c, '-' | '+')
    };
    text.char_indices()
        .find(|found| !is_part(*found))
        .map_or(text.len(), |(at, _)| at)
}

/// The digits as a number, and how many stand after the point.
fn digits_value(digits: &str) -> Result<(Decimal, i8), NotANumber> {
    let (sign, unsigned) = match digits.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", digits.strip_prefix('+').unwrap_or(digits)),
    };
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    if whole.is_empty() || fraction.contains(['.', ',']) || unsigned.ends_with('.') {
        return Err(NotANumber::Text);
    }
    let groups: Vec<&str> = whole.split(',').collect();
    let grouped = groups.len() > 1;
    let first_fits = (1..=3).contains(&groups[0].len());
    if grouped && (!first_fits || groups[1..].iter().any(|group| group.len() != 3)) {
        return Err(NotANumber::Grouping);
    }
    let plain = match fraction {
        "" => format!("{sign}{}", groups.concat()),
        fraction => format!("{sign}{}.{fraction}", groups.concat()),
    };
    let number = plain.parse().map_err(|_| NotANumber::TooLong)?;
    Ok((
        number,
        i8::try_from(fraction.len()).map_err(|_| NotANumber::TooLong)?,
    ))
}

/// What stands behind the digits.
#[derive(Debug, Default)]
struct Tail {
    qualifier: Option<Qualifier>,
    /// A 千 before 万 or 亿: three zeros more.
    thousand: bool,
    multiplier: UnitMultiplier,
    unit: String,
}

impl Tail {
    /// Reads `余`, `多万`, `万余元`, `亿元以上`: the word may stand before or after the multiplier.
    fn read(text: &str) -> Result<Tail, NotANumber> {
        let mut tail = Tail::default();
        let text = tail.take_more(text)?;
        let text = tail.take_multiplier(text);
        let text = tail.take_more(text)?;
        let (unit, word) = BEHIND
            .iter()
            .find_map(|(word, qualifier)| Some((text.strip_suffix(word)?, Some(*qualifier))))
            .unwrap_or((text, None));
        tail.qualifier = one_or_none(tail.qualifier, word)?;
        let starts_anew =
            unit.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '~' | '至' | '.' | ','));
        match unit.as_bytes() {
            [b'e' | b'E', ..] if unit[1..].trim_start_matches(['+', '-']).parse::<u32>().is_ok() => {
                return Err(NotANumber::Scientific);
            }
            _ if starts_anew && unit.contains(|c: char| c.is_ascii_digit()) => {
                return Err(NotANumber::Range);
            }
            _ if unit.contains(|c: char| c.is_ascii_digit()) => return Err(NotANumber::Text),
            _ => tail.unit = unit.to_owned(),
        }
        Ok(tail)
    }

    fn take_more<'a>(&mut self, text: &'a str) -> Result<&'a str, NotANumber> {
        let Some(rest) = text.strip_prefix(['余', '多']) else {
            return Ok(text);
        };
        self.qualifier = one_or_none(self.qualifier, Some(Qualifier::SomewhatMore))?;
        Ok(rest)
    }

    fn take_multiplier<'a>(&mut self, text: &'a str) -> &'a str {
        let (words, thousand) = match text.strip_prefix('千') {
            Some(rest) if rest.starts_with(['万', '亿']) => (rest, true),
            _ => (text, false),
        };
        for word in ["百万", "十亿", "千", "万", "亿"] {
            let multiplier = UnitMultiplier::from_word(word);
            if let (Some(rest), Some(multiplier)) = (words.strip_prefix(word), multiplier) {
                self.multiplier = multiplier;
                self.thousand = thousand;
                return rest;
            }
        }
        text
    }
}

fn one_or_none(a: Option<Qualifier>, b: Option<Qualifier>) -> Result<Option<Qualifier>, NotANumber> {
    match (a, b) {
        (Some(a), Some(b)) if a != b => Err(NotANumber::TwoQualifiers),
        (a, b) => Ok(a.or(b)),
    }
}

fn one_of(a: Option<Qualifier>, b: Option<Qualifier>) -> Result<Qualifier, NotANumber> {
    one_or_none(a, b).map(Option::unwrap_or_default)
}

/// Full-width digits and signs as half-width ones, without white space: `１，２３４ 家` is `1,234家`.
fn half_width(text: &str) -> String {
    let narrow = |c: char| match c {
        '０'..='９' | '．' | '，' | '％' | '－' | '＋' | '（' | '）' | '／' | '＞' | '＜' | '＝' | '～' =>
        {
            // The full-width forms U+FF01 to U+FF5E stand in the order of ASCII, 0xFEE0 above it.
            char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c)
        }
        '−' => '-',
        other => other,
    };
    text.chars()
        .filter(|c| !c.is_whitespace() && *c != '\u{feff}' && *c != '\u{200b}')
        .map(narrow)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let shown = match printed(text) {
            Ok(Printed::Number(number)) => {
                let qualifier = Some(number.qualifier.code()).filter(|code| *code != "exact");
                let value = number.value(UnitMultiplier::Ones).unwrap();
                [
                    Some(value.number().to_string()),
                    qualifier.map(str::to_owned),
                    Some(number.unit).filter(|unit| !unit.is_empty()),
                ]
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" ")
            }
            Ok(Printed::Absent(absent)) => format!("{absent:?}"),
            Err(error) => format!("{error:?}"),
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn plain_digits_are_a_number_however_they_are_grouped_and_typed() {
        check("2330", "2330");
        check(" 6,989 ", "6989");
        check("１，２３４", "1234");
        check("1 355 家", "1355 家");
        check("15.70亿元", "1570000000 元");
        check("-5", "-5");
        check("0", "0");
        check("12.5％", "12.5 %");
    }

    #[test]
    fn the_word_may_stand_before_inside_or_behind_the_number() {
        check("2000余", "2000 somewhat_more");
        check("2000余名", "2000 somewhat_more 名");
        check("900多万元", "9000000 somewhat_more 元");
        check("3万余平方米", "30000 somewhat_more 平方米");
        check("近100万", "1000000 nearly");
        check("约2.69万个", "26900 about 个");
        check("超5万", "50000 more_than");
        check("超过5万次", "50000 more_than 次");
        check("TOP10", "10 at_most");
        check("30场次以上", "30 at_least 场次");
        check("5000元左右", "5000 about 元");
        check("≥3", "3 at_least");
        check("近2000余", "TwoQualifiers");
    }

    #[test]
    fn a_thousand_before_ten_thousand_multiplies_both() {
        check("3千万元", "30000000 元");
        check("2千", "2000");
        check("2百万", "2000000");
    }

    #[test]
    fn what_is_no_number_says_which_way() {
        check("", "Blank");
        check("—", "Dash");
        check("/", "Dash");
        check("无", "None");
        check("不适用", "NotApplicable");
        check("未统计", "NotCollected");
        check("1.2E+05", "Scientific");
        check("5-6万", "Range");
        check("(123)", "Parentheses");
        check("1,23", "Grouping");
        check("12,3456", "Grouping");
        check("三十", "Text");
        check("1.2.3", "Text");
        check("99999999999999999999", "TooLong");
    }

    #[test]
    fn a_multiplier_of_the_header_holds_where_the_cell_has_none() {
        let value = |text: &str| match printed(text) {
            Ok(Printed::Number(number)) => number.value(UnitMultiplier::TenThousands).unwrap(),
            other => panic!("{other:?}"),
        };
        assert_eq!(
            (value("2.69").number(), value("2.69").slack()),
            (26_900.into(), 50.into())
        );
        assert_eq!(value("2亿").number(), 200_000_000.into());
        assert_eq!(value("3千万").slack(), 5_000_000.into());
    }
}
