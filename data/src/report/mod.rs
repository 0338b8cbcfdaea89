//! Reports as chambers send them: cells to figures and issues, compared with what is published.
//!
//! The same code reads a pasted block in the browser and a workbook on the server.

mod header;
mod issue;
mod names;
mod place;

pub use issue::{About, Issue, NotANumber, Problem, Severity};
pub use place::{Place, column_name};
