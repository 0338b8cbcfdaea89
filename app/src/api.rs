//! The only door to the server.

use std::time::Duration;

use data::api::{ErrorEnvelope, OrgUnitList};
use data::page::{PageData, PageRequest};
use gloo_net::http::{Request, Response};
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use serde::de::DeserializeOwned;
use web_sys::{AbortController, AbortSignal};

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The server cannot be reached, or is overloaded: trying again may help.
    Away,
    /// The server answered that it cannot: its message and the id of the request in its log.
    Refused {
        /// For the reader.
        message: String,
        /// For whoever reads the log.
        request_id: String,
    },
}

/// The data of a page.
pub async fn page(request: &PageRequest) -> Result<PageData, Failure> {
    get(&request.data_href()).await
}

/// The first org units whose name or code contains the words.
pub async fn search(words: &str) -> Result<OrgUnitList, Failure> {
    let words = String::from(js_sys::encode_uri_component(words));
    get(&format!("/api/v1/org-units?q={words}")).await
}

async fn get<T: DeserializeOwned>(address: &str) -> Result<T, Failure> {
    let deadline = Deadline::start();
    let request = Request::get(address).abort_signal(deadline.signal().as_ref());
    let response = request.send().await.map_err(|_| Failure::Away)?;
    // A page that does not exist is an answer too: its status is 404 and its body the page's data.
    if !response.ok() && response.status() != 404 {
        return Err(failure(response).await);
    }
    let text = response.text().await.map_err(|_| Failure::Away)?;
    serde_json::from_str(&text).map_err(|error| Failure::Refused {
        message: error.to_string(),
        request_id: String::new(),
    })
}

/// How long an answer may take, body and all: a server that hangs is away, and the reader is told.
const PATIENCE: Duration = Duration::from_secs(20);

/// Ends a request that takes too long; it is let off when this goes.
struct Deadline {
    controller: Option<AbortController>,
    timeout: Option<TimeoutHandle>,
}

impl Deadline {
    fn start() -> Deadline {
        let controller = AbortController::new().ok();
        let aborted = controller.clone();
        let abort = move || {
            if let Some(controller) = aborted {
                controller.abort();
            }
        };
        Deadline {
            controller,
            timeout: set_timeout_with_handle(abort, PATIENCE).ok(),
        }
    }

    fn signal(&self) -> Option<AbortSignal> {
        self.controller.as_ref().map(AbortController::signal)
    }
}

impl Drop for Deadline {
    fn drop(&mut self) {
        if let Some(timeout) = self.timeout {
            timeout.clear();
        }
    }
}

async fn failure(response: Response) -> Failure {
    if response.status() >= 500 {
        return Failure::Away;
    }
    match response.json::<ErrorEnvelope>().await {
        Ok(envelope) => Failure::Refused {
            message: envelope.error.message,
            request_id: envelope.error.request_id,
        },
        Err(_) => Failure::Away,
    }
}
