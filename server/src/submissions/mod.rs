//! Reports on their way: what a chamber sends, what is said of it, and who decides.
//!
//! [`life`] says what can be done, [`reading`] makes figures of files, [`desk`], [`publish`] and [`undo`] do what a person asks
//! for, [`again`] checks once more what is sent.

mod again;
pub mod desk;
mod form;
mod left;
pub mod life;
mod publish;
pub mod reading;
pub mod recent;
mod repaired;
#[cfg(test)]
mod tests;
pub mod trouble;
pub mod turns;
pub mod undo;
