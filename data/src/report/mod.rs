//! Reports as chambers send them: cells to figures and issues, compared with what is published.
//!
//! The same code reads a pasted block in the browser and a workbook on the server. One mechanism reads every layout: a
//! column holds a field of the row or figures, and what neither the header nor the row says of a figure, its unit, year,
//! source, the report itself does.

mod before;
pub mod block;
pub mod check;
pub mod compare;
mod form;
mod header;
mod issue;
mod names;
mod period;
mod place;
mod reader;
mod reading;
mod row;
mod titles;
mod totals;
mod value;

pub use header::is_known;
pub use issue::{About, Issue, Mark, Problem, Severity};
pub use place::{At, Place, column_name};
pub use reader::Reader;
pub use reading::{Context, Figure, Reading, Unmapped, usual_source};

pub use crate::sheet::number::NotANumber;
