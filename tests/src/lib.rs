//! Drives the built program as its users do: by its commands, its addresses and its log.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod answer;
mod described;
mod openapi;
mod program;
mod spreadsheets;

pub use answer::{Answer, well};
pub use described::Described;
pub use openapi::{ask_what_is_described, validate_openapi};
pub use program::{Output, Person, Program, Serving};
pub use spreadsheets::{read_standard, write_spreadsheets};
