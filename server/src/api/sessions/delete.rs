use std::sync::Arc;

use axum::response::Response;
use chrono::Utc;
use hyper::header::{HeaderValue, SET_COOKIE};

use crate::accounts::{self, session};
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};

/// Signs out here. Whoever is not signed in is none the worse.
pub async fn current(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    Ok(without(session::sign_out(&app, &sent.headers).await?))
}

/// Signs out everywhere.
pub async fn all(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    let (person, _) = accounts::in_session(&app, &sent.headers).await?;
    let mut writing = app.store.begin_writing().await?;
    writing.end_all_sessions(&person.account.id, Utc::now()).await?;
    writing.commit().await?;
    Ok(without(session::no_cookie(&app.accounts.public)))
}

fn without(cookie: HeaderValue) -> Response {
    let mut response = writes::done();
    response.headers_mut().insert(SET_COOKIE, cookie);
    response
}
