use std::sync::Arc;

use data::Lang;
use hyper::StatusCode;

use super::{document, page};
use crate::api::json;
use crate::http::answer::{Content, Keep, Kind};
use crate::http::asked::{Asked, LANG_EXPECTED, Parameters};
use crate::http::failure::Problem;
use crate::http::published::Published;
use crate::http::security::Policies;

/// The description for programs: in English, unless the address says otherwise.
pub fn openapi(_: &Published, asked: &Asked) -> Result<Content, Problem> {
    let lang = Parameters::take(asked, &["lang"])?.parsed("lang", LANG_EXPECTED, Lang::from_code)?;
    json(&document::document(lang.unwrap_or(Lang::En)))
}

/// The same for people.
pub fn html(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    let (body, inline) = page::page(published, asked);
    // The examples are written for one's own machine; here they lead to where they are read.
    let body = String::from_utf8_lossy(&body)
        .replace("http://127.0.0.1:8080", &charts::html::escaped(&published.origin));
    Ok(Content {
        status: StatusCode::OK,
        kind: Kind::Html,
        body: body.into_bytes(),
        file_name: None,
        policies: Some(Arc::new(Policies::new(&inline))),
        keep: Keep::Long,
    })
}
