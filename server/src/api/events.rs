//! `/api/v1/events`: tells open pages of every new vintage, as server-sent events.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use serde_json::json;
use tokio::sync::{OwnedSemaphorePermit, watch};

use crate::http::app::App;
use crate::http::failure::Problem;
use crate::http::reads;

/// Between two signs of life: proxies end what is silent for a minute.
const SIGN_OF_LIFE: Duration = Duration::from_secs(20);

/// One open page that listens.
struct Listener {
    versions: watch::Receiver<String>,
    ending: watch::Receiver<bool>,
    _place: OwnedSemaphorePermit,
}

impl Listener {
    /// The next event; none when the program ends, so that it does not wait for those who only listen.
    async fn next(mut self) -> Option<(Result<Event, Infallible>, Listener)> {
        tokio::select! {
            changed = self.versions.changed() => changed.ok()?,
            _ = self.ending.wait_for(|is_ending| *is_ending) => return None,
        }
        let event = vintage(&self.versions.borrow_and_update());
        Some((Ok(event), self))
    }
}

/// The first event tells what is published now: who was away learns what they missed.
pub async fn stream(State(app): State<Arc<App>>, request: Request) -> Response {
    let Ok(place) = app.listeners.clone().try_acquire_owned() else {
        return reads::failed(&app, &Problem::TooManyListeners, &request);
    };
    let mut versions = app.versions();
    versions.mark_changed();
    let listener = Listener {
        versions,
        ending: app.ending(),
        _place: place,
    };
    let alive = KeepAlive::new().interval(SIGN_OF_LIFE);
    Sse::new(stream::unfold(listener, Listener::next))
        .keep_alive(alive)
        .into_response()
}

/// The version of a state begins with the number of its vintage.
fn vintage(dataset: &str) -> Event {
    let number = dataset.split('-').next().and_then(|number| number.parse().ok());
    let number: u32 = number.unwrap_or_default();
    let data = json!({ "dataset": dataset, "vintage": number });
    Event::default().event("vintage").data(data.to_string())
}
