use serde::{Deserialize, Serialize};

/// `GET /embedding-hosts`: whose pages may frame charts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EmbeddingHostList {
    /// Whether any page may, because none is listed.
    pub allowed: Framing,
    /// The hosts, as they are listed.
    pub hosts: Vec<String>,
    /// What a browser is told with every embed.
    pub header: String,
}

/// Whose pages may frame charts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Framing {
    /// Anybody's.
    Any,
    /// Those of the hosts listed.
    Listed,
}

/// `PUT /embedding-hosts`: the whole list; an empty one allows any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewEmbeddingHosts {
    /// A host each, or the address of any page of it.
    pub hosts: Vec<String>,
}

/// `POST /charts`: a chart to be saved under a short address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NewSavedChart {
    /// An address of ours that shows it: `/charts/line?…`.
    pub address: String,
    /// Whether it keeps to the figures that are published now, or to those of the state that the address names. Else it
    /// follows the newest.
    #[serde(default)]
    pub pinned: bool,
}

/// What `POST /charts` answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct SavedChartEntry {
    /// Names it: ten letters and digits.
    pub id: String,
    /// The address of the chart, canonical, without its state.
    pub address: String,
    /// The short address: `/c/{id}`.
    pub href: String,
    /// The vintage that it keeps to; none where it follows the newest.
    pub vintage: Option<u32>,
}
