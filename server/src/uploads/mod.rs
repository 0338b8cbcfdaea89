//! Files on their way in: taken piece by piece, however large, and never held in memory as a whole.

mod progress;
mod upload;

pub use progress::{NAME, Progress, Under, Uploads};
pub use upload::{Receiving, Upload};
