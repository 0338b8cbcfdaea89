//! JSON-stat 2.0: a cube of indicators, org units and periods, most of whose cells are empty.
//!
//! A period of any of the six kinds is one category of the one dimension of time, under the line of text that names it
//! everywhere. What JSON-stat has no place for stands in `extension`, by the number of the cell, as the values do; each
//! value has a line of its own in the file, so that what is wrong with one can be told at its place.

mod read;
mod write;

pub(super) use read::sheet;
pub use write::write;

/// The dimensions in their order.
const DIMENSIONS: [&str; 3] = ["indicator", "org_unit", "period"];
