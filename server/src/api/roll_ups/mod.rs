//! `/api/v1/roll-ups`.

pub mod get;
