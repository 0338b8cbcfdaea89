use std::sync::Arc;

use axum::response::Response;
use hyper::StatusCode;

use data::api::NewRemark;

use super::{desk, shown, text};
use crate::accounts;
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::Sent;

/// Says something of a submission, or of one of its figures.
pub async fn create(app: Arc<App>, mut sent: Sent) -> Result<Response, Problem> {
    let person = accounts::signed_in(&app, &sent.headers).await?;
    let id = sent.after("submissions").to_owned();
    let remark: NewRemark = sent.json().await?;
    let words = text("text", remark.text)?;
    desk(&app, &person)
        .remark(&id, remark.about.as_ref(), &words)
        .await?;
    shown(&app, &sent, &id, StatusCode::CREATED).await
}
