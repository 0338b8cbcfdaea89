//! The JSON shapes of deadlines, and of who has reported.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::OrgUnit;
use crate::period::day;

/// `GET /deadlines`: by when a unit reports a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Deadline {
    /// The unit asked for.
    pub org_unit: OrgUnit,
    /// The year reported.
    pub year: i32,
    /// The last day in China (UTC+8), over at its end; none where neither the unit nor one above it has any.
    #[serde(skip_serializing_if = "Option::is_none", default, with = "day::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<chrono::NaiveDate>"))]
    pub due: Option<NaiveDate>,
    /// The unit that it was set at: this one, or the nearest above it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub set_at: Option<OrgUnit>,
}

/// `PUT /deadlines`: sets the deadline of a unit, or takes it away.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct NewDeadline {
    /// The code of the unit.
    pub org_unit: String,
    /// The year reported.
    pub year: i32,
    /// The last day as 2026-03-31; none takes the unit's own deadline away, and that of the nearest above holds.
    #[serde(default)]
    pub due: Option<String>,
}

/// How far a unit is with the report of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Nothing is there, or nothing that whoever asks may see.
    NotBegun,
    /// Being made; said to its reporters alone, and not reported.
    Draft,
    /// Came back: it is with the reporter again, and not reported.
    Returned,
    /// Reported, and waits for a decision.
    Submitted,
    /// Reported and published.
    Accepted,
    /// Reported on another way: figures of the year were imported. When the unit handed them in is not known.
    Imported,
}

impl Standing {
    /// Every standing, in the order in which a report passes through them.
    pub const ALL: [Standing; 6] = [
        Standing::NotBegun,
        Standing::Draft,
        Standing::Returned,
        Standing::Submitted,
        Standing::Accepted,
        Standing::Imported,
    ];

    /// The code used in JSON, in files and in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Standing::NotBegun => "not_begun",
            Standing::Draft => "draft",
            Standing::Returned => "returned",
            Standing::Submitted => "submitted",
            Standing::Accepted => "accepted",
            Standing::Imported => "imported",
        }
    }

    /// The standing with this code.
    pub fn from_code(code: &str) -> Option<Standing> {
        Standing::ALL.into_iter().find(|standing| standing.code() == code)
    }

    /// Whether the unit has reported.
    pub fn is_reported(self) -> bool {
        matches!(
            self,
            Standing::Submitted | Standing::Accepted | Standing::Imported
        )
    }
}

/// How a report stands to its deadline, in whole days of China.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum Timing {
    /// There is no deadline, or the day of the report is not known.
    Unmeasured,
    /// Not reported, and this many days are left; 0 on the last.
    DueIn {
        /// Days.
        days: i64,
    },
    /// Not reported, and this many days too late already.
    Overdue {
        /// Days.
        days: i64,
    },
    /// Reported by the deadline: it counts when it was first sent, whatever came after.
    InTime,
    /// Reported this many days after it.
    Late {
        /// Days.
        days: i64,
    },
}

/// A unit and the report of the year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UnitReport {
    /// The unit.
    pub org_unit: OrgUnit,
    /// Whether it has to report; one that need not is listed where it has sent something.
    pub is_expected: bool,
    /// How far it is.
    pub standing: Standing,
    /// How it stands to the deadline.
    pub timing: Timing,
    /// The deadline that holds for it.
    #[serde(skip_serializing_if = "Option::is_none", default, with = "day::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<chrono::NaiveDate>"))]
    pub due: Option<NaiveDate>,
    /// The day in China on which it was first sent.
    #[serde(skip_serializing_if = "Option::is_none", default, with = "day::option")]
    #[cfg_attr(feature = "schema", schemars(with = "Option<chrono::NaiveDate>"))]
    pub sent_on: Option<NaiveDate>,
    /// Whether it has never reported, in any year and on any way.
    pub never: bool,
    /// The submission to look at, where whoever asks may see one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub submission: Option<String>,
}

/// How many of the units at and below a unit have reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Share {
    /// The unit.
    pub org_unit: OrgUnit,
    /// How many have reported, in time or late.
    pub reported: usize,
    /// How many of these were late.
    pub late: usize,
    /// How many have not, though the deadline is over.
    pub overdue: usize,
    /// How many have to.
    pub of: usize,
}

/// `GET /reporting`: who has reported a year, as far as whoever asks may know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Reporting {
    /// The unit asked for.
    pub org_unit: OrgUnit,
    /// The year reported.
    pub year: i32,
    /// The day in China of which all this is said.
    #[serde(with = "day")]
    #[cfg_attr(feature = "schema", schemars(with = "chrono::NaiveDate"))]
    pub today: NaiveDate,
    /// Of the unit, first, and of those directly below that have others below them; only of parts of the tree that a role
    /// of whoever asks reaches as a whole.
    pub shares: Vec<Share>,
    /// Each unit that has to report or has sent something, what needs somebody first.
    pub units: Vec<UnitReport>,
}
