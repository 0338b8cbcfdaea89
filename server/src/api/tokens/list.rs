use std::sync::Arc;

use axum::response::Response;
use data::api::TokenEntry;
use hyper::StatusCode;

use crate::accounts;
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};

/// The person's own tokens that are in force.
pub async fn list(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    let (person, _) = accounts::in_session(&app, &sent.headers).await?;
    let tokens = app.store.tokens(&person.account.id).await?;
    let entries = tokens.into_iter().map(|token| TokenEntry {
        id: token.id,
        name: token.name,
        scope: token.scope,
        created_at: token.created_at,
        used_at: token.used_at,
        token: None,
    });
    writes::json(StatusCode::OK, &entries.collect::<Vec<TokenEntry>>())
}
