//! `/api/v1/templates`.

pub mod get;
