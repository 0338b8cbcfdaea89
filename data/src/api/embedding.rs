use serde::{Deserialize, Serialize};

/// `GET /embedding-hosts`: whose pages may frame charts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[serde(rename_all = "snake_case")]
pub enum Framing {
    /// Anybody's.
    Any,
    /// Those of the hosts listed.
    Listed,
}

/// `PUT /embedding-hosts`: the whole list; an empty one allows any.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEmbeddingHosts {
    /// A host each, or the address of any page of it.
    pub hosts: Vec<String>,
}
