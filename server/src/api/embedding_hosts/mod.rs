//! `/api/v1/embedding-hosts`: whose pages may frame charts.

pub mod get;
pub mod put;

use data::api::{EmbeddingHostList, Framing};

use crate::http::app::App;

/// What is in force here.
fn in_force(app: &App) -> EmbeddingHostList {
    let published = app.published.load();
    let hosts = &published.hosts;
    EmbeddingHostList {
        allowed: match hosts.is_any() {
            true => Framing::Any,
            false => Framing::Listed,
        },
        hosts: hosts.lines(),
        header: format!("Content-Security-Policy: {}", hosts.frame_ancestors()),
    }
}
