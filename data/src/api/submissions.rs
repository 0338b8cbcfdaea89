//! The JSON shapes of reporting: what is sent, what is wrong with it, what it would change, and who decides.

use serde::{Deserialize, Serialize};

use super::VintageEntry;
use crate::report::{About, Issue, Unmapped};
use crate::{Observation, OrgUnit};

/// Where a submission is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SubmissionState {
    /// Being made; only its unit's reporters see it.
    Draft,
    /// Waits for a reviewer.
    Submitted,
    /// Waits for the second of two reviewers.
    Endorsed,
    /// Came back with a note.
    Returned,
    /// Published.
    Accepted,
    /// Published, and the publication was undone since.
    Undone,
    /// Taken back by who sent it.
    Withdrawn,
}

impl SubmissionState {
    /// Every state.
    pub const ALL: [SubmissionState; 7] = [
        SubmissionState::Draft,
        SubmissionState::Submitted,
        SubmissionState::Endorsed,
        SubmissionState::Returned,
        SubmissionState::Accepted,
        SubmissionState::Undone,
        SubmissionState::Withdrawn,
    ];

    /// The code used in the database, in JSON and in addresses.
    pub fn code(self) -> &'static str {
        match self {
            SubmissionState::Draft => "draft",
            SubmissionState::Submitted => "submitted",
            SubmissionState::Endorsed => "endorsed",
            SubmissionState::Returned => "returned",
            SubmissionState::Accepted => "accepted",
            SubmissionState::Undone => "undone",
            SubmissionState::Withdrawn => "withdrawn",
        }
    }

    /// The state with this code.
    pub fn from_code(code: &str) -> Option<SubmissionState> {
        SubmissionState::ALL
            .into_iter()
            .find(|state| state.code() == code)
    }
}

/// A submission in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SubmissionEntry {
    /// Names it.
    pub id: String,
    /// The unit whose report it is.
    pub org_unit: OrgUnit,
    /// The year reported.
    pub year: i32,
    /// Where it is.
    pub state: SubmissionState,
    /// Counts up with every change of its content.
    pub revision: u32,
    /// Who sent it, or made it; the name that others are shown.
    pub sender: String,
    /// When it last changed, RFC 3339 in UTC.
    pub updated_at: String,
    /// How many figures it holds.
    pub figures: usize,
    /// How many errors are left.
    pub errors: usize,
    /// How many warnings are not confirmed.
    pub warnings: usize,
}

/// `GET /submissions/{id}`: a submission with all that a person must see before they send or accept it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Submission {
    /// What the list says of it.
    #[serde(flatten)]
    pub entry: SubmissionEntry,
    /// The name of the file, where it came as one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub file: Option<String>,
    /// The names of its sheets, by the numbers that places have.
    pub sheets: Vec<String>,
    /// What is wrong or worth a question, in the order of the file.
    pub issues: Vec<Issue>,
    /// Columns that a person must say the meaning of.
    pub unmapped: Vec<Unmapped>,
    /// What it would change, or changed, of what is published: the first [`MOST_DIFFERENCES`], conflicts before the rest.
    pub differences: Vec<Difference>,
    /// How many there are of each kind, with those that are not listed.
    pub counts: DifferenceCounts,
    /// How many of its figures are published exactly so.
    pub unchanged: usize,
    /// Warnings that were confirmed.
    pub confirmations: Vec<Confirmation>,
    /// What people said of it.
    pub remarks: Vec<Remark>,
    /// The vintage that published it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub vintage: Option<u32>,
    /// Who endorsed it, where it waits for the second of two reviewers or passed both.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub endorsed_by: Option<String>,
    /// The vintage that undid its publication, where one did.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub undone: Option<VintageEntry>,
    /// The vintages of the published figures that it conflicts with.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub conflicting: Vec<VintageEntry>,
    /// What the one who asks may do with it now.
    pub can: Vec<Verb>,
}

/// How many differences an answer lists. A page shows no more, and those of a country's year would be 60 MB.
pub const MOST_DIFFERENCES: usize = 500;

