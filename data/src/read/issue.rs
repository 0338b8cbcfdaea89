use std::fmt;

use serde::{Deserialize, Serialize};

use super::Expected;
use crate::Lang;

/// One thing wrong in a file, at its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issue {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// The column by its place in the row, from 1; none where the whole row is meant.
    pub column: Option<u64>,
    /// The column by its name in the header.
    pub field: Option<String>,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong in a cell, a row or a file: what was found and what was expected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum Problem {
    /// The bytes are not text in UTF-8.
    NotUtf8 {
        /// Where in the file the first byte stands that is none, from 0.
        offset: usize,
    },
    /// More figures, or more that is wrong, than is read of a file in an open format.
    TooManyFigures {
        /// How many figures are read.
        most: usize,
    },
    /// A figure that is not derived names several documents.
    SeveralSources,
    /// Not a dataset of JSON-stat, or none from this place on.
    NotJsonStat,
    /// The file holds no header.
    NoHeader,
    /// A column that is needed is not there.
    MissingColumn {
        /// Its name.
        name: String,
    },
    /// A column that no reader knows.
    UnknownColumn {
        /// Its name.
        found: String,
    },
    /// The same column twice.
    RepeatedColumn {
        /// Its name.
        found: String,
    },
    /// A row with more or fewer cells than the header.
    CellCount {
        /// How many it has.
        found: usize,
        /// How many the header has.
        expected: usize,
    },
    /// A cell that must hold something is empty.
    Empty,
    /// Not a number written in plain digits.
    NotANumber {
        /// What is there.
        found: String,
    },
    /// Not a date.
    NotADate {
        /// What is there.
        found: String,
    },
    /// A word that is none of those allowed.
    NotOneOf {
        /// What is there.
        found: String,
        /// What may be there.
        expected: Expected,
    },
    /// A code that is not defined.
    Unknown {
        /// What is there.
        found: String,
        /// The file in which it would be defined.
        defined_in: String,
    },
    /// A parent that no line before this one defines.
    UnknownParent {
        /// What is there.
        found: String,
    },
    /// The same key as an earlier row.
    Repeated {
        /// The key.
        found: String,
        /// The line that has it already.
        first_line: u64,
    },
    /// A number outside the range that can be true.
    OutOfRange {
        /// What is there.
        found: String,
        /// The range.
        expected: Expected,
    },
    /// A sum or a difference of things counted in different units.
    DifferentUnits {
        /// The codes of the units: of the parts, then of the result.
        units: Vec<String>,
    },
    /// Something else that contradicts itself.
    Contradiction {
        /// What is there.
        found: String,
        /// What would be right.
        expected: Expected,
    },
}

impl Problem {
    /// The problem in words, with what was found and what was expected.
    pub fn message(&self, lang: Lang) -> String {
        match lang {
            Lang::Zh => self.in_chinese(),
            Lang::En => self.in_english(),
        }
    }

