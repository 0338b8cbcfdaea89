//! The frame of the app: follows the address, fetches what its page needs and places the page.

use std::time::Duration;

use charts::page::{Page, render};
use data::page::PageRequest;
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use leptos_router::WildcardSegment;
use leptos_router::components::{FlatRoutes, Route, Router};
use leptos_router::hooks::use_location;

use crate::api::{self, Failure};
use crate::marks::MarkLayer;
use crate::search::Search;
use crate::{address, first_paint, theme};

/// The app. Which page an address means is decided by [`PageRequest`], the same on the server; so the router has a
/// single route and keeps the address, the history and the scroll position.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <Router>
            <FlatRoutes fallback=|| ()>
                <Route path=WildcardSegment("path") view=Shell/>
            </FlatRoutes>
        </Router>
    }
}

/// What is on screen, and what stands in the way of the next page.
#[derive(Clone, Copy)]
struct Screen {
    shown: RwSignal<Option<(PageRequest, Page)>>,
    failure: RwSignal<Option<Failure>>,
    wanted: StoredValue<Option<PageRequest>>,
}

#[component]
fn Shell() -> impl IntoView {
    let location = use_location();
    let request = Memo::new(move |_| address::request(&location.pathname.get(), &location.search.get()));
    let screen = Screen {
        shown: RwSignal::new(first_page(&request.get_untracked())),
        failure: RwSignal::new(None),
        wanted: StoredValue::new(None),
    };
    Effect::new(move |_| screen.want(request.get()));
    Effect::new(move |_| screen.shown.with(|shown| shown.as_ref().map(describe_document)));
    let busy = Memo::new(move |_| {
        screen
            .shown
            .with(|shown| shown.as_ref().map(|(at, _)| at.clone()))
            != Some(request.get())
    });
    let part = move |part: fn(&Page) -> &String| {
        screen.shown.with(|shown| {
            shown
                .as_ref()
                .map(|(_, page)| part(page).clone())
                .unwrap_or_default()
        })
    };
    let header = Memo::new(move |_| part(|page| &page.header));
    let main = Memo::new(move |_| part(|page| &page.main));
    let footer = Memo::new(move |_| part(|page| &page.footer));
    let lang = Memo::new(move |_| request.get().lang);
    view! {
        <header inner_html=header on:click=on_header_click></header>
        <main id="main" tabindex="-1" aria-busy=move || busy.get().to_string() inner_html=main></main>
        <footer inner_html=footer></footer>
        <Away screen lang/>
        <Search lang/>
        <MarkLayer page=main/>
    }
}

fn first_page(request: &PageRequest) -> Option<(PageRequest, Page)> {
    let data = first_paint::data(request)?;
    Some((request.clone(), render(request, &data)))
}

impl Screen {
    /// Shows the page of a request: at once where it is on screen already, else when its data has come.
    fn want(self, request: PageRequest) {
        self.wanted.set_value(Some(request.clone()));
        self.failure.set(None);
        let is_shown = self
            .shown
            .with_untracked(|shown| shown.as_ref().is_some_and(|(at, _)| *at == request));
        if !is_shown {
            self.load(request, 0);
        }
    }

    fn load(self, request: PageRequest, attempt: u32) {
        spawn_local(async move {
            let answer = api::page(&request).await;
            // The reader may have gone on meanwhile; what they no longer want must not replace what they do.
            if self.wanted.try_get_value().flatten().as_ref() != Some(&request) {
                return;
            }
            match answer {
                Ok(data) => self.show(request, &data),
                Err(failure) => {
                    let away = failure == Failure::Away;
                    self.failure.set(Some(failure));
                    if away {
                        set_timeout(move || self.try_again(request, attempt + 1), pause(attempt));
                    }
                }
            }
        });
    }

    fn try_again(self, request: PageRequest, attempt: u32) {
        let still_away = self
            .failure
            .with_untracked(|failure| *failure == Some(Failure::Away));
        if still_away && self.wanted.try_get_value().flatten().as_ref() == Some(&request) {
            self.load(request, attempt);
        }
    }

    fn show(self, request: PageRequest, data: &data::page::PageData) {
        let page = render(&request, data);
        let goes_elsewhere = self.shown.with_untracked(|shown| {
            shown.as_ref().is_some_and(|(before, _)| {
                std::mem::discriminant(&before.place) != std::mem::discriminant(&request.place)
            })
        });
        self.failure.set(None);
        self.shown.set(Some((request, page)));
        if goes_elsewhere {
            focus_main();
        }
    }
}

/// Two seconds, four, eight, then every fifteen: soon for a hiccup, gentle on a server that is coming back.
fn pause(attempt: u32) -> Duration {
    Duration::from_secs((2u64 << attempt.min(3)).min(15))
}

/// A reader of the screen hears the new page from its start, as after a full load.
fn focus_main() {
    let main = document()
        .get_element_by_id("main")
        .and_then(|main| main.dyn_into::<web_sys::HtmlElement>().ok());
    if let Some(main) = main {
        let options = web_sys::FocusOptions::new();
        options.set_prevent_scroll(true);
        let _ = main.focus_with_options(&options);
    }
}

fn describe_document((request, page): &(PageRequest, Page)) {
    document().set_title(&page.title);
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("lang", request.lang.tag());
    }
}

/// The header is a fragment, so its button is found by the click and not by a reference.
fn on_header_click(event: ev::MouseEvent) {
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
fn Away(screen: Screen, lang: Memo<data::Lang>) -> impl IntoView {
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
        if let Some(request) = screen.wanted.get_value() {
            screen.load(request, 0);
        }
    };
    move || {
        screen.failure.get().map(|failure| {
            view! {
                <div class="away" role="alert">
                    <span>{message(&failure)}</span>
                    <button type="button" on:click=retry>{lang.get().words().retry}</button>
                </div>
            }
        })
    }
}
