//! Charts that tell the truth about reported figures: state, then layout, then drawing.
//!
//! Pure: the same chart is the same bytes in the browser and on the server.

pub mod build;
pub mod chart;
pub mod context;
pub mod embed;
pub mod figure;
pub mod frame;
pub mod headline;
pub mod html;
mod marks;
mod order;
pub mod page;
pub mod palette;
pub mod poster;
pub mod scale;
pub mod sentence;
mod svg;
pub mod table;
pub mod text;
