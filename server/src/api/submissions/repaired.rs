use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use data::Lang;
use hyper::header::{CONTENT_TYPE, HeaderValue};

use super::{attachment, desk};
use crate::accounts;
use crate::http::app::App;
use crate::http::asked::{LANG_EXPECTED, Parameters, lang_of};
use crate::http::failure::Problem;
use crate::http::writes::Sent;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// A copy of the file as a workbook, with what was found written beside the cells.
pub async fn get(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    let person = accounts::reading(&app, &sent.headers).await?;
    Parameters::take(&sent.asked, &["lang"])?.parsed("lang", LANG_EXPECTED, Lang::from_code)?;
    let lang = lang_of(&sent.asked, &sent.headers);
    let (name, copy) = desk(&app, &person)
        .repaired(sent.after("submissions"), lang)
        .await?;
    let mut response = Response::new(Body::from(copy));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(XLSX));
    attachment(headers, &name);
    Ok(response)
}
