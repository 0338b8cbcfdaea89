//! `/api/v1/pages`.

pub mod get;
