use std::sync::Arc;

use axum::response::Response;
use hyper::StatusCode;

use data::api::NewMapping;

use super::{desk, revision, shown, text};
use crate::accounts;
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::Sent;
use crate::store::Seen;

/// Says which indicator a header means; the file is read again, and the unit's later ones with it.
pub async fn put(app: Arc<App>, mut sent: Sent) -> Result<Response, Problem> {
    let person = accounts::signed_in(&app, &sent.headers).await?;
    let (desk, id) = (desk(&app, &person), sent.after("submissions").to_owned());
    let revision = revision(&desk, &sent, &id).await?;
    let asked: NewMapping = sent.json().await?;
    let header = text("header", asked.header)?;
    if desk.published.catalogue.indicator(&asked.indicator).is_none() {
        return Err(Problem::UnknownIndicator(asked.indicator));
    }
    desk.map(Seen { id: &id, revision }, &header, &asked.indicator)
        .await?;
    shown(&app, &sent, &id, StatusCode::OK).await
}
