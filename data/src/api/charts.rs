use serde::{Deserialize, Serialize};

use super::{Observations, RolledUp};

/// `GET /charts/{kind}.json`: what a chart says and what it is drawn from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Chart {
    /// The kind: `line`, `from-to`, `bar`, `ranking` or `below`.
    pub kind: String,
    /// The address of its page.
    pub address: String,
    /// What it shows, in a sentence.
    pub title: String,
    /// Unit and period.
    pub subtitle: String,
    /// Whether it may be drawn; where not, the first note says why.
    pub is_drawn: bool,
    /// The picture in words; empty where there is none.
    pub description: String,
    /// What is to be known to read it right.
    pub notes: Vec<String>,
    /// Where its figures are from, as its foot names them.
    pub sources: Vec<String>,
    /// The newest vintage in it.
    pub vintage: u32,
    /// Where it shows units below one: all of them together, then each, and of how many each was taken together.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub roll_ups: Vec<RolledUp>,
    /// The figures, with everything that they refer to.
    #[serde(flatten)]
    pub figures: Observations,
}
