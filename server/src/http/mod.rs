//! Everything about HTTP that is the same for every address: what an answer is, how it is encoded, kept and sent.

pub mod accept;
pub mod answer;
pub mod app;
pub mod asked;
pub mod assets;
pub mod cache;
pub mod cors;
pub mod deadline;
pub mod encoding;
pub mod failure;
pub mod heavy;
pub mod listener;
pub mod past;
pub mod published;
pub mod reads;
pub mod security;
pub mod shelf;
pub mod theme;
pub mod writes;
