//! `/api/v1/links`.

pub mod get;
pub mod redeem;
