//! What is published while the page is open: the server tells the version of the data, and the page is drawn anew.

use std::time::Duration;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::prelude::Closure;
use web_sys::{EventSource, MessageEvent};

/// After a server that has no place for one more listener, or knows no events: it asks for no hurry.
const PAUSE: Duration = Duration::from_secs(60);

type Source = StoredValue<Option<EventSource>, LocalStorage>;

/// Calls `on_version` with each version the server tells, as long as the page is looked at: a browser opens few connections to
/// one server, and a page in the background would hold one for nothing.
pub fn listen(on_version: impl Fn(String) + Copy + 'static) {
    let source: Source = StoredValue::new_local(None);
    let follow = move || match document().hidden() {
        true => close(source),
        false => open(source, on_version),
    };
    follow();
    document_event_listener(follow);
}

/// Leptos listens to the window alone, which visibility does not reach in old browsers.
fn document_event_listener(follow: impl Fn() + 'static) {
    let on_change = Closure::<dyn Fn()>::new(follow);
    document().set_onvisibilitychange(Some(on_change.as_ref().unchecked_ref()));
    // As long as the page.
    on_change.forget();
}

fn close(source: Source) {
    source.update_value(|open| {
        if let Some(open) = open.take() {
            open.close();
        }
    });
}

fn open(source: Source, on_version: impl Fn(String) + Copy + 'static) {
    close(source);
    let Ok(events) = EventSource::new("/api/v1/events") else {
        return;
    };
    let on_event = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if let Some(version) = event.data().as_string() {
            on_version(version);
        }
    });
    let _ = events.add_event_listener_with_callback("dataset", on_event.as_ref().unchecked_ref());
    // A line that breaks is taken up again by the browser itself; a server that refuses is asked again later.
    let on_error = Closure::<dyn Fn()>::new(move || {
        let is_refused = source.with_value(|open| {
            open.as_ref()
                .is_some_and(|open| open.ready_state() == EventSource::CLOSED)
        });
        if is_refused && !document().hidden() {
            close(source);
            set_timeout(move || open_if_closed(source, on_version), PAUSE);
        }
    });
    events.set_onerror(Some(on_error.as_ref().unchecked_ref()));
    on_event.forget();
    on_error.forget();
    source.set_value(Some(events));
}

fn open_if_closed(source: Source, on_version: impl Fn(String) + Copy + 'static) {
    if source.with_value(Option::is_none) && !document().hidden() {
        open(source, on_version);
    }
}
