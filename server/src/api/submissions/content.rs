use std::sync::Arc;

use axum::response::Response;
use hyper::StatusCode;

use super::{begin, desk, revision, sent_file, shown};
use crate::accounts;
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::Sent;
use crate::store::Seen;

/// Puts another file in the place of the revision that `If-Match` names; 412 where somebody was faster.
pub async fn put(app: Arc<App>, mut sent: Sent) -> Result<Response, Problem> {
    let person = accounts::signed_in(&app, &sent.headers).await?;
    let (desk, id) = (desk(&app, &person), sent.after("submissions").to_owned());
    let revision = revision(&desk, &sent, &id).await?;
    desk.reporter(&desk.filed(&id).await?.org_unit)?;
    let under = begin(&app, &person, &sent)?;
    let file = sent_file(&mut sent, &under).await?;
    desk.replace(Seen { id: &id, revision }, file).await?;
    shown(&app, &sent, &id, StatusCode::OK).await
}
