//! Everything that figures refer to, in one answer.

pub mod get;
