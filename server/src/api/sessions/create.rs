use std::sync::Arc;

use axum::response::Response;
use data::api::SignIn;
use hyper::header::SET_COOKIE;

use crate::accounts::session;
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};

/// Signs in: the session is in the cookie.
pub async fn create(app: Arc<App>, mut sent: Sent) -> Result<Response, Problem> {
    let SignIn { name, password } = sent.json().await?;
    let cookie = session::sign_in(&app, sent.client, &sent.headers, &name, &password).await?;
    let mut response = writes::done();
    response.headers_mut().insert(SET_COOKIE, cookie);
    Ok(response)
}
