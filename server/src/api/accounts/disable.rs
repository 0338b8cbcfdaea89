use std::sync::Arc;

use axum::response::Response;
use chrono::Utc;
use data::Names;

use super::in_charge;
use crate::accounts;
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};
use crate::rights::Authority;

/// Disables an account in the administrator's charge. Not their own: the last one would lock everybody out.
pub async fn disable(app: Arc<App>, sent: Sent) -> Result<Response, Problem> {
    let (person, _) = accounts::in_session(&app, &sent.headers).await?;
    let (right, listed) = in_charge(&app, &person, &sent).await?;
    if listed.account.id == person.account.id {
        return Err(Problem::Conflict(Names {
            zh: "不能停用自己的账号".into(),
            en: "you cannot disable your own account".into(),
        }));
    }
    let mut writing = app.store.begin_writing().await?;
    let by = Authority::Administrator(&right);
    writing.disable(&listed.account.id, by, Utc::now()).await?;
    writing.commit().await?;
    Ok(writes::done())
}
