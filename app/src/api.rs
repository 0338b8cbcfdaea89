//! The only door to the server.

use data::api::{ErrorEnvelope, OrgUnitList};
use data::page::{PageData, PageRequest};
use gloo_net::http::{Request, Response};
use serde::de::DeserializeOwned;

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
    let response = Request::get(address).send().await.map_err(|_| Failure::Away)?;
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
