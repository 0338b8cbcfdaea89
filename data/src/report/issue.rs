use serde::{Deserialize, Serialize};

use super::Place;
use crate::{Lang, Names};

/// One thing that is wrong in a report or worth a question, at its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// Where.
    pub place: Place,
    /// The figure it is about, where one could be told: the same after the file was corrected elsewhere.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub about: Option<About>,
    /// What.
    #[serde(flatten)]
    pub problem: Problem,
}

/// The figure an issue is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct About {
    /// The code of the indicator.
    pub indicator: String,
    /// The code of the org unit.
    pub org_unit: String,
}

/// Whether a report can be sent with an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It cannot.
    Error,
    /// It can, with a reason that the reviewer sees.
    Warning,
}

/// What can be wrong, with what was found and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum Problem {
    /// No header was found: no row names indicators, areas or years.
    NoHeader,
    /// Nothing but titles, notes and empty rows.
    NoFigures,
    /// So many issues or figures that nothing is read from here on: what is told stays as much as a person can go through,
    /// and what is held as much as a machine can.
    TooMany,
    /// A column of figures under a header that names nothing known.
    UnknownColumn {
        /// The header.
        found: String,
    },
    /// A name that is no indicator.
    UnknownIndicator {
        /// The name.
        found: String,
    },
    /// A name that is no area within the one that reports.
    UnknownOrgUnit {
        /// The name.
        found: String,
    },
    /// A name that several areas within the one that reports have.
    AmbiguousOrgUnit {
        /// The name.
        found: String,
        /// Their codes.
        codes: Vec<String>,
    },
    /// An area that this report may not speak of.
    ForeignOrgUnit {
        /// Its name.
        found: Box<Names>,
        /// The area that reports.
        expected: Box<Names>,
    },
    /// An indicator that is computed from others and never reported.
    Computed {
        /// Its name.
        found: Box<Names>,
    },
    /// Not a number.
    NotANumber {
        /// What is there.
        found: String,
        /// What it looks like.
        why: NotANumber,
    },
    /// What a formula answers that fails.
    FormulaError {
        /// What it answers.
        found: String,
    },
    /// A unit of measure that is not the indicator's.
    WrongUnit {
        /// The word.
        found: String,
        /// The indicator's.
        expected: Box<Names>,
    },
    /// More digits after the point than the indicator has.
    TooManyDecimals {
        /// The number in the base unit.
        found: String,
        /// How many there may be.
        most: u8,
    },
    /// A word of the table's own columns that is none of those allowed.
    NotOneOf {
        /// The word.
        found: String,
        /// The column.
        column: String,
    },
    /// A status that says there is no value beside a value, or the other way round.
    StatusAndValue {
        /// The status.
        found: String,
    },
    /// 无: zero or unknown?
    NoneOrZero,
    /// Two cells for the same figure that disagree.
    Disagrees {
        /// This one.
        found: String,
        /// The other one.
        other: String,
        /// Where it stands.
        at: Place,
    },
    /// The same figure twice, the same both times.
    Repeated {
        /// Where it stands already.
        at: Place,
    },
    /// Outside the range that can be true.
    OutOfRange {
        /// The value.
        found: String,
        /// The least.
        least: Option<String>,
        /// The greatest.
        most: Option<String>,
    },
    /// A year that has not begun.
    FutureYear {
        /// The year.
        found: i32,
    },
    /// Less than a part of it.
    LessThanPart {
        /// The whole.
        found: String,
        /// The part.
        part: String,
        /// The name of the part.
        part_name: String,
    },
    /// A total row that is not the sum of its rows.
    TotalDiffers {
        /// What the row says.
        found: String,
        /// The sum.
        expected: String,
    },
    /// A stock that was there last year and is nothing now.
    FellToNothing {
        /// Last year's.
        before: String,
    },
    /// A change beyond the indicator's usual factor.
    UnusualChange {
        /// The value.
        found: String,
        /// Last year's.
        before: String,
        /// Whether it is near ten thousand times as much or as little: a multiplier was forgotten.
        ten_thousand: bool,
    },
    /// A word that does not go with its number, such as 近0.
    QualifierContradicts {
        /// Both.
        found: String,
    },
    /// No figure though there was one last year.
    MissingNow {
        /// Last year's.
        before: String,
    },
}

/// What a text that is no number looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotANumber {
    /// Something else.
    Text,
    /// A date, which a spreadsheet may have made of a number.
    Date,
    /// More digits than are kept exactly.
    TooLong,
    /// Scientific notation.
    Scientific,
    /// Two numbers.
    Range,
    /// In brackets.
    Parentheses,
    /// Grouped otherwise than by threes.
    Grouping,
    /// Two words that contradict each other.
    TwoQualifiers,
}

