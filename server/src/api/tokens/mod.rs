//! `/api/v1/tokens`.

pub mod create;
pub mod delete;
pub mod list;
