//! The desk as a client of the API: it asks inside the process what a browser could ask from outside, with the session of
//! the one who asks. So no page can show or do what the API would refuse, and a right is decided in one place.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use data::Lang;
use data::api::{ApiError, ErrorEnvelope};
use http_body_util::{BodyExt, Limited};
use hyper::header::{
    ACCEPT_LANGUAGE, CONTENT_TYPE, COOKIE, HOST, HeaderMap, HeaderName, HeaderValue, IF_MATCH, ORIGIN,
    USER_AGENT,
};
use hyper::http::Extensions;
use hyper::{Method, Request, StatusCode};
use serde::de::DeserializeOwned;
use tower::ServiceExt;

use crate::http::app::App;
use crate::uploads;

/// What the API must know of who asks: the session, and what tells a form of ours from one of another site.
const PASSED_ON: [HeaderName; 7] = [
    COOKIE,
    HOST,
    ORIGIN,
    USER_AGENT,
    HeaderName::from_static("sec-fetch-site"),
    HeaderName::from_static("x-forwarded-for"),
    uploads::NAME,
];

/// The longest answer of the API that a page is made of.
const LONGEST_ANSWER: usize = 64 << 20;

/// Asks the API on behalf of one request.
#[derive(Debug)]
pub struct Client {
    api: Router,
    headers: HeaderMap,
    extensions: Extensions,
}

/// What the API answered to something other than a question for data.
#[derive(Debug)]
pub struct Reply {
    /// Its headers: where a session begins, its cookie.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Vec<u8>,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Nobody is signed in.
    SignedOut,
    /// The API refused, and says why.
    Refused(StatusCode, ApiError),
    /// A fault of ours: the answer was not what it should be.
    Broken,
}

impl Client {
    /// Asks as whoever sent a request, from the same end of the connection, and in the language of the page that is to
    /// show the answer.
    pub fn of<B>(app: &Arc<App>, request: &Request<B>, lang: Lang) -> Client {
        let mut passed_on = HeaderMap::new();
        for name in PASSED_ON {
            for value in request.headers().get_all(&name) {
                passed_on.append(name.clone(), value.clone());
            }
        }
        passed_on.insert(ACCEPT_LANGUAGE, HeaderValue::from_static(lang.code()));
        Client {
            api: crate::router::router(app.clone()),
            headers: passed_on,
            extensions: request.extensions().clone(),
        }
    }

    /// Data at an address.
    pub async fn get<T: DeserializeOwned>(&self, address: &str) -> Result<T, Failure> {
        let reply = self.ask(Method::GET, address, &[], Body::empty()).await?;
        serde_json::from_slice(&reply.body).map_err(|error| {
            tracing::error!(address, %error, "the API does not answer as its shapes say");
            Failure::Broken
        })
    }

    /// Sends JSON.
    pub async fn send(
        &self,
        method: Method,
        address: &str,
        json: &serde_json::Value,
    ) -> Result<Reply, Failure> {
        let headers = [(CONTENT_TYPE, "application/json")];
        self.ask(method, address, &headers, Body::from(json.to_string()))
            .await
    }

    /// Sends JSON that concerns a revision of a submission that the visitor has seen, and no other.
    pub async fn send_on(
        &self,
        revision: &str,
        method: Method,
        address: &str,
        json: &serde_json::Value,
    ) -> Result<Reply, Failure> {
        let headers = [(CONTENT_TYPE, "application/json"), (IF_MATCH, revision)];
        let headers = if revision.is_empty() {
            &headers[..1]
        } else {
            &headers[..]
        };
        self.ask(method, address, headers, Body::from(json.to_string()))
            .await
    }

    /// Sends a body of any kind as it comes.
    pub async fn ask(
        &self,
        method: Method,
        address: &str,
        headers: &[(HeaderName, &str)],
        body: Body,
    ) -> Result<Reply, Failure> {
        let mut request = Request::builder().method(method).uri(address);
        for (name, value) in headers {
            request = request.header(name, *value);
        }
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        let mut request = request.body(body).map_err(|_| Failure::Broken)?;
        request.extensions_mut().extend(self.extensions.clone());
        let answer = self.api.clone().oneshot(request).await;
        let (head, body) = answer.unwrap_or_else(|never| match never {}).into_parts();
        let body = Limited::new(body, LONGEST_ANSWER).collect().await;
        let body = body.map_err(|_| Failure::Broken)?.to_bytes().to_vec();
        if head.status.is_success() {
            let headers = head.headers;
            return Ok(Reply { headers, body });
        }
        Err(refused(head.status, &body))
    }
}

fn refused(status: StatusCode, body: &[u8]) -> Failure {
    match serde_json::from_slice::<ErrorEnvelope>(body) {
        Ok(_) if status == StatusCode::UNAUTHORIZED => Failure::SignedOut,
        Ok(envelope) => Failure::Refused(status, envelope.error),
        Err(_) => Failure::Broken,
    }
}
