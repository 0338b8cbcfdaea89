use data::exchange::{About, json_stat};
use hyper::StatusCode;

use super::list::selected;
use crate::http::answer::{Content, Keep, Kind};
use crate::http::asked::{Asked, apart_from_lang};
use crate::http::failure::Problem;
use crate::http::published::Published;

/// What a query selects as a cube in JSON-stat, with labels in `lang`.
pub fn get(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    let (lang, pairs) = apart_from_lang(asked)?;
    let dataset = &published.dataset;
    let observations = selected(dataset, pairs)?;
    let about = About {
        lang,
        version: &dataset.version,
        published_at: dataset.published_at.as_deref(),
    };
    Ok(Content {
        status: StatusCode::OK,
        kind: Kind::Json,
        body: json_stat::write(&observations, &dataset.catalogue, about),
        file_name: None,
        policies: None,
        keep: Keep::Long,
    })
}
