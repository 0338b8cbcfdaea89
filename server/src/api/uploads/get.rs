use std::sync::Arc;

use axum::response::Response;
use data::Names;
use hyper::StatusCode;

use crate::accounts;
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};

/// How far a file is that the person is sending; asked again and again, because that passes through every proxy.
pub async fn get(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    let person = accounts::reading(&app, &sent.headers).await?;
    let progress = app.uploads.progress(&person.account.id, sent.after("uploads"));
    let progress = progress.ok_or_else(|| Problem::Told {
        status: StatusCode::NOT_FOUND,
        code: "no_such_upload",
        words: Names {
            zh: "没有正在进行的这个上传".into(),
            en: "no such upload is under way".into(),
        },
    })?;
    writes::json(StatusCode::OK, &progress)
}
