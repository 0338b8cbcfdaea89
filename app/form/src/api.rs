//! The page's only door to the server: the draft.

use std::time::Duration;

use data::api::{ErrorEnvelope, Form, FormContent, SubmissionState};
use gloo_net::http::{Request, RequestBuilder, Response};
use leptos::prelude::set_timeout;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use web_sys::AbortController;

/// A draft as the server has it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Saved {
    /// Names it.
    pub id: String,
    /// Which state of it this is.
    pub revision: u32,
}

/// A report in the list of them.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Begun {
    id: String,
    state: SubmissionState,
}

/// Why something was not saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The server cannot be reached, or is overloaded.
    Away,
    /// The session has ended.
    SignedOut,
    /// Somebody else saved meanwhile.
    Changed,
    /// It cannot be done, in the words of the server.
    Refused(String),
}

/// How long the server may take: 100 figures take it milliseconds, a slow line some seconds.
const PATIENCE: Duration = Duration::from_secs(20);

/// The draft of a unit and year that somebody began meanwhile and that a form can show, and what it says.
pub async fn begun(org_unit: &str, year: i32) -> Option<(String, FormContent)> {
    let address = format!("/api/v1/submissions?org-unit={org_unit}&year={year}");
    let entries: Vec<Begun> = answer(Request::get(&address).send().await).await.ok()?;
    let open = entries
        .into_iter()
        .filter(|entry| matches!(entry.state, SubmissionState::Draft | SubmissionState::Returned));
    for entry in open {
        if let Ok(content) = form(&entry.id).await {
            return Some((entry.id, content));
        }
    }
    None
}

/// Saves a new draft.
pub async fn create(org_unit: &str, year: i32, form: &Form) -> Result<Saved, Failure> {
    let address = format!("/api/v1/submissions?org-unit={org_unit}&year={year}");
    send(Request::post(&address), form).await
}

/// Saves the draft over the revision that it was made of.
pub async fn replace(id: &str, revision: u32, form: &Form) -> Result<Saved, Failure> {
    let address = format!("/api/v1/submissions/{id}/content");
    send(
        Request::put(&address).header("if-match", &revision.to_string()),
        form,
    )
    .await
}

/// The draft as it is now.
pub async fn form(id: &str) -> Result<FormContent, Failure> {
    let address = format!("/api/v1/submissions/{id}/form");
    answer(Request::get(&address).send().await).await
}

async fn send(request: RequestBuilder, form: &Form) -> Result<Saved, Failure> {
    let controller = AbortController::new().ok();
    let signal = controller.as_ref().map(AbortController::signal);
    if let Some(controller) = controller {
        // What was answered long ago is not ended by it.
        set_timeout(move || controller.abort(), PATIENCE);
    }
    let request = request.abort_signal(signal.as_ref()).json(form);
    let request = request.map_err(|error| Failure::Refused(error.to_string()))?;
    answer(request.send().await).await
}

async fn answer<T: DeserializeOwned>(answer: Result<Response, gloo_net::Error>) -> Result<T, Failure> {
    let response = answer.map_err(|_| Failure::Away)?;
    match response.status() {
        200..=299 => response.json().await.map_err(|_| Failure::Away),
        401 => Err(Failure::SignedOut),
        412 => Err(Failure::Changed),
        500.. => Err(Failure::Away),
        _ => Err(response
            .json::<ErrorEnvelope>()
            .await
            .map_or(Failure::Away, |envelope| Failure::Refused(envelope.error.message))),
    }
}
