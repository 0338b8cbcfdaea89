//! The steps that need no more than a submission and a word: send, take back, endorse, send back.

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

/// Sends a submission; refused while errors are left, or warnings without a reason.
pub async fn submit(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    let person = accounts::signed_in(&app, &sent.headers).await?;
    let (desk, id) = (desk(&app, &person), sent.after("submissions"));
    let revision = revision(&desk, &sent, id).await?;
    desk.submit(Seen { id, revision }).await?;
    shown(&app, &sent, id, StatusCode::OK).await
}

/// Takes a submission back that nobody has decided on.
pub async fn withdraw(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    let person = accounts::signed_in(&app, &sent.headers).await?;
    let (desk, id) = (desk(&app, &person), sent.after("submissions"));
    let revision = revision(&desk, &sent, id).await?;
    desk.withdraw(Seen { id, revision }).await?;
    shown(&app, &sent, id, StatusCode::OK).await
}

/// Endorses a submission, the first of two steps of review. It has an address of its own: `accept` publishes, and must not
/// do the lesser thing, or the greater, as the state happens to be when it arrives.
pub async fn endorse(app: Arc<App>, mut sent: Sent) -> Result<Response, Problem> {
    let person = accounts::signed_in(&app, &sent.headers).await?;
    let (desk, id) = (desk(&app, &person), sent.after("submissions").to_owned());
    let revision = revision(&desk, &sent, &id).await?;
    let said: Said = sent.json().await?;
    desk.endorse(Seen { id: &id, revision }, said.note.trim()).await?;
    shown(&app, &sent, &id, StatusCode::OK).await
}

/// Sends a submission back, and says why.
pub async fn give_back(app: Arc<App>, mut sent: Sent) -> Result<Response, Problem> {
    let person = accounts::signed_in(&app, &sent.headers).await?;
    let (desk, id) = (desk(&app, &person), sent.after("submissions").to_owned());
    let revision = revision(&desk, &sent, &id).await?;
    let said: Said = sent.json().await?;
    let note = text("note", said.note)?;
    desk.give_back(Seen { id: &id, revision }, &note).await?;
    shown(&app, &sent, &id, StatusCode::OK).await
}
