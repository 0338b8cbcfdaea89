//! What stands in the way of a chart in a portal: by the portal's address and, where they were pasted, its headers.

mod pasted;
mod ways;

pub use pasted::{LONGEST_PASTED, MOST_POLICIES, Pasted, PastedError};
pub use ways::{Check, Fix, Hint, Reason, Verdict, Way, WayReport, check};
