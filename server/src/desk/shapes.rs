//! What the desk reads of the answers of the API beyond `data::api`.

use data::api::{HistoryEntry, SubmissionEntry};
use serde::Deserialize;

/// `GET /me`: who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Me {
    /// The account.
    pub account: MyAccount,
    /// What they may do, and where.
    pub roles: Vec<MyRole>,
}

/// The account of who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MyAccount {
    /// What others are shown.
    pub display_name: String,
}

/// A role at an org unit.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct MyRole {
    /// The code of the unit.
    pub org_unit: String,
    /// The code of the role.
    pub role: String,
}

impl Me {
    /// The codes of the units at which a role is held.
    pub fn units<'a>(&'a self, role: &'a str) -> impl Iterator<Item = &'a str> {
        let held = self.roles.iter().filter(move |held| held.role == role);
        held.map(|held| held.org_unit.as_str())
    }

    /// Whether a role is held anywhere.
    pub fn is(&self, role: &str) -> bool {
        self.roles.iter().any(|held| held.role == role)
    }
}

/// `GET /submissions`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Submissions {
    /// Those that the one who asks may see.
    pub submissions: Vec<SubmissionEntry>,
}

/// `GET /history`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct History {
    /// The published states of the figure, the newest first.
    pub entries: Vec<HistoryEntry>,
}
