use std::sync::Arc;

use axum::response::Response;
use data::api::Undo;
use hyper::StatusCode;

use super::number;
use crate::accounts;
use crate::api::submissions::accept::{Tries, conflicts, wait};
use crate::api::submissions::{desk, text};
use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};
use crate::submissions::trouble::Trouble;

/// Takes a vintage back by another: 201 with that one. Where later vintages changed any of its figures, 409 with both.
pub async fn undo(app: Arc<App>, mut sent: Sent) -> Result<Response, Problem> {
    let person = accounts::signed_in(&app, &sent.headers).await?;
    let vintage = number(&sent)?;
    let asked: Undo = sent.json().await?;
    if app.store.vintage(vintage).await?.is_none() {
        return Err(Trouble::NoSuchVintage(vintage.to_string()).into());
    }
    let reason = text("reason", asked.reason)?;
    // Who has no right to it does not keep others from publishing.
    desk(&app, &person).may_undo(vintage).await?;
    let mut tries = Tries::default();
    let done = loop {
        let turn = app.publishing.lock().await;
        let done = desk(&app, &person).undo(vintage, &reason).await;
        drop(turn);
        if !tries.again(&app, &done).await {
            break done;
        }
    };
    match done {
        Ok(new) => {
            // What everybody sees next is what was brought back.
            wait(&app).await;
            let entry = app.store.vintage(new).await?.ok_or(Problem::Internal)?;
            let entry = desk(&app, &person).for_person(entry).await?;
            writes::json(StatusCode::CREATED, &entry)
        }
        Err(trouble @ Trouble::ChangedSince { .. }) => conflicts(&app, &sent, trouble),
        Err(trouble) => Err(trouble.into()),
    }
}
