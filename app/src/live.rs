//! Listens for new vintages, so that an open page shows what was just published.

use std::time::Duration;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use leptos::wasm_bindgen::closure::Closure;
use web_sys::{EventSource, MessageEvent};

/// Where the server tells of vintages.
const EVENTS: &str = "/api/v1/events";

/// A browser gives up on a server that answers with an error, so it is asked again after this.
const PAUSE: Duration = Duration::from_secs(15);

/// Calls `renew` when another state was published than the one that the page shows. A page that nobody looks at does not
/// listen: browsers allow six connections to a server, over all tabs. Shown again, it is told what it missed.
pub fn listen(renew: impl Fn() + Copy + 'static) {
    let source = StoredValue::new_local(None::<EventSource>);
    let follow = move || {
        if let Some(before) = source.try_update_value(Option::take).flatten() {
            before.close();
        }
        if !document().hidden() {
            source.set_value(open(renew));
        }
    };
    follow();
    document_event_listener(follow);
    let _ = set_interval_with_handle(
        move || {
            let is_closed = source.with_value(|source| {
                source
                    .as_ref()
                    .is_some_and(|source| source.ready_state() == EventSource::CLOSED)
            });
            if is_closed {
                follow();
            }
        },
        PAUSE,
    );
}

fn document_event_listener(follow: impl Fn() + 'static) {
    let listener = Closure::<dyn Fn()>::new(follow);
    let _ =
        document().add_event_listener_with_callback("visibilitychange", listener.as_ref().unchecked_ref());
    listener.forget();
}

fn open(renew: impl Fn() + 'static) -> Option<EventSource> {
    let source = EventSource::new(EVENTS).ok()?;
    let listener = Closure::<dyn Fn(MessageEvent)>::new(move |event: MessageEvent| {
        if is_news(&event.data().as_string().unwrap_or_default()) {
            renew();
        }
    });
    let _ = source.add_event_listener_with_callback("vintage", listener.as_ref().unchecked_ref());
    listener.forget();
    Some(source)
}

/// Whether an event tells of another state than the last; the first is that of the document.
fn is_news(event: &str) -> bool {
    const SHOWN: &str = "data-dataset";
    let Some(root) = document().document_element() else {
        return false;
    };
    let shown = root.get_attribute(SHOWN).unwrap_or_default();
    let Some(told) = event.split('"').find(|part| part.contains('-')) else {
        return false;
    };
    let _ = root.set_attribute(SHOWN, told);
    told != shown
}
