//! `/api/v1/observations`.

pub mod json_stat;
pub mod list;
pub mod metadata;
pub mod sdmx_csv;
