use std::sync::Arc;

use axum::response::Response;
use chrono::Utc;
use data::Names;
use data::api::NewLink;
use hyper::StatusCode;

use super::{administrator, check_name, check_text, role};
use crate::accounts::{self, links, secret};
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};
use crate::rights::Authority;
use crate::store::{NewAccount, Purpose};

/// Makes an account with a first role, and answers the link with which its person chooses a password.
pub async fn create(app: Arc<App>, mut sent: Sent) -> Result<Response, Problem> {
    let (person, _) = accounts::in_session(&app, &sent.headers).await?;
    let asked: data::api::NewAccount = sent.json().await?;
    let right = administrator(&app, &person, &asked.org_unit)?;
    check_name(&asked.name)?;
    check_text("display_name", &asked.display_name)?;
    let role = role(&asked.role)?;
    let (id, token, now) = (secret::id()?, secret::token()?, Utc::now());
    let new = NewAccount {
        id: &id,
        name: &asked.name,
        display_name: &asked.display_name,
    };
    let by = Authority::Administrator(&right);
    let mut writing = app.store.begin_writing().await?;
    if !writing.create_account(new, by, now).await? {
        return Err(Problem::Conflict(Names {
            zh: format!("用户名“{}”已有人使用", asked.name),
            en: format!("the name `{}` is taken", asked.name),
        }));
    }
    writing.assign(&id, right.org_unit(), role, by, now).await?;
    links::create(&mut writing, &token, &id, Purpose::Invitation, by).await?;
    writing.commit().await?;
    let path = format!("/links/{token}");
    writes::json(StatusCode::CREATED, &NewLink { account: id, path })
}
