//! Charts that tell the truth about reported figures: state, then layout, then drawing.
//!
//! Pure: the same chart is the same bytes in the browser and on the server.

pub mod chart;
pub mod page;
