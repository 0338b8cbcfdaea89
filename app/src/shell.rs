//! What the app does with a page: follows the address, fetches what its page needs and puts it on screen.

use std::time::Duration;

use charts::page::render;
use data::Lang;
use data::page::{PageData, PageRequest};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;

use crate::api::{self, Failure};
use crate::frame::Frame;
use crate::history::History;
use crate::keys;
use crate::marks::MarkLayer;
use crate::search::Search;
use crate::theme;

/// What is on screen, and what stands in the way of the next page.
#[derive(Clone, Copy)]
struct Screen {
    frame: StoredValue<Frame, LocalStorage>,
    history: History,
    shown: RwSignal<Option<PageRequest>>,
    failure: RwSignal<Option<Failure>>,
    /// Counts what was begun, so that an answer or a second attempt knows whether it is still wanted.
    turn: StoredValue<u32>,
}

/// The app: nothing but what it lays over the page.
pub fn shell(frame: Frame) -> impl IntoView {
    let history = History::start();
    let request = history.request();
    let drawn = frame.is_drawn().then(|| request.get_untracked());
    let screen = Screen {
        frame: StoredValue::new_local(frame),
        history,
        shown: RwSignal::new(drawn),
        failure: RwSignal::new(None),
        turn: StoredValue::new(0),
    };
    Effect::new(move |_| screen.want(request.get()));
    Effect::new(move |_| {
        screen
            .frame
            .with_value(|frame| frame.set_busy(screen.is_loading()))
    });
    window_event_listener(ev::click, on_click);
    window_event_listener(ev::keydown, |event| keys::key(&event));
    // A failed attempt like the one before says nothing new, and is not to be announced again.
    let failure = Memo::new(move |_| screen.failure.get());
    let lang = Memo::new(move |_| request.get().lang);
    view! {
        <Away screen failure lang/>
        <Search history lang/>
        <MarkLayer page=screen.shown/>
    }
}

impl Screen {
    /// Whether the next page is on its way; while the server is away, the page before is there to be read.
    fn is_loading(self) -> bool {
        let is_shown = self
            .shown
            .with(|shown| shown.as_ref() == Some(&*self.history.request().read()));
        !is_shown && self.failure.with(Option::is_none)
    }

    /// Shows the page of a request: at once where it is on screen already, else when its data has come.
    fn want(self, request: PageRequest) {
        self.failure.set(None);
        if self
            .shown
            .with_untracked(|shown| shown.as_ref() == Some(&request))
        {
            self.turn.update_value(|turn| *turn += 1);
        } else {
            self.load(request, 0);
        }
    }

    fn load(self, request: PageRequest, attempt: u32) {
        self.turn.update_value(|turn| *turn += 1);
        let turn = self.turn.get_value();
        spawn_local(async move {
            let answer = api::page(&request).await;
            // The reader may have gone on meanwhile; what they no longer want must not replace what they do.
            if self.turn.get_value() != turn {
                return;
            }
            match answer {
                Ok(data) => self.show(request, &data),
                Err(failure) => {
                    let away = failure == Failure::Away;
                    self.failure.set(Some(failure));
                    if away {
                        set_timeout(move || self.try_again(request, turn, attempt + 1), pause(attempt));
                    }
                }
            }
        });
    }

    fn try_again(self, request: PageRequest, turn: u32, attempt: u32) {
        if self.turn.get_value() == turn {
            self.load(request, attempt);
        }
    }

    fn show(self, request: PageRequest, data: &PageData) {
        let page = render(&request, data);
        let shown = self.shown.get_untracked();
        let is_same_page = shown.is_some_and(|before| before.place.is_same_page(&request.place));
        self.frame
            .with_value(|frame| frame.place(&request, &page, is_same_page));
        self.failure.set(None);
        self.shown.set(Some(request));
        self.history.arrive(is_same_page);
    }
}

/// Two seconds, four, eight, then every fifteen: soon for a hiccup, gentle on a server that is coming back.
fn pause(attempt: u32) -> Duration {
    Duration::from_secs((2u64 << attempt.min(3)).min(15))
}

/// The header is a fragment, so its button is found by the click and not by a reference.
fn on_click(event: ev::MouseEvent) {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    if target
        .and_then(|target| target.closest(".theme").ok().flatten())
        .is_some()
    {
        theme::switch();
    }
}

/// Says that the server is away or refused, and offers to try now; the page before stays readable.
#[component]
fn Away(screen: Screen, failure: Memo<Option<Failure>>, lang: Memo<Lang>) -> impl IntoView {
    let message = move |failure: &Failure| {
        let words = lang.get().words();
        match failure {
            Failure::Away => words.server_away.to_owned(),
            Failure::Refused { message, request_id } => {
                format!(
                    "{}: {message} ({} {request_id})",
                    words.request_failed, words.request_id
                )
            }
        }
    };
    let retry = move |_| {
        screen.load(screen.history.request().get_untracked(), 0);
    };
    move || {
        failure.get().map(|failure| {
            view! {
                <div class="away" role="alert">
                    <span>{message(&failure)}</span>
                    <button type="button" on:click=retry>{lang.get().words().retry}</button>
                </div>
            }
        })
    }
}
