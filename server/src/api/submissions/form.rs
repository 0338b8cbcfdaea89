use std::sync::Arc;

use axum::response::Response;
use data::Names;
use hyper::StatusCode;

use super::desk;
use crate::accounts;
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};

/// A report as the rows of a form, to be changed there; 409 where the form would lose some of it.
pub async fn get(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    let person = accounts::reading(&app, &sent.headers).await?;
    let desk = desk(&app, &person);
    let filed = desk.filed(sent.after("submissions")).await?;
    let form = desk.form(&filed).await?;
    let form = form.ok_or_else(|| {
        Problem::Conflict(Names {
            zh: "这份报表有网页表格中没有的内容（来自文件，或由程序报送）；请在原文件或程序中改正后再报送。".into(),
            en: "This report came from a file or a program and says more than the form can; correct it there and send it again."
                .into(),
        })
    })?;
    writes::json(StatusCode::OK, &form)
}
