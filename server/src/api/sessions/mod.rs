//! `/api/v1/sessions`.

pub mod create;
pub mod delete;
