use serde::{Deserialize, Serialize};

use crate::Lang;

/// Why a text is no number: what it looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum NotANumber {
    /// No digits where they should be.
    Text,
    /// A date, which a spreadsheet may have made of a number.
    Date,
    /// More digits than are kept exactly.
    TooLong,
    /// `1.2E+05`: the spreadsheet has shortened it, and digits may be lost.
    Scientific,
    /// `5-6万`: two numbers.
    Range,
    /// `(123)`: an accountant's minus or a remark; nobody knows.
    Parentheses,
    /// Digits grouped otherwise than by threes: a decimal comma, or a digit lost.
    Grouping,
    /// Two words that contradict each other: `近2000余`.
    TwoQualifiers,
}

impl NotANumber {
    /// What it looks like, in words, and what would be right.
    pub fn words(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            NotANumber::Text => (
                "应为如 2330、2000余 或 2.69万 的数字",
                "expected a number such as 2330, 2000余 or 2.69万",
            ),
            NotANumber::Date => (
                "这是日期，可能是表格软件自动转换的",
                "it is a date, which the spreadsheet may have made of it",
            ),
            NotANumber::TooLong => ("位数超过18位", "it has more than 18 digits"),
            NotANumber::Scientific => (
                "科学记数法可能丢失位数，请写出全部数字",
                "scientific notation may have lost digits; write them all",
            ),
            NotANumber::Range => ("这是一个区间，应为一个数", "it is a range; expected one number"),
            NotANumber::Parentheses => (
                "括号的含义不明，负数请用负号",
                "nobody knows what the brackets mean; a negative number has a minus",
            ),
            NotANumber::Grouping => (
                "分隔符应每三位一个，小数点应为“.”",
                "digits are grouped by threes, and the decimal point is a point",
            ),
            NotANumber::TwoQualifiers => ("两个限定词互相矛盾", "two words contradict each other"),
        };
        lang.pick(zh, en)
    }
}
