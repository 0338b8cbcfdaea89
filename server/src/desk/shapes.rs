//! What the desk reads of the answers of the API beyond `data::api`.

use data::api::{HistoryEntry, Me};
use serde::Deserialize;

/// The codes of the units at which somebody holds a role.
pub fn units<'a>(me: &'a Me, role: &'a str) -> impl Iterator<Item = &'a str> {
    let held = me.roles.iter().filter(move |held| held.role == role);
    held.map(|held| held.org_unit.as_str())
}

/// Whether somebody holds a role anywhere.
pub fn is(me: &Me, role: &str) -> bool {
    units(me, role).next().is_some()
}

/// `GET /history`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct History {
    /// The published states of the figure, the newest first.
    pub entries: Vec<HistoryEntry>,
}
