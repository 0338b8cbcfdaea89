use data::api::{Difference, SubmissionState};

use super::reading::Spoilt;
use crate::rights::Refused;
use crate::sheets::Unreadable;
use crate::store::StoreError;

/// Why something cannot be done with a submission.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// There is none of this id, or none that the person may know of.
    #[error("there is no such submission")]
    NotFound,
    /// No right to it.
    #[error(transparent)]
    Refused(#[from] Refused),
    /// A file that cannot be read.
    #[error(transparent)]
    Unreadable(#[from] Unreadable),
    /// Somebody changed it meanwhile.
    #[error("it was changed meanwhile: its revision is {revision}")]
    Changed {
        /// The revision that it has now.
        revision: i64,
    },
    /// It is not in a state in which this is done.
    #[error("it is {} and this cannot be done with it now", .0.code())]
    NotNow(SubmissionState),
    /// It has errors, or warnings without a reason.
    #[error("{errors} errors are left and {warnings} warnings have no reason")]
    Unfinished {
        /// How many errors are left.
        errors: usize,
        /// How many warnings are not confirmed.
        warnings: usize,
    },
    /// A key that none of its warnings has.
    #[error("it has no warning `{0}`")]
    NoSuchWarning(String),
    /// Figures that another source publishes otherwise, or that were published since it was made.
    #[error("{} of its figures disagree with what is published", .0.len())]
    Conflicts(Vec<Difference>),
    /// It would mix figures that were made up with real ones.
    #[error("it would mix real figures with made-up ones")]
    Synthetic,
    /// Somebody published this moment; what is served is not that new yet.
    #[error("somebody published this moment; try again")]
    Behind,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A fault of ours.
    #[error(transparent)]
    Spoilt(#[from] Spoilt),
    /// A fault of the machine.
    #[error("{0}")]
    Machine(String),
}
