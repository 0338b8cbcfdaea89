//! One-time links: an invitation or a reset, handed over in person where there is no mail.

use chrono::{TimeDelta, Utc};

use super::{password, secret};
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::rights::{Account, Authority};
use crate::store::{Link, Purpose, StoreError, Writing};

/// An invitation may lie over a week of holidays.
const INVITATION: TimeDelta = TimeDelta::days(14);

/// Who asks for a reset waits for it.
const RESET: TimeDelta = TimeDelta::days(2);

/// Makes the link of an account, which is never seen again: the random part of its address.
pub async fn create(
    writing: &mut Writing,
    token: &str,
    account: &str,
    purpose: Purpose,
    by: Authority<'_>,
) -> Result<(), StoreError> {
    let now = Utc::now();
    let lifetime = match purpose {
        Purpose::Invitation => INVITATION,
        Purpose::Reset => RESET,
    };
    let token_hash = &secret::hash(token);
    let link = Link {
        token_hash,
        purpose,
        account,
        expires_at: now + lifetime,
    };
    writing.create_link(link, by, now).await
}

/// Whose password a link sets; nobody's where it was used or has expired.
pub async fn owner(app: &App, token: &str) -> Result<Option<Account>, Problem> {
    let Some(id) = app.store.link(&secret::hash(token), Utc::now()).await? else {
        return Ok(None);
    };
    let listed = app.store.account(&id).await?;
    Ok(listed
        .filter(|listed| listed.disabled_at.is_none())
        .map(|listed| listed.account))
}

/// Sets the password of a link's account and uses the link up.
pub async fn redeem(app: &App, token: &str, password: &str) -> Result<(), Problem> {
    let owner = owner(app, token).await?.ok_or(Problem::LinkUsed)?;
    password::check(password, &owner.name)?;
    let hash = app.accounts.hashing.hash(password.to_owned()).await?;
    let (mut writing, now) = (app.store.begin_writing().await?, Utc::now());
    // Of two who open it at once, one is too late.
    let account = writing.use_link(&secret::hash(token), now).await?;
    let account = account.ok_or(Problem::LinkUsed)?;
    writing.set_password(&account, &hash, now).await?;
    writing.commit().await?;
    Ok(())
}
