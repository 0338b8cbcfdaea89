use hyper::StatusCode;

use crate::http::answer::{Content, Keep, Kind};
use crate::http::asked::Asked;
use crate::http::failure::Problem;
use crate::http::published::Published;

/// The script of `<federation-chart>`.
const SCRIPT: &str = include_str!(concat!(env!("OUT_DIR"), "/component.js"));

/// The script, at an address that never changes: it stands in pages of others for years.
pub fn get(_: &Published, _: &Asked) -> Result<Content, Problem> {
    Ok(Content {
        status: StatusCode::OK,
        kind: Kind::Script,
        body: SCRIPT.into(),
        file_name: None,
        policies: None,
        keep: Keep::Briefly,
    })
}
