//! What a report of a unit and year is checked with in the browser.

pub mod get;
