use std::sync::Arc;

use axum::response::Response;
use data::api::{AccountEntry, Assignment, Me};
use hyper::StatusCode;

use crate::accounts;
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};
use crate::rights::{Account, Role};

/// Who asks, and what they may do with what they showed.
pub async fn get(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    let person = accounts::signed_in(&app, &sent.headers).await?;
    let me = Me {
        account: entry(person.account),
        roles: roles(person.assignments),
    };
    writes::json(StatusCode::OK, &me)
}

/// An account in JSON.
pub fn entry(account: Account) -> AccountEntry {
    AccountEntry {
        id: account.id,
        name: account.name,
        display_name: account.display_name,
    }
}

/// Roles in JSON.
pub fn roles(assignments: Vec<(String, Role)>) -> Vec<Assignment> {
    let roles = assignments.into_iter().map(|(org_unit, role)| Assignment {
        org_unit,
        role: role.code().to_owned(),
    });
    roles.collect()
}