    fn in_chinese(&self) -> String {
        match self {
            Problem::NotUtf8 { offset } => {
                format!(
                    "从第 {} 个字节起不是 UTF-8 文本，请另存为“CSV UTF-8”再导入",
                    offset + 1
                )
            }
            Problem::TooManyFigures { most } => {
                format!("内容过多，从此处起没有读取：一个文件最多 {most} 条数据，请分开或改用 CSV")
            }
            Problem::SeveralSources => {
                "此数据有多个来源，只有推算的数据（derived）可以如此；请只留一个来源，其余写在备注中".into()
            }
            Problem::NotJsonStat => {
                "此处不是 JSON-stat 数据集，应为 {\"version\": \"2.0\", \"class\": \"dataset\", …}".into()
            }
            Problem::NoHeader => "文件为空，应有表头".into(),
            Problem::MissingColumn { name } => format!("缺少列“{name}”"),
            Problem::UnknownColumn { found } => format!("未知的列“{found}”"),
            Problem::RepeatedColumn { found } => format!("列“{found}”重复"),
            Problem::CellCount { found, expected } => format!("此行有 {found} 格，表头有 {expected} 格"),
            Problem::Empty => "此格为空，应填写".into(),
            Problem::NotANumber { found } => format!("“{found}”不是数，应为如 2330 或 2.69 的数字"),
            Problem::NotADate { found } => format!("“{found}”不是日期，应为如 2022、2022-10 或 2022-10-31"),
            Problem::NotOneOf { found, expected } => {
                format!("“{found}”不可用，应为{}", expected.words(Lang::Zh))
            }
            Problem::Unknown { found, defined_in } => format!("“{found}”未在 {defined_in} 中定义"),
            Problem::UnknownParent { found } => format!("“{found}”未在前面的行中定义，应为上级地区的代码"),
            Problem::Repeated { found, first_line } => format!("“{found}”与第 {first_line} 行重复"),
            Problem::OutOfRange { found, expected } => {
                format!("{found} 超出范围，应为{}", expected.words(Lang::Zh))
            }
            Problem::DifferentUnits { units } => {
                format!("单位为 {}，相加减的各项与结果应为同一单位", units.join("、"))
            }
            Problem::Contradiction { found, expected } => {
                format!("“{found}”与此行其他各格矛盾，应为{}", expected.words(Lang::Zh))
            }
        }
    }

    fn in_english(&self) -> String {
        match self {
            Problem::NotUtf8 { offset } => format!(
                "byte {} of the file is not text in UTF-8; save it as CSV UTF-8 and hand it in again",
                offset + 1
            ),
            Problem::TooManyFigures { most } => format!(
                "too much, nothing is read from here on; expected at most {most} figures, in parts or as plain CSV"
            ),
            Problem::SeveralSources => {
                "several sources, which only derived figures have; expected one, and the others in the comment".into()
            }
            Problem::NotJsonStat => {
                "here this is no JSON-stat dataset; expected {\"version\": \"2.0\", \"class\": \"dataset\", …}".into()
            }
            Problem::NoHeader => "the file is empty; expected a header".into(),
            Problem::MissingColumn { name } => format!("the column `{name}` is missing"),
            Problem::UnknownColumn { found } => format!("unknown column `{found}`"),
            Problem::RepeatedColumn { found } => format!("the column `{found}` stands twice"),
            Problem::CellCount { found, expected } => {
                format!("this row has {found} cells; expected {expected}, as the header has")
            }
            Problem::Empty => "the cell is empty; expected a value".into(),
            Problem::NotANumber { found } => {
                format!("found `{found}`; expected a number such as 2330 or 2.69")
            }
            Problem::NotADate { found } => {
                format!("found `{found}`; expected a date such as 2022, 2022-10 or 2022-10-31")
            }
            Problem::NotOneOf { found, expected } => {
                format!("found `{found}`; expected {}", expected.words(Lang::En))
            }
            Problem::Unknown { found, defined_in } => {
                format!("found `{found}`; expected a code defined in {defined_in}")
            }
            Problem::Repeated { found, first_line } => {
                format!("found `{found}` again; line {first_line} has it already, and it must be unique")
            }
            Problem::UnknownParent { found } => {
                format!("found `{found}`; expected the code of a unit defined on an earlier line")
            }
            Problem::OutOfRange { found, expected } | Problem::Contradiction { found, expected } => {
                format!("found {found}; expected {}", expected.words(Lang::En))
            }
            Problem::DifferentUnits { units } => format!(
                "found the units {}; expected one unit for a sum or a difference and for its parts",
                units.join(", ")
            ),
        }
    }
}

impl Issue {
    /// The place and the problem in one line: `file:line:column: field: message`.
    pub fn line(&self, lang: Lang) -> String {
        let column = self.column.map(|column| format!(":{column}")).unwrap_or_default();
        let field = self
            .field
            .as_ref()
            .map(|field| format!("{field}: "))
            .unwrap_or_default();
        format!(
            "{}:{}{column}: {field}{}",
            self.file,
            self.line,
            self.problem.message(lang)
        )
    }
}

impl fmt::Display for Issue {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.line(Lang::En))
    }
}
