//! The pages of the desk as pure functions of the JSON shapes: data in, HTML out.

pub mod account;
pub mod admin;
pub mod conflicts;
pub mod differences;
pub mod embedding;
pub mod form;
pub mod frame;
pub mod history;
pub mod hosts;
pub mod issues;
pub mod me;
pub mod pieces;
pub mod remarks;
pub mod reminders;
pub mod report;
pub mod reporting;
pub mod review;
pub mod sign_in;
pub mod submission;
#[cfg(test)]
mod tests;
pub mod vintages;
