use std::sync::Arc;

use axum::response::Response;
use chrono::Utc;

use super::in_charge;
use crate::accounts;
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};

/// Signs somebody in the administrator's charge out everywhere: a computer was lost, a password seen.
pub async fn end(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    let (person, _) = accounts::in_session(&app, &sent.headers).await?;
    let (right, listed) = in_charge(&app, &person, &sent).await?;
    let mut writing = app.store.begin_writing().await?;
    writing
        .sign_out_account(&listed.account.id, &right, Utc::now())
        .await?;
    writing.commit().await?;
    Ok(writes::done())
}