impl Problem {
    /// Whether a report can be sent with it.
    pub fn severity(&self) -> Severity {
        use Problem::*;
        match self {
            NoneOrZero
            | Repeated { .. }
            | TotalDiffers { .. }
            | FellToNothing { .. }
            | UnusualChange { .. }
            | MissingNow { .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// A code that programs may rely on.
    pub fn code(&self) -> &'static str {
        use Problem::*;
        match self {
            NoHeader => "no_header",
            NoFigures => "no_figures",
            TooMany => "too_many",
            UnknownColumn { .. } => "unknown_column",
            UnknownIndicator { .. } => "unknown_indicator",
            UnknownOrgUnit { .. } => "unknown_org_unit",
            AmbiguousOrgUnit { .. } => "ambiguous_org_unit",
            ForeignOrgUnit { .. } => "foreign_org_unit",
            Computed { .. } => "computed",
            NotANumber { .. } => "not_a_number",
            FormulaError { .. } => "formula_error",
            WrongUnit { .. } => "wrong_unit",
            TooManyDecimals { .. } => "too_many_decimals",
            NotOneOf { .. } => "not_one_of",
            StatusAndValue { .. } => "status_and_value",
            NoneOrZero => "none_or_zero",
            Disagrees { .. } => "disagrees",
            Repeated { .. } => "repeated",
            OutOfRange { .. } => "out_of_range",
            FutureYear { .. } => "future_year",
            LessThanPart { .. } => "less_than_part",
            TotalDiffers { .. } => "total_differs",
            FellToNothing { .. } => "fell_to_nothing",
            UnusualChange { .. } => "unusual_change",
            QualifierContradicts { .. } => "qualifier_contradicts",
            MissingNow { .. } => "missing_now",
        }
    }

    /// The problem in words: what was found and what would be right.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.in_chinese(),
            Lang::En => self.in_english(),
        }
    }

    fn in_chinese(&self) -> String {
        use Problem::*;
        match self {
            NoHeader => "没有找到表头：没有一行写有指标、地区或年份的名称".into(),
            NoFigures => "文件中没有数据".into(),
            TooMany => "问题或数据过多，从这一行起没有读取：请先改正前面的问题，或分成几个文件报送".into(),
            UnknownColumn { found } => format!("不认识列“{found}”，请指定它对应的指标"),
            UnknownIndicator { found } => format!("“{found}”不是指标目录中的名称或代码"),
            UnknownOrgUnit { found } => format!("“{found}”不是本地区或其下辖地区的名称或代码"),
            AmbiguousOrgUnit { found, codes } => {
                format!("有多个地区叫“{found}”，请写代码：{}", codes.join("、"))
            }
            ForeignOrgUnit { found, expected } => {
                format!("“{}”不属于{}，不能由本单位报送", found.zh, expected.zh)
            }
            Computed { found } => format!("“{}”由其他指标推算，不需填报", found.zh),
            NotANumber { found, why } => format!("“{found}”不是数：{}", why.in_chinese()),
            FormulaError { found } => format!("公式出错（{found}），请填写数值"),
            WrongUnit { found, expected } => format!("单位是“{found}”，应为{}", expected.zh),
            TooManyDecimals { found, most: 0 } => format!("{found}不是整数，此指标应为整数"),
            TooManyDecimals { found, most } => format!("{found}的小数多于{most}位"),
            NotOneOf { found, column } => format!("“{found}”不能用于列“{column}”"),
            StatusAndValue { found } => format!("状态“{found}”与数值不符"),
            NoneOrZero => "“无”可以是零，也可以是没有统计：是零请填0，没有统计请留空".into(),
            Disagrees { found, other, at } => format!("此处为{found}，{at}为{other}，同一数据只能有一个值"),
            Repeated { at } => format!("与{at}重复，数值相同"),
            OutOfRange { found, least, most } => match (least, most) {
                (Some(least), Some(most)) => format!("{found}超出范围，应在{least}与{most}之间"),
                (Some(least), None) => format!("{found}超出范围，应不小于{least}"),
                (None, Some(most)) => format!("{found}超出范围，应不大于{most}"),
                (None, None) => format!("{found}超出范围"),
            },
            FutureYear { found } => format!("{found}年尚未开始"),
            LessThanPart {
                found,
                part,
                part_name,
            } => format!("{found}小于其中的“{part_name}”（{part}）"),
            TotalDiffers { found, expected } => format!("合计行为{found}，各行相加为{expected}"),
            FellToNothing { before } => format!("上年为{before}，今年为零"),
            UnusualChange {
                found,
                before,
                ten_thousand: true,
            } => format!("上年为{before}，今年为{found}：是否漏写或多写了“万”"),
            UnusualChange { found, before, .. } => format!("上年为{before}，今年为{found}，变化超出通常幅度"),
            QualifierContradicts { found } => format!("“{found}”的限定词与数值矛盾"),
            MissingNow { before } => format!("上年为{before}，今年没有填报：请填写，或说明原因"),
        }
    }

