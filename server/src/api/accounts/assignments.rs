use std::sync::Arc;

use axum::response::Response;
use chrono::Utc;
use data::api::Assignment;

use super::{administrator, in_charge, role};
use crate::accounts;
use crate::http::app::App;
use crate::http::asked::Parameters;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};
use crate::rights::Authority;

/// Gives a role at a unit, to somebody in the administrator's charge. Who holds it already goes on holding it.
pub async fn give(app: Arc<App>, mut sent: Sent) -> Result<Response, Problem> {
    let (person, _) = accounts::in_session(&app, &sent.headers).await?;
    let (_, listed) = in_charge(&app, &person, &sent).await?;
    let asked: Assignment = sent.json().await?;
    let right = administrator(&app, &person, &asked.org_unit)?;
    let (role, by) = (role(&asked.role)?, Authority::Administrator(&right));
    let mut writing = app.store.begin_writing().await?;
    let account = &listed.account.id;
    writing
        .assign(account, right.org_unit(), role, by, Utc::now())
        .await?;
    writing.commit().await?;
    Ok(writes::done())
}

/// Takes the role that `?org-unit=&role=` names; whose it is need not be in the administrator's charge otherwise.
pub async fn take(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    let (person, _) = accounts::in_session(&app, &sent.headers).await?;
    let parameters = Parameters::take(&sent.asked, &["org-unit", "role"])?;
    let org_unit = parameters
        .get("org-unit")
        .ok_or(Problem::MissingParameter("org-unit"))?;
    let right = administrator(&app, &person, org_unit)?;
    let code = parameters.get("role").ok_or(Problem::MissingParameter("role"))?;
    let (role, by) = (role(code)?, Authority::Administrator(&right));
    let mut writing = app.store.begin_writing().await?;
    let account = sent.after("accounts");
    if !writing
        .unassign(account, right.org_unit(), role, by, Utc::now())
        .await?
    {
        return Err(Problem::NoSuchAddress(sent.asked.path));
    }
    writing.commit().await?;
    Ok(writes::done())
}
