//! `/api/v1/org-units`.

pub mod get;
pub mod list;
pub mod year;
