//! Files to cells, cells to definitions and observations.
//!
//! Reading never fails as a whole: each reader answers what it understood and the list of [`Issue`]s. What to do
//! about the issues is the caller's decision.

mod cells;
mod expected;
mod issue;
pub(crate) mod observations;
mod table;

pub use cells::Cells;
pub use expected::Expected;
pub use issue::{Issue, Problem};
pub(crate) use observations::PeriodWord;
pub use observations::{BESIDE, COLUMNS, Column, ReadObservations, observations};
pub use table::{Row, Table};
