//! `/api/v1/events`: server-sent events that tell the version of what is published, as it is and as it changes.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use bytes::Bytes;
use futures_util::stream::unfold;
use hyper::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue, X_CONTENT_TYPE_OPTIONS};
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::time::sleep;

use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::reads;

/// A line of comment this often shows both sides that the other is there: proxies cut what is silent for a minute, and
/// half of our own patience with a client that does not read is 15 s.
const KEEP_ALIVE: Duration = Duration::from_secs(15);

/// One page that listens, as long as it does.
struct Listener {
    versions: watch::Receiver<String>,
    ending: watch::Receiver<bool>,
    told: Option<String>,
    _place: OwnedSemaphorePermit,
}

/// What ends a wait.
enum Happened {
    Changed,
    Nothing,
}

/// Tells the version at once, and each new one within a second of its publication.
pub async fn get(State(app): State<Arc<App>>, request: Request) -> Response {
    let Ok(place) = app.listeners.clone().try_acquire_owned() else {
        return reads::failed(&app, &Problem::Busy, &request);
    };
    let listener = Listener {
        versions: app.versions(),
        ending: app.ending(),
        told: None,
        _place: place,
    };
    let mut response = Response::new(Body::from_stream(unfold(listener, next)));
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

async fn next(mut listener: Listener) -> Option<(Result<Bytes, Infallible>, Listener)> {
    loop {
        let version = listener.versions.borrow_and_update().clone();
        if listener.told.as_ref() != Some(&version) {
            let event = format!("event: dataset\ndata: {version}\n\n");
            listener.told = Some(version);
            return Some((Ok(Bytes::from(event)), listener));
        }
        let Listener { versions, ending, .. } = &mut listener;
        let happened = tokio::select! {
            changed = versions.changed() => changed.is_ok().then_some(Happened::Changed),
            _ = ending.wait_for(|ending| *ending) => None,
            () = sleep(KEEP_ALIVE) => Some(Happened::Nothing),
        };
        match happened? {
            Happened::Changed => {}
            Happened::Nothing => return Some((Ok(Bytes::from_static(b":\n\n")), listener)),
        }
    }
}
