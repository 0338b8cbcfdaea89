//! Who may frame a chart of ours, and what a portal's own headers let into its pages.

/// What stands in the way of a chart in a portal.
pub mod check;
pub mod csp;
/// One host that may frame charts.
mod host;
/// All of them, as an administrator lists them.
mod hosts;
mod punycode;

pub use host::{EmbeddingHost, HostError, WebScheme};
pub use hosts::{EmbeddingHosts, LONGEST_POLICY, LineError, ListError, MOST_HOSTS};
