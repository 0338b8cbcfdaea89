//! Files to cells: what stands in a sheet or a text, before anybody asks what it means.

mod cell;
pub mod decode;
mod not_a_number;
pub mod number;
pub mod text;

pub use cell::{Cell, double};
