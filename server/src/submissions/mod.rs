//! Reports on their way: what a chamber sends, what is said of it, and who decides.
//!
//! [`life`] says what can be done, [`reading`] makes figures of files, [`desk`] and [`publish`] do what a person asks for.

pub mod desk;
pub mod life;
mod publish;
pub mod reading;
pub mod recent;
mod repaired;
#[cfg(test)]
mod tests;
pub mod trouble;
