mod line;
mod words;

pub use line::Mark;
use serde::{Deserialize, Serialize, Serializer};

use super::{At, Place};
use crate::sheet::number::NotANumber;
use crate::{Names, Period};

/// One thing that is wrong in a report or worth a question, at its place.
///
/// In JSON its key and severity stand beside what it holds, so that whoever answers it need not know how they are made.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Issue {
    /// Where.
    pub place: Place,
    /// The figure it is about, where one could be told: the same after the file was corrected elsewhere.
    #[serde(default)]
    pub about: Option<About>,
    /// What.
    #[serde(flatten)]
    pub problem: Problem,
}

/// The figure an issue is about.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct About {
    /// The code of the indicator.
    pub indicator: String,
    /// The code of the org unit.
    pub org_unit: String,
    /// The period; none where the cell does not say it, or a person means the figures of every period.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub period: Option<Period>,
}

/// Whether a report can be sent with an issue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It cannot.
    Error,
    /// It can, with a reason that the reviewer sees.
    Warning,
}

/// What can be wrong, with what was found and what would be right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "problem", rename_all = "snake_case")]
pub enum Problem {
    /// No header was found: no row names indicators, areas or years.
    NoHeader,
    /// Nothing but titles, notes and empty rows.
    NoFigures,
    /// So many issues or figures that nothing is read from here on: what is told stays as much as a person can go through,
    /// and what is held as much as a machine can.
    TooMany,
    /// So many issues that none is told from here on; the figures were read.
    TooManyIssues,
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
        at: At,
    },
    /// The same figure twice, the same both times.
    Repeated {
        /// Where it stands already.
        at: At,
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
    /// More than all there are: a share over 100 %.
    MoreThanAll {
        /// The value.
        found: String,
        /// How many there are.
        all: String,
    },
    /// A title that names another year than the one reported.
    OtherYear {
        /// The year.
        found: i32,
        /// The one that is reported.
        expected: i32,
    },
    /// A year that has not begun.
    FutureYear {
        /// The year.
        found: i32,
    },
    /// Less than a part of it.
    LessThanPart {
        /// The name of the whole.
        name: Box<Names>,
        /// The whole.
        found: String,
        /// The code of the part.
        part_code: String,
        /// The name of the part.
        part_name: Box<Names>,
        /// The part.
        part: String,
        /// Whether one of the two is what is published, and not in the report.
        published: bool,
    },
    /// Not what its parts add up to.
    PartsDiffer {
        /// The name of the whole.
        name: Box<Names>,
        /// The whole.
        found: String,
        /// The sum of the parts.
        expected: String,
        /// Whether one of them is what is published, and not in the report.
        published: bool,
    },
    /// A total row that is not the sum of its rows.
    TotalDiffers {
        /// What the row says.
        found: String,
        /// The sum.
        expected: String,
    },
    /// A stock that was there before and is nothing now.
    FellToNothing {
        /// What was published last.
        before: String,
        /// For when.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        period: Option<Period>,
    },
    /// A change beyond the indicator's usual factor.
    UnusualChange {
        /// The value.
        found: String,
        /// What was published last.
        before: String,
        /// For when.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        period: Option<Period>,
        /// Whether it is near ten thousand times as much or as little: a multiplier was forgotten.
        ten_thousand: bool,
    },
    /// A word that does not go with its number, such as 近0.
    QualifierContradicts {
        /// Both.
        found: String,
    },
    /// No figure though there was one the year before.
    MissingNow {
        /// The name of the figure.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        name: Option<Box<Names>>,
        /// What was published.
        before: String,
        /// For when.
        #[serde(skip_serializing_if = "Option::is_none", default)]
        period: Option<Period>,
    },
    /// A figure that this report published and does not hold any more.
    Withdrawn {
        /// The name of the figure.
        name: Box<Names>,
        /// What is published.
        published: String,
        /// For when.
        period: Period,
    },
}

