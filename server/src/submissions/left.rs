//! What is left to do in a report before it can be sent.

use std::collections::HashSet;

use data::report::{Issue, Severity};

use super::reading::Findings;
use super::trouble::Trouble;
use crate::store::{Seen, Writing};

/// What was found, as far as it must be done: made before a lock is taken, for ten thousand issues are read slowly.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Left {
    errors: usize,
    /// The keys of the warnings.
    warnings: Vec<String>,
}

impl Left {
    /// What these findings leave to do.
    pub fn of(findings: &Findings) -> Left {
        let of = |severity| {
            let issues = findings.issues.iter();
            issues.filter(move |issue| issue.severity() == severity)
        };
        Left {
            errors: of(Severity::Error).count(),
            warnings: of(Severity::Warning).map(Issue::key).collect(),
        }
    }

    /// How many errors there are, and how many warnings that have no reason.
    pub fn count(&self, confirmed: &[String]) -> (usize, usize) {
        let confirmed: HashSet<&str> = confirmed.iter().map(String::as_str).collect();
        let open = self
            .warnings
            .iter()
            .filter(|key| !confirmed.contains(key.as_str()));
        (self.errors, open.count())
    }

    /// Notes it for the lists, in the transaction that changed a content or what was said of it.
    pub async fn note(&self, writing: &mut Writing, seen: Seen<'_>) -> Result<(), Trouble> {
        let confirmed = writing.confirmed(seen.id).await?;
        let (errors, warnings) = self.count(&confirmed);
        Ok(writing.count(seen, errors as i64, warnings as i64).await?)
    }
}

/// Does what takes long beside the threads that serve.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, Trouble> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Trouble::Machine(error.to_string()))
}
