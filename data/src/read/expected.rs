use serde::{Deserialize, Serialize};

use crate::{Decimal, Lang, Level, PartialDate, label};

/// What would be right in a cell; its words are in the language of whoever reads them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Expected {
    /// One of the words a file may hold, which are the same whatever the reader's language.
    OneOf {
        /// The words.
        words: Vec<String>,
    },
    /// One of some words, or nothing.
    EmptyOrOneOf {
        /// The words.
        words: Vec<String>,
    },
    /// A whole number.
    WholeNumber {
        /// The least.
        from: u32,
        /// The greatest, where there is one.
        to: Option<u32>,
    },
    /// A whole number or nothing.
    EmptyOrWholeNumber {
        /// The least.
        from: u32,
    },
    /// A number in a range.
    Range {
        /// The least, where there is one.
        minimum: Option<Decimal>,
        /// The greatest, where there is one.
        maximum: Option<Decimal>,
    },
    /// A number with few enough digits after the point, in the base unit.
    Decimals {
        /// The most digits.
        most: u8,
    },
    /// The first day of a year.
    FirstOfJanuary {
        /// The year.
        year: i32,
    },
    /// A date that is not later than another.
    DateUpTo {
        /// The other.
        end: PartialDate,
    },
    /// A date for each version of a definition after the first, in order.
    DatesOfVersions {
        /// How many.
        count: usize,
    },
    /// A unit that stands above one of this level.
    UnitAbove {
        /// The level of the unit below.
        level: Level,
        /// The level of the unit that was found.
        found: Level,
    },
    /// A level above that of a unit which stands below this one.
    LevelAbove {
        /// The level of the unit below.
        level: Level,
        /// Its code.
        below: String,
    },
    /// An indicator that this one can be a part of.
    WholeOfIt,
    /// Nothing, since fewer than two indicators are parts of this one.
    NothingWithoutParts,
    /// A status that goes with a value, since there is one.
    StatusOfValue,
    /// A status that says why there is no value, since there is none.
    StatusOfNoValue,
}

impl Expected {
    /// One of these words, written with a comma and a space between them.
    pub fn one_of(words: &str) -> Expected {
        Expected::OneOf {
            words: words.split(", ").map(str::to_owned).collect(),
        }
    }

