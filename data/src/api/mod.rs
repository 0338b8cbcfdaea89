//! The JSON shapes that server and app exchange, each answered by one address under `/api/v1`.

mod accounts;
mod charts;
mod embedding;
mod forms;
mod reporting;
mod submissions;
mod vintages;

pub use accounts::{
    AccountDetail, AccountEntry, Assignment, ChoosePassword, Me, NewAccount, NewLink, NewToken, SignIn,
    TokenEntry,
};
pub use charts::Chart;
pub use embedding::{EmbeddingHostList, Framing, NewEmbeddingHosts, NewSavedChart, SavedChartEntry};
pub use forms::{Definitions, FormBasis, FormContent};
pub use reporting::{Deadline, NewDeadline, Reporting, Share, Standing, Timing, UnitReport};
pub use submissions::{
    Acceptance, Confirmation, ConflictEnvelope, Difference, DifferenceCounts, Form, FormFigure,
    MOST_DIFFERENCES, NewMapping, NewRemark, Remark, Said, Submission, SubmissionEntry, SubmissionState,
    UploadProgress, Verb,
};
pub use vintages::{HistoryEntry, ReportOf, Undo, VintageDetail, VintageEntry, VintageList};

use serde::{Deserialize, Serialize};

use crate::{Indicator, IndicatorGroup, Level, Names, Observation, OrgUnit, Period, UnitMeasure};

/// `GET /indicators`: the whole catalogue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Indicators {
    /// The groups, in the order in which they are shown.
    pub groups: Vec<IndicatorGroup>,
    /// The units of measure the indicators use.
    pub units: Vec<UnitMeasure>,
    /// The indicators, in the order in which they are shown.
    pub indicators: Vec<Indicator>,
}

/// `GET /indicators/{code}`: one indicator with its group and unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct IndicatorDetail {
    /// The indicator.
    pub indicator: Indicator,
    /// Its group.
    pub group: IndicatorGroup,
    /// Its unit of measure.
    pub unit: UnitMeasure,
    /// The calendar years for which there are figures, ascending.
    pub years: Vec<i32>,
    /// The name of the indicator that it is a part of.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub whole: Option<Names>,
}

/// `GET /org-units`: the units that match.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrgUnitList {
    /// How many match in all; the list may be shorter.
    pub total: usize,
    /// The units, best match first for a search, else in the order of the code list.
    pub org_units: Vec<OrgUnitEntry>,
}

/// A unit in a list, with the way to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrgUnitEntry {
    /// The unit.
    pub org_unit: OrgUnit,
    /// The units above it, from the nation down.
    pub ancestors: Vec<OrgUnit>,
    /// How many observations are published for it.
    pub observations: usize,
}

/// `GET /org-units/{code}`: a unit with what is above and below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct OrgUnitDetail {
    /// The unit.
    pub org_unit: OrgUnit,
    /// The units above it, from the nation down.
    pub ancestors: Vec<OrgUnit>,
    /// The units directly below it.
    pub children: Vec<Child>,
    /// The units beside it, under the same parent, itself included.
    pub siblings: Vec<Child>,
}

/// A unit below or beside another, and whether it has reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Child {
    /// The unit.
    pub org_unit: OrgUnit,
    /// How many observations are published for it and all units below it.
    pub observations: usize,
}

/// `GET /observations`: what a query selects, with everything it refers to, so that the answer explains itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Observations {
    /// The version of the dataset it is from.
    pub dataset: String,
    /// The observations, by indicator, org unit and time.
    pub observations: Vec<Observation>,
    /// The indicators they are of.
    pub indicators: Vec<Indicator>,
    /// The units of measure of those.
    pub units: Vec<UnitMeasure>,
    /// The org units they are of.
    pub org_units: Vec<OrgUnit>,
}

/// `GET /rankings`: the units below a parent by one indicator in one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Ranking {
    /// The version of the dataset it is from.
    pub dataset: String,
    /// The parent.
    pub parent: OrgUnit,
    /// The period all ranked figures share; none where there is nothing to rank.
    pub period: Option<Period>,
    /// The ranked figures, the best first; within a place the greater number first.
    pub ranked: Vec<RankedObservation>,
    /// Figures of the same year whose period is another and which therefore have no place in the order.
    pub not_comparable: Vec<Observation>,
    /// The units ranked or not comparable.
    pub org_units: Vec<OrgUnit>,
    /// How many units of the level there were at the end of the period, and so could have reported.
    pub total: usize,
    /// The level of the units ranked; none where there is no unit below the parent.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub level: Option<Level>,
    /// How many units directly below the parent stand on another level, and are not ranked with these.
    #[serde(skip_serializing_if = "is_zero", default)]
    pub of_other_levels: usize,
}

fn is_zero(number: &usize) -> bool {
    *number == 0
}

/// A figure and its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RankedObservation {
    /// The place: one more than the number of figures that are certainly better. Qualified figures that overlap may
    /// share one; two figures of which one is certainly better never do.
    pub rank: u32,
    /// The figure.
    pub observation: Observation,
}

/// `GET /roll-ups`: the figures of the units below a parent, taken together by each indicator's roll-up rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Default)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RollUps {
    /// The version of the dataset it is from.
    pub dataset: String,
    /// One entry for each indicator and period that has figures below the parent and whose rule allows it.
    pub roll_ups: Vec<RolledUp>,
    /// How many of the units directly below have anything published, themselves or below them.
    pub reported: usize,
    /// How many units there were directly below at the end of the latest period that anything below is of.
    pub total: usize,
}

/// Figures taken together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct RolledUp {
    /// The result as an observation of the parent, its origin `rolled_up`.
    pub observation: Observation,
    /// How many units contributed.
    pub contributors: usize,
    /// Of how many: these, and the units there were on the lowest of their levels at the end of the period without one.
    pub of: usize,
}

/// The one envelope for errors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ErrorEnvelope {
    /// What went wrong.
    pub error: ApiError,
}

/// An error for a client, in words for the person who caused it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ApiError {
    /// A code that programs may rely on, such as `unknown_indicator`.
    pub code: String,
    /// The message.
    pub message: String,
    /// The parameter or field meant, where there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub field: Option<String>,
    /// Names this answer in the server's log.
    pub request_id: String,
}
