//! `/api/v1/observations`.

pub mod list;
