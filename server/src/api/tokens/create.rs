use std::sync::Arc;

use axum::response::Response;
use chrono::Utc;
use data::api::{NewToken, TokenEntry};
use hyper::StatusCode;

use crate::accounts::{self, secret};
use crate::api::accounts::{bad_field, check_text};
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};
use crate::store::{Scope, time};

/// Makes a token, which is shown this once. Only in a session: a token makes no further ones.
pub async fn create(app: Arc<App>, mut sent: Sent) -> Result<Response, Problem> {
    let (person, _) = accounts::in_session(&app, &sent.headers).await?;
    let NewToken { name, scope } = sent.json().await?;
    check_text("name", &name)?;
    let scope = Scope::from_code(&scope)
        .ok_or_else(|| bad_field("scope", "read、report 或 review", "read, report or review"))?;
    let (id, token, now) = (secret::id()?, secret::token()?, Utc::now());
    let mut writing = app.store.begin_writing().await?;
    let named = (id.as_str(), secret::hash(&token));
    writing
        .create_token(&person.account.id, (named.0, &named.1), (&name, scope), now)
        .await?;
    writing.commit().await?;
    let entry = TokenEntry {
        id,
        name,
        scope: scope.code().to_owned(),
        created_at: time(now),
        used_at: None,
        token: Some(token),
    };
    writes::json(StatusCode::CREATED, &entry)
}
