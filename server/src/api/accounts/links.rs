use std::sync::Arc;

use axum::response::Response;
use data::Names;
use data::api::NewLink;
use hyper::StatusCode;

use super::in_charge;
use crate::accounts::{self, links, secret};
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};
use crate::rights::Authority;
use crate::store::Purpose;

/// Makes a new link for somebody in the administrator's charge: an invitation until they have chosen a password, from
/// then on a reset. The links before it end.
pub async fn create(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    let (person, _) = accounts::in_session(&app, &sent.headers).await?;
    let (right, listed) = in_charge(&app, &person, &sent).await?;
    if listed.disabled_at.is_some() {
        return Err(Problem::Conflict(Names {
            zh: "此账号已停用".into(),
            en: "this account is disabled".into(),
        }));
    }
    let purpose = match listed.has_password {
        true => Purpose::Reset,
        false => Purpose::Invitation,
    };
    let token = secret::token()?;
    let mut writing = app.store.begin_writing().await?;
    let by = Authority::Administrator(&right);
    links::create(&mut writing, &token, &listed.account.id, purpose, by).await?;
    writing.commit().await?;
    let link = NewLink {
        account: listed.account.id,
        path: format!("/links/{token}"),
    };
    writes::json(StatusCode::CREATED, &link)
}
