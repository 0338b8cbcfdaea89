//! Files to cells: what stands in a sheet or a text, before anybody asks what it means.

pub mod number;
