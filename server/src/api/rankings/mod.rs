//! `/api/v1/rankings`.

pub mod get;