/// How many figures differ from what is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct DifferenceCounts {
    /// Published by nobody yet.
    pub added: usize,
    /// Published otherwise.
    pub changed: usize,
    /// Published, and not in the report any more.
    pub withdrawn: usize,
    /// Those among them that a person must decide.
    pub conflicts: usize,
}

impl DifferenceCounts {
    /// All of them.
    pub fn all(&self) -> usize {
        self.added + self.changed + self.withdrawn
    }
}

/// What can be done with a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verb {
    /// Change its content.
    Edit,
    /// Send it.
    Submit,
    /// Take it back.
    Withdraw,
    /// Say that it is right, as the first of two reviewers.
    Endorse,
    /// Publish it.
    Accept,
    /// Send it back.
    Return,
}

/// How one figure stands to what is published.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Difference {
    /// What would be published; none where it is withdrawn.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub new: Option<Observation>,
    /// What is published; none where it is new.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub old: Option<Observation>,
    /// Where nothing is published yet: the latest figure before it that a line may join with it.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub previous: Option<Observation>,
    /// The change from the old or else the previous one in per cent with its sign, where both have an exact value and that one
    /// is not zero.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub percent: Option<String>,
    /// Whether another accepted source publishes it otherwise, or it changed since the submission was made: a person
    /// decides which is right.
    pub conflict: bool,
}

/// `GET /uploads/{id}`: how far a file is on its way in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct UploadProgress {
    /// How many bytes have come.
    pub received: u64,
    /// How many were announced; 0 where that is not known.
    pub announced: u64,
    /// How many rows were read so far.
    pub rows: u32,
    /// Whether all rows were read, and what they say is compared and kept.
    pub is_read: bool,
}

/// A warning that was confirmed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Confirmation {
    /// [`Issue::key`].
    pub issue: String,
    /// Why it is right all the same.
    pub reason: String,
    /// Who says so.
    pub by: String,
}

/// What somebody said of a submission or of one figure of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Remark {
    /// The revision it was said of.
    pub revision: u32,
    /// The figure meant; none for the whole.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub about: Option<About>,
    /// The words.
    pub text: String,
    /// Who.
    pub by: String,
    /// When, RFC 3339 in UTC.
    pub at: String,
}

/// The body of a form: what a person typed, as they typed it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Form {
    /// The newest vintage of what was published when the form was drawn: what was published since the person has not seen.
    /// Without it a new draft is beside what is published now, and another keeps the vintage that it has.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub vintage: Option<u32>,
    /// Row by row.
    pub figures: Vec<FormFigure>,
}

/// A row of a form.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct FormFigure {
    /// The code of the indicator.
    pub indicator: String,
    /// The code of the org unit; empty for the one that reports.
    pub org_unit: String,
    /// The number as a clerk writes it, with its unit where it is not the indicator's: `1.7亿元`.
    pub value: String,
    /// The qualifier, where it does not stand beside the number.
    pub qualifier: String,
    /// A remark; the reason where there is no number.
    pub comment: String,
}

/// `POST …/accept`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Acceptance {
    /// A note for the log.
    pub note: String,
    /// The newest vintage among the conflicting figures that were shown and are replaced; 0 where there are none.
    pub over: u32,
}

/// What is said of a submission: `POST …/return`, and of a warning: `PUT …/confirmations/{issue-key}`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Said {
    /// Why it comes back.
    pub note: String,
    /// Why the warning is right all the same.
    pub reason: String,
}

/// `POST …/remarks`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewRemark {
    /// The figure meant; none for the whole.
    #[serde(default)]
    pub about: Option<About>,
    /// The words.
    pub text: String,
}

/// `PUT …/mapping`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewMapping {
    /// The header as it stands in the file.
    pub header: String,
    /// The code of the indicator.
    pub indicator: String,
}

/// The answer to an acceptance that conflicts with what is published: both figures of each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ConflictEnvelope {
    /// The error, as of every answer.
    pub error: super::ApiError,
    /// The figures, new and old.
    pub conflicts: Vec<Difference>,
}
