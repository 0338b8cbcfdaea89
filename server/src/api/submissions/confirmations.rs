use std::sync::Arc;

use axum::response::Response;
use hyper::StatusCode;

use data::api::Said;

use super::{desk, revision, shown, text};
use crate::accounts;
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::Sent;
use crate::store::Seen;

/// Says why a warning is right all the same, or with `{problem}.*` every warning of a kind that has no reason yet.
pub async fn put(app: Arc<App>, mut sent: Sent) -> Result<Response, Problem> {
    let person = accounts::signed_in(&app, &sent.headers).await?;
    let (id, key) = (
        sent.after("submissions").to_owned(),
        sent.after("confirmations").to_owned(),
    );
    let desk = desk(&app, &person);
    let revision = revision(&desk, &sent, &id).await?;
    let said: Said = sent.json().await?;
    let reason = text("reason", said.reason)?;
    let seen = Seen { id: &id, revision };
    desk.confirm(seen, &key, &reason).await?;
    shown(&app, &sent, &id, StatusCode::OK).await
}