    /// What is expected, in words that follow 应为 or "expected".
    pub fn words(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.in_chinese(),
            Lang::En => self.in_english(),
        }
    }

    fn in_chinese(&self) -> String {
        match self {
            Expected::OneOf { words } => format!("以下之一：{}", words.join("、")),
            Expected::EmptyOrOneOf { words } => format!("空格或以下之一：{}", words.join("、")),
            Expected::WholeNumber { from, to: None } => format!("不小于 {from} 的整数"),
            Expected::WholeNumber { from, to: Some(to) } => format!("{from} 至 {to} 的整数"),
            Expected::EmptyOrWholeNumber { from } => format!("空格或不小于 {from} 的整数"),
            Expected::Range { minimum, maximum } => match (minimum, maximum) {
                (Some(minimum), Some(maximum)) => format!("{minimum} 至 {maximum}"),
                (Some(minimum), None) => format!("不小于 {minimum}"),
                (None, Some(maximum)) => format!("不大于 {maximum}"),
                (None, None) => "任意数".into(),
            },
            Expected::Decimals { most } => format!("按基本单位计小数点后不超过 {most} 位"),
            Expected::FirstOfJanuary { year } => format!("{year}年1月1日"),
            Expected::DateUpTo { end } => format!("不晚于 {end} 的日期"),
            Expected::DatesOfVersions { count } => {
                format!("依次排列的 {count} 个日期，第一版以后每版一个")
            }
            Expected::UnitAbove { level, found } => {
                let (level, found) = (label::level(*level, Lang::Zh), label::level(*found, Lang::Zh));
                format!("高于{level}的地区，此地区为{found}")
            }
            Expected::LevelAbove { level, below } => {
                format!(
                    "高于{}的层级，因为 {below} 在其之下",
                    label::level(*level, Lang::Zh)
                )
            }
            Expected::WholeOfIt => "另一项填报的指标：单位、时间规则与此行相同，且不属于此行".into(),
            Expected::NothingWithoutParts => "空格，因为属于此行的指标不到两项".into(),
            Expected::StatusOfValue => "有数值时可用的状态，因为此行有数值".into(),
            Expected::StatusOfNoValue => "L、M、O 或 Q，因为此行没有数值".into(),
        }
    }

    fn in_english(&self) -> String {
        match self {
            Expected::OneOf { words } => format!("one of: {}", words.join(", ")),
            Expected::EmptyOrOneOf { words } => format!("nothing, or one of: {}", words.join(", ")),
            Expected::WholeNumber { from, to: None } => format!("a whole number from {from}"),
            Expected::WholeNumber { from, to: Some(to) } => format!("a whole number from {from} to {to}"),
            Expected::EmptyOrWholeNumber { from } => format!("nothing, or a whole number from {from}"),
            Expected::Range { minimum, maximum } => match (minimum, maximum) {
                (Some(minimum), Some(maximum)) => format!("{minimum} to {maximum}"),
                (Some(minimum), None) => format!("{minimum} or more"),
                (None, Some(maximum)) => format!("{maximum} or less"),
                (None, None) => "any number".into(),
            },
            Expected::Decimals { most } => format!("at most {most} digits after the point in the base unit"),
            Expected::FirstOfJanuary { year } => format!("the first of January {year}"),
            Expected::DateUpTo { end } => format!("a date up to {end}"),
            Expected::DatesOfVersions { count } => {
                format!("{count} dates in order, one for each version after the first")
            }
            Expected::UnitAbove { level, found } => {
                let (level, found) = (label::level(*level, Lang::En), label::level(*found, Lang::En));
                format!("a unit above the level {level}; this one is {found}")
            }
            Expected::LevelAbove { level, below } => {
                format!(
                    "a level above {}, because {below} stands below it",
                    label::level(*level, Lang::En)
                )
            }
            Expected::WholeOfIt => {
                "another reported indicator of the same unit and time rule, which is no part of this one"
                    .into()
            }
            Expected::NothingWithoutParts => {
                "nothing, since fewer than two indicators are parts of this one".into()
            }
            Expected::StatusOfValue => "a status that goes with a value, since there is one".into(),
            Expected::StatusOfNoValue => "L, M, O or Q, since there is no value".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every() -> Vec<Expected> {
        let (minimum, maximum) = (Some(Decimal::ONE), Some(Decimal::from(5)));
        let (level, found) = (Level::County, Level::Township);
        let end = "2022-10".parse().unwrap();
        vec![
            Expected::one_of("stock, flow"),
            Expected::EmptyOrOneOf {
                words: vec!["all".into()],
            },
            Expected::WholeOfIt,
            Expected::NothingWithoutParts,
            Expected::WholeNumber { from: 1, to: None },
            Expected::WholeNumber { from: 0, to: Some(6) },
            Expected::EmptyOrWholeNumber { from: 1 },
            Expected::Range { minimum, maximum },
            Expected::Range {
                minimum,
                maximum: None,
            },
            Expected::Range {
                minimum: None,
                maximum,
            },
            Expected::Decimals { most: 2 },
            Expected::FirstOfJanuary { year: 2022 },
            Expected::DateUpTo { end },
            Expected::DatesOfVersions { count: 2 },
            Expected::UnitAbove { level, found },
            Expected::LevelAbove {
                level,
                below: "371482".into(),
            },
            Expected::StatusOfValue,
            Expected::StatusOfNoValue,
        ]
    }

    #[test]
    fn what_a_chinese_reader_is_told_has_no_english_in_it() {
        // Words of the file and the codes of a status are what they are in both languages.
        let is_of_file = |expected: &Expected| {
            matches!(
                expected,
                Expected::OneOf { .. } | Expected::EmptyOrOneOf { .. } | Expected::StatusOfNoValue
            )
        };
        for expected in every().into_iter().filter(|expected| !is_of_file(expected)) {
            let words = expected.words(Lang::Zh);
            assert!(!words.contains(|c: char| c.is_ascii_alphabetic()), "{words}");
        }
    }

    #[test]
    fn what_an_english_reader_is_told_has_no_chinese_in_it() {
        for expected in every() {
            let words = expected.words(Lang::En);
            assert!(words.is_ascii(), "{words}");
        }
    }

    #[test]
    fn it_comes_back_from_json_as_it_was() {
        for expected in every() {
            let json = serde_json::to_string(&expected).unwrap();
            assert_eq!(
                serde_json::from_str::<Expected>(&json).unwrap(),
                expected,
                "{json}"
            );
        }
    }
}