impl Problem {
    /// Whether a report can be sent with it.
    pub fn severity(&self) -> Severity {
        use Problem::*;
        match self {
            NoneOrZero
            | Repeated { .. }
            | OtherYear { .. }
            | TotalDiffers { .. }
            | FellToNothing { .. }
            | UnusualChange { .. }
            | MissingNow { .. }
            | Withdrawn { .. }
            // Who sends a report cannot mend what is published beside it.
            | LessThanPart { published: true, .. }
            | PartsDiffer { published: true, .. } => Severity::Warning,
            _ => Severity::Error,
        }
    }

    /// The numbers of the file about which a warning asks; empty where it does not ask about a number.
    fn numbers(&self) -> [&str; 2] {
        use Problem::*;
        match self {
            UnusualChange { found, .. } => [found, ""],
            LessThanPart { found, part, .. } => [found, part],
            PartsDiffer { found, expected, .. } | TotalDiffers { found, expected } => [found, expected],
            _ => ["", ""],
        }
    }

    /// A code that programs may rely on.
    pub fn code(&self) -> &'static str {
        use Problem::*;
        match self {
            NoHeader => "no_header",
            NoFigures => "no_figures",
            TooMany => "too_many",
            TooManyIssues => "too_many_issues",
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
            MoreThanAll { .. } => "more_than_all",
            FutureYear { .. } => "future_year",
            OtherYear { .. } => "other_year",
            LessThanPart { .. } => "less_than_part",
            PartsDiffer { .. } => "parts_differ",
            TotalDiffers { .. } => "total_differs",
            FellToNothing { .. } => "fell_to_nothing",
            UnusualChange { .. } => "unusual_change",
            QualifierContradicts { .. } => "qualifier_contradicts",
            MissingNow { .. } => "missing_now",
            Withdrawn { .. } => "withdrawn",
        }
    }
}

impl Issue {
    /// Whether the report can be sent with it.
    pub fn severity(&self) -> Severity {
        self.problem.severity()
    }

    /// Names the issue over every correction of the file that leaves what was asked about: what it is, which figure it is
    /// about, for when, and the numbers that were found. A confirmation is kept under it, and one of 300 is none of
    /// 3,000,000. Where no figure could be told, it is the place.
    ///
    /// It is a segment of an address, so a period is written without its `/`, and a number in letters that need no escape.
    pub fn key(&self) -> String {
        let code = self.problem.code();
        let found = self.problem.numbers().map(segment).concat();
        let Some(about) = &self.about else {
            return format!("{code}.{}.{}{found}", self.place.sheet, self.place);
        };
        let period = about
            .period
            .map(|period| period.to_string().replace('/', "_"))
            .unwrap_or_default();
        let key = format!("{code}.{}.{}.{period}", about.indicator, about.org_unit);
        match &self.problem {
            // A whole may be less than several of its parts.
            Problem::LessThanPart { part_code, .. } => format!("{key}.{part_code}{found}"),
            _ => key + &found,
        }
    }

    /// Names all issues of its kind at once: what is said of one of them is said of all.
    pub fn kind_key(&self) -> String {
        format!("{}.*", self.problem.code())
    }
}

/// A number as a part of a key: `>2,000` is `.gt2000`.
fn segment(number: &str) -> String {
    let letters = number.chars().map(|c| match c {
        ',' => String::new(),
        '>' => "gt".to_owned(),
        '≥' => "ge".to_owned(),
        '<' => "lt".to_owned(),
        '≤' => "le".to_owned(),
        '≈' => "about".to_owned(),
        other => other.to_string(),
    });
    let letters: String = letters.collect();
    match letters.is_empty() {
        true => letters,
        false => format!(".{letters}"),
    }
}

/// One thing that is wrong in a report or worth a question, at its place.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Issue"))]
struct Shown<'a> {
    /// Names it among the issues of its report; a warning is confirmed under it.
    key: String,
    /// Whether the report can be sent with it.
    severity: Severity,
    /// Where.
    place: Place,
    /// The figure it is about, where one could be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<&'a About>,
    /// What.
    #[serde(flatten)]
    problem: &'a Problem,
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Issue {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        Shown::schema_name()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        Shown::json_schema(generator)
    }
}

impl Serialize for Issue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let shown = Shown {
            key: self.key(),
            severity: self.severity(),
            place: self.place,
            about: self.about.as_ref(),
            problem: &self.problem,
        };
        shown.serialize(serializer)
    }
}
