//! `/api/v1/indicators`.

pub mod get;
pub mod list;
