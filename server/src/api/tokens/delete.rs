use std::sync::Arc;

use axum::response::Response;
use chrono::Utc;

use crate::accounts;
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};

/// Revokes a token of the person's own; others' are not there for them.
pub async fn delete(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    let (person, _) = accounts::in_session(&app, &sent.headers).await?;
    let mut writing = app.store.begin_writing().await?;
    let id = sent.after("tokens");
    if !writing.revoke_token(&person.account.id, id, Utc::now()).await? {
        return Err(Problem::NoSuchAddress(sent.asked.path));
    }
    writing.commit().await?;
    Ok(writes::done())
}
