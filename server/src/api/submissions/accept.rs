use std::sync::Arc;
use std::time::Duration;

use axum::response::Response;
use data::api::{Acceptance, ApiError, ConflictEnvelope};
use hyper::StatusCode;

use super::{desk, revision, shown};
use crate::accounts;
use crate::http::app::App;
use crate::http::asked::lang_of;
use crate::http::failure::Problem;
use crate::http::writes::{self, Sent};
use crate::store::Seen;
use crate::submissions::trouble::Trouble;

/// How often what is served is waited for, where somebody published this moment; each time some two seconds.
const TRIES: usize = 4;

/// Publishes a submission. Where it disagrees with what is published, and the reviewer has not seen that, 409 with both.
pub async fn accept(app: Arc<App>, mut sent: Sent) -> Result<Response, Problem> {
    let person = accounts::signed_in(&app, &sent.headers).await?;
    let id = sent.after("submissions").to_owned();
    let revision = revision(&desk(&app, &person), &sent, &id).await?;
    let asked: Acceptance = sent.json().await?;
    let seen = Seen { id: &id, revision };
    let note = asked.note.trim();
    let mut tries = Tries::default();
    let done = loop {
        let turn = app.publishing.lock().await;
        let done = desk(&app, &person)
            .accept(seen, note, asked.over)
            .await
            // What the reviewer sees next is what they have published, and so does everybody.
            .map(|published| app.publish_over(&published.over, published.dataset));
        drop(turn);
        if !tries.again(&app, &done).await {
            break done;
        }
    };
    match done {
        Ok(()) => shown(&app, &sent, &id, StatusCode::OK).await,
        Err(trouble @ Trouble::Conflicts { .. }) => conflicts(&app, &sent, trouble),
        Err(trouble) => Err(trouble.into()),
    }
}

/// The answer that shows both figures of each conflict.
pub fn conflicts(app: &App, sent: &Sent, trouble: Trouble) -> Result<Response, Problem> {
    let lang = lang_of(&sent.asked, &sent.headers);
    let error = ApiError {
        code: "conflicts".into(),
        message: trouble.words().get(lang).to_owned(),
        field: None,
        request_id: app.request_id(),
    };
    let (Trouble::Conflicts { shown, .. } | Trouble::ChangedSince { shown, .. }) = trouble else {
        return Err(trouble.into());
    };
    let conflicts = shown;
    writes::json(StatusCode::CONFLICT, &ConflictEnvelope { error, conflicts })
}

/// How often somebody tried to publish who was not the only one.
#[derive(Debug, Default)]
pub struct Tries(usize);

impl Tries {
    /// Whether to try again: where somebody else published this moment, once what is served is as new as that.
    pub async fn again<T>(&mut self, app: &App, done: &Result<T, Trouble>) -> bool {
        self.0 += 1;
        let is_to_be = self.0 < TRIES && matches!(done, Err(Trouble::Behind));
        if is_to_be {
            wait(app).await;
        }
        is_to_be
    }
}

/// Waits until what is served is as new as the database, or a little longer than that takes.
pub async fn wait(app: &App) {
    let mut versions = app.versions();
    let newest = app.store.newest_vintage().await.ok().flatten();
    let version = crate::state::version(newest.as_ref());
    let is_served = versions.wait_for(|served| *served == version);
    let _ = tokio::time::timeout(Duration::from_secs(2), is_served).await;
}
