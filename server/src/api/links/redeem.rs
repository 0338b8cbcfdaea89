use std::sync::Arc;

use axum::response::Response;
use data::api::ChoosePassword;

use crate::accounts::links;
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};

/// Sets the password of a link's account. Signing in is a step of its own: it shows that the password was noted.
pub async fn redeem(app: Arc<App>, mut sent: Sent) -> Result<Response, Problem> {
    let ChoosePassword { password } = sent.json().await?;
    links::redeem(&app, sent.after("links"), &password).await?;
    Ok(writes::done())
}
