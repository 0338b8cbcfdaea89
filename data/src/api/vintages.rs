//! The JSON shapes of what was published, state by state.

use serde::{Deserialize, Serialize};

use super::Difference;
use crate::{Observation, Period};

/// A published state: what it added, why, and who stands behind it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VintageEntry {
    /// Its number; counts from 1.
    pub vintage: u32,
    /// When it was published, RFC 3339 in UTC.
    pub published_at: String,
    /// Why, in the words of whoever published it.
    pub reason: String,
    /// How many figures it added or changed.
    pub added: usize,
    /// How many figures it withdrew.
    pub withdrawn: usize,
    /// The report that it published, where it was one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub report: Option<ReportOf>,
    /// The vintage that it took back, where it took one back.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub undoes: Option<u32>,
    /// The vintage that took it back.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub undone_by: Option<u32>,
    /// The submission it came with; shown to those who may see that.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub submission: Option<String>,
    /// Who sent it; shown to those who are signed in.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub sent_by: Option<String>,
    /// Who endorsed it, where there are two steps of review; shown to those who are signed in.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub endorsed_by: Option<String>,
    /// Who accepted it, or took the other back; shown to those who are signed in.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub accepted_by: Option<String>,
}

/// Whose report, and of which year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ReportOf {
    /// The code of the org unit.
    pub org_unit: String,
    /// The year reported.
    pub year: i32,
}

/// `GET /vintages`: a page of them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VintageList {
    /// How many there are in all.
    pub total: usize,
    /// The newest first.
    pub vintages: Vec<VintageEntry>,
}

/// `GET /vintages/{id}`: one, and what undoing it would change now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct VintageDetail {
    /// What the list says of it.
    #[serde(flatten)]
    pub entry: VintageEntry,
    /// Figure by figure: `old` is published now, `new` was published before it. A conflict was changed by a later vintage.
    /// The first [`MOST_DIFFERENCES`](super::MOST_DIFFERENCES), conflicts before the rest; none for who may not undo it.
    pub differences: Vec<Difference>,
    /// How many there are, with those that are not listed.
    pub changes: usize,
    /// How many of them are conflicts.
    pub conflicts: usize,
    /// Whether the one who asks has the right to undo it.
    pub may_undo: bool,
    /// Whether they can do so now.
    pub can_undo: bool,
}

/// `POST /vintages/{id}/undo`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Undo {
    /// Why it was wrong.
    pub reason: String,
}

/// `GET /history`: one published state of a figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct HistoryEntry {
    /// The figure as it was; none from where it was withdrawn.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub observation: Option<Observation>,
    /// The period of the figure.
    pub period: Period,
    /// The name of the file it came from; shown to those who may see the submission. Empty where it came by a form.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub file: Option<String>,
    /// The vintage.
    #[serde(flatten)]
    pub published: VintageEntry,
}
