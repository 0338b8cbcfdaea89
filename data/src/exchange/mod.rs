//! Open formats: JSON-stat 2.0 and SDMX 3.0, each written and read in a file of its own.
//!
//! Nothing that makes a figure true is lost in writing either: what a format has no place for stands in its extension or in
//! an attribute, under the same name in both. Nothing is lost in reading but the further sources of a derived figure, which
//! is derived anew; of a reported one they are told as wrong. A reader turns a file into the columns of [`crate::read`], so that one code
//! checks every figure, and what is wrong is told at its place in the file as it came. `README.md` beside this file has the
//! table of what stands where.

mod codelist;
mod concept;
pub mod csvw;
pub mod json_stat;
mod read;
pub mod sdmx_csv;
pub mod sdmx_json;

pub use codelist::{Code, Codelist, List};
pub use concept::{
    AGENCY, CONCEPT_SCHEME, CONCEPTS, Concept, DATAFLOW, Form, Part, STRUCTURE, VERSION, cells, period_key,
};
pub use read::{Format, read, recognise, rows};

use crate::Lang;

/// What a file says of itself beside its figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About<'a> {
    /// The language of its labels; both are given where the format has room.
    pub lang: Lang,
    /// The version of the published state.
    pub version: &'a str,
    /// When that was published, RFC 3339 in UTC; none where nothing is.
    pub published_at: Option<&'a str>,
}