    fn in_english(&self) -> String {
        use Problem::*;
        match self {
            NoHeader => "no header found: no row names indicators, areas or years".into(),
            NoFigures => "the file holds no figures".into(),
            TooMany => "too many issues or figures: nothing is read from this row on; correct those before it, or send the file in \
                 parts"
                .into(),
            UnknownColumn { found } => {
                format!("the column `{found}` is not known; say which indicator it is")
            }
            UnknownIndicator { found } => format!("`{found}` is no name or code of an indicator"),
            UnknownOrgUnit { found } => format!("`{found}` is no name or code of this area or one below it"),
            AmbiguousOrgUnit { found, codes } => {
                format!(
                    "several areas are called `{found}`; write the code: {}",
                    codes.join(", ")
                )
            }
            ForeignOrgUnit { found, expected } => {
                format!(
                    "`{}` is not within {}, so this unit cannot report it",
                    found.en, expected.en
                )
            }
            Computed { found } => format!("`{}` is computed from other figures and not reported", found.en),
            NotANumber { found, why } => format!("`{found}` is no number: {}", why.in_english()),
            FormulaError { found } => format!("the formula fails ({found}); write the value"),
            WrongUnit { found, expected } => format!("the unit is `{found}`; expected {}", expected.en),
            TooManyDecimals { found, most: 0 } => format!("{found} is not whole, as this indicator must be"),
            TooManyDecimals { found, most } => format!("{found} has more than {most} digits after the point"),
            NotOneOf { found, column } => format!("`{found}` cannot stand in the column `{column}`"),
            StatusAndValue { found } => format!("the status `{found}` and the value do not go together"),
            NoneOrZero => {
                "“无” may be zero or not known: write 0 for zero, leave the cell empty otherwise".into()
            }
            Disagrees { found, other, at } => {
                format!("here {found}, but {at} says {other}; a figure has one value")
            }
            Repeated { at } => format!("stands at {at} already, with the same value"),
            OutOfRange { found, least, most } => match (least, most) {
                (Some(least), Some(most)) => format!("{found} cannot be true; expected {least} to {most}"),
                (Some(least), None) => format!("{found} cannot be true; expected {least} or more"),
                (None, Some(most)) => format!("{found} cannot be true; expected {most} or less"),
                (None, None) => format!("{found} cannot be true"),
            },
            FutureYear { found } => format!("the year {found} has not begun"),
            LessThanPart {
                found,
                part,
                part_name,
            } => format!("{found} is less than its part “{part_name}” ({part})"),
            TotalDiffers { found, expected } => {
                format!("the total row says {found}; its rows add up to {expected}")
            }
            FellToNothing { before } => format!("{before} last year, nothing this year"),
            UnusualChange {
                found,
                before,
                ten_thousand: true,
            } => {
                format!(
                    "{before} last year, {found} this year: was a 万 (ten thousand) left out or written twice?"
                )
            }
            UnusualChange { found, before, .. } => {
                format!("{before} last year, {found} this year: more than the usual change")
            }
            QualifierContradicts { found } => {
                format!("`{found}`: the word and the number contradict each other")
            }
            MissingNow { before } => {
                format!("{before} last year, no figure this year: write it, or give the reason")
            }
        }
    }
}

impl NotANumber {
    fn in_chinese(self) -> &'static str {
        match self {
            NotANumber::Text => "应为如 2330、2000余 或 2.69万 的数字",
            NotANumber::Date => "这是日期，可能是表格软件自动转换的",
            NotANumber::TooLong => "位数超过18位",
            NotANumber::Scientific => "科学记数法可能丢失位数，请写出全部数字",
            NotANumber::Range => "这是一个区间，应为一个数",
            NotANumber::Parentheses => "括号的含义不明，负数请用负号",
            NotANumber::Grouping => "分隔符应每三位一个，小数点应为“.”",
            NotANumber::TwoQualifiers => "两个限定词互相矛盾",
        }
    }

    fn in_english(self) -> &'static str {
        match self {
            NotANumber::Text => "expected a number such as 2330, 2000余 or 2.69万",
            NotANumber::Date => "it is a date, which the spreadsheet may have made of it",
            NotANumber::TooLong => "it has more than 18 digits",
            NotANumber::Scientific => "scientific notation may have lost digits; write them all",
            NotANumber::Range => "it is a range; expected one number",
            NotANumber::Parentheses => "nobody knows what the brackets mean; a negative number has a minus",
            NotANumber::Grouping => "digits are grouped by threes, and the decimal point is a point",
            NotANumber::TwoQualifiers => "two words contradict each other",
        }
    }
}

impl Issue {
    /// Whether the report can be sent with it.
    pub fn severity(&self) -> Severity {
        self.problem.severity()
    }

    /// Names the issue over every correction of the file: what it is and which figure it is about. A confirmation is kept
    /// under it. Where no figure could be told, it is the place.
    pub fn key(&self) -> String {
        match &self.about {
            Some(About { indicator, org_unit }) => format!("{}.{indicator}.{org_unit}", self.problem.code()),
            None => format!("{}.{}.{}", self.problem.code(), self.place.sheet, self.place),
        }
    }
}
