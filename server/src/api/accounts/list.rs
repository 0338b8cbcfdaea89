use std::sync::Arc;

use axum::response::Response;
use data::api::AccountDetail;
use hyper::StatusCode;

use super::in_reach;
use crate::accounts;
use crate::api::me::get::{entry, roles};
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};

/// The accounts that hold a role in the administrator's part of the tree.
pub async fn list(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    let (person, _) = accounts::in_session(&app, &sent.headers).await?;
    let found = in_reach(&app, &person).await?;
    let details = found.into_iter().map(|listed| AccountDetail {
        account: entry(listed.account),
        roles: roles(listed.assignments),
        has_password: listed.has_password,
        disabled_at: listed.disabled_at,
    });
    writes::json(StatusCode::OK, &details.collect::<Vec<AccountDetail>>())
}
