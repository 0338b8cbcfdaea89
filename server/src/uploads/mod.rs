//! Files on their way in: taken piece by piece, however large, and never held in memory as a whole.

mod progress;
mod upload;

pub use progress::{LONGEST_NAME, NAME, Progress, Under, Uploads, is_name};
pub use upload::{Receiving, Upload};
