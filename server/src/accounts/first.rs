//! The first administrator, whom nobody can invite.

use chrono::Utc;

use super::{links, secret};
use crate::http::failure::Problem;
use crate::rights::{Authority, Role};
use crate::store::{NewAccount, Purpose, Store};

/// What the first administrator is called until others are there.
const NAME: &str = "admin";

/// Makes the first administrator, of the top unit, where there is no account at all: the token of the link that sets
/// their password. Of replicas that start together one does.
pub async fn administrator(store: &Store, top: &str) -> Result<Option<String>, Problem> {
    let (id, token, now) = (secret::id()?, secret::token()?, Utc::now());
    let mut writing = store.begin_writing().await?;
    if writing.account_count().await? > 0 {
        return Ok(None);
    }
    let new = NewAccount {
        id: &id,
        name: NAME,
        display_name: "管理员",
    };
    let by = Authority::Operator;
    writing.create_account(new, by, now).await?;
    writing.assign(&id, top, Role::Administrator, by, now).await?;
    links::create(&mut writing, &token, &id, Purpose::Invitation, by).await?;
    writing.commit().await?;
    Ok(Some(token))
}
