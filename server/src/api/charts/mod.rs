//! `/api/v1/charts`: charts under short addresses.

pub mod create;
