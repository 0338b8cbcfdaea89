//! The API: a folder for each resource, a file for each verb.

pub mod accounts;
pub mod charts;
pub mod deadlines;
pub mod definitions;
pub mod embedding_hosts;
pub mod events;
pub mod forms;
pub mod health;
pub mod history;
pub mod indicators;
pub mod links;
pub mod me;
pub mod observations;
pub mod org_units;
pub mod page_data;
pub mod rankings;
pub mod reporting;
pub mod roll_ups;
pub mod sessions;
pub mod submissions;
pub mod templates;
pub mod tokens;
pub mod uploads;
pub mod vintages;

use hyper::StatusCode;
use serde::Serialize;

use crate::http::answer::{Content, Keep, Kind};
use crate::http::failure::Problem;

/// An answer in JSON.
pub(crate) fn json(body: &impl Serialize) -> Result<Content, Problem> {
    let body = serde_json::to_vec(body).map_err(|error| {
        tracing::error!(%error, "an answer cannot be written as JSON");
        Problem::Internal
    })?;
    Ok(Content {
        status: StatusCode::OK,
        kind: Kind::Json,
        body,
        file_name: None,
        policies: None,
        keep: Keep::Long,
    })
}
