//! The search in the header, answering as one types. Without the app it is a form that leads to a page of results.

use std::time::Duration;

use data::Lang;
use data::api::OrgUnitEntry;
use data::page::{PageRequest, Place};
use leptos::ev;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use crate::api;
use crate::history::History;

/// How long a pause in typing is: shorter, and every letter would be a request.
const PAUSE: Duration = Duration::from_millis(120);

/// More than fit without scrolling on a small desktop would hide the last ones.
const MOST_SHOWN: usize = 8;

/// What was found for the words in the field, and which entry the arrow keys are at.
#[derive(Debug, Clone, Default, PartialEq)]
struct Found {
    entries: Vec<OrgUnitEntry>,
    at: Option<usize>,
    left: i32,
    top: i32,
}

#[derive(Clone, Copy)]
struct Finder {
    found: RwSignal<Option<Found>>,
    typed: StoredValue<u32>,
    lang: Memo<Lang>,
}

/// The list below the search field. The field itself is part of the header's fragment.
#[component]
pub fn Search(history: History, lang: Memo<Lang>) -> impl IntoView {
    let go = move |place: Place| {
        let request = PageRequest {
            place,
            lang: lang.get_untracked(),
            ..PageRequest::default()
        };
        history.go(&request.href());
    };
    let finder = Finder {
        found: RwSignal::new(None),
        typed: StoredValue::new(0),
        lang,
    };
    let listeners = (
        window_event_listener(ev::input, move |event| finder.typed(&event)),
        window_event_listener(ev::keydown, move |event| finder.key(&event, &go)),
        window_event_listener(ev::submit, move |event| finder.submit(&event, &go)),
        window_event_listener(ev::pointerdown, move |event| finder.leave(&event)),
    );
    on_cleanup(move || {
        listeners.0.remove();
        listeners.1.remove();
        listeners.2.remove();
        listeners.3.remove();
    });
    move || finder.found.get().map(|found| list(finder, found, go))
}

/// In a landmark of its own, since it hangs outside of the one that the field is in.
fn list(finder: Finder, found: Found, go: impl Fn(Place) + Copy + Send + Sync + 'static) -> impl IntoView {
    let lang = finder.lang.get();
    let nothing = found.entries.is_empty();
    let entries = found.entries.into_iter().enumerate().map(move |(at, entry)| {
        let code = entry.org_unit.code.clone();
        let choose = move |_| {
            finder.close();
            go(Place::Overview {
                org_unit: Some(code.clone()),
            });
        };
        let selected = (found.at == Some(at)).to_string();
        view! {
            <li id=format!("found-{at}") role="option" aria-selected=selected on:click=choose>
                {entry.org_unit.name.get(lang).to_owned()}
                <small>{path(&entry, lang)}</small>
            </li>
        }
    });
    let content = if nothing {
        view! { <p class="none" role="status">{lang.words().nothing_found}</p> }.into_any()
    } else {
        view! {
            <ul id="found-list" role="listbox" aria-label=lang.words().search_results>
                {entries.collect_view()}
            </ul>
        }
        .into_any()
    };
    view! {
        <div
            class="found-list"
            role="search"
            aria-label=lang.words().search_results
            style:left=format!("{}px", found.left)
            style:top=format!("{}px", found.top)
        >
            {content}
        </div>
    }
}

fn path(entry: &OrgUnitEntry, lang: Lang) -> String {
    let above: Vec<&str> = entry
        .ancestors
        .iter()
        .skip(1)
        .map(|unit| unit.name.get(lang))
        .collect();
    format!("{} {}", entry.org_unit.code, above.join(" › "))
}

fn field(event: &ev::Event) -> Option<HtmlInputElement> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest(".search").ok()??;
    target.dyn_into().ok()
}

impl Finder {
    fn typed(self, event: &ev::Event) {
        let Some(field) = field(event) else { return };
        let words = field.value();
        self.typed.update_value(|count| *count += 1);
        let turn = self.typed.get_value();
        if words.trim().is_empty() {
            return self.close();
        }
        set_timeout(
            move || {
                if self.typed.get_value() == turn {
                    spawn_local(async move { self.search(&words, turn).await });
                }
            },
            PAUSE,
        );
    }

    async fn search(self, words: &str, turn: u32) {
        let Ok(list) = api::search(words).await else {
            return;
        };
        if self.typed.get_value() == turn {
            let (left, top) = place();
            self.found.set(Some(Found {
                entries: list.org_units.into_iter().take(MOST_SHOWN).collect(),
                at: None,
                left,
                top,
            }));
            self.tell_field();
        }
    }

    fn key(self, event: &ev::KeyboardEvent, go: &impl Fn(Place)) {
        let in_field = field(event);
        let shortcut = event.key() == "k" && (event.ctrl_key() || event.meta_key());
        if shortcut || (event.key() == "/" && !is_typing(event)) {
            event.prevent_default();
            return focus_field();
        }
        if in_field.is_none() || event.is_composing() {
            return;
        }
        match event.key().as_str() {
            "Escape" => self.close(),
            "ArrowDown" => self.step(event, 1),
            "ArrowUp" => self.step(event, -1),
            "Enter" => {
                let chosen = self.found.with_untracked(|found| {
                    let found = found.as_ref()?;
                    Some(found.entries.get(found.at?)?.org_unit.code.clone())
                });
                if let Some(code) = chosen {
                    event.prevent_default();
                    self.close();
                    go(Place::Overview { org_unit: Some(code) });
                }
            }
            _ => {}
        }
    }

    fn step(self, event: &ev::KeyboardEvent, by: isize) {
        event.prevent_default();
        self.found.update(|found| {
            let Some(found) = found.as_mut().filter(|found| !found.entries.is_empty()) else {
                return;
            };
            let count = found.entries.len() as isize;
            let from = found.at.map_or(if by > 0 { -1 } else { count }, |at| at as isize);
            found.at = usize::try_from((from + by).rem_euclid(count)).ok();
        });
        self.tell_field();
    }

    /// The form leads to the page of results without loading anew.
    fn submit(self, event: &ev::SubmitEvent, go: &impl Fn(Place)) {
        let form = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let Some(form) = form.filter(|form| form.class_list().contains("search")) else {
            return;
        };
        let field = form.query_selector("input[type=search]").ok().flatten();
        let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) else {
            return;
        };
        event.prevent_default();
        self.close();
        go(Place::OrgUnits { words: field.value() });
    }

    fn leave(self, event: &ev::Event) {
        let target = event
            .target()
            .and_then(|target| target.dyn_into::<Element>().ok());
        let inside =
            target.is_some_and(|target| target.closest(".found-list, .search").ok().flatten().is_some());
        if !inside && self.found.with_untracked(Option::is_some) {
            self.close();
        }
    }

    fn close(self) {
        self.typed.update_value(|count| *count += 1);
        self.found.set(None);
        self.tell_field();
    }

    /// Tells assistive technology that the field has a list, and which entry is chosen.
    fn tell_field(self) {
        let Some(field) = search_field() else { return };
        let at = self
            .found
            .with_untracked(|found| Some(found.as_ref().filter(|found| !found.entries.is_empty())?.at));
        let _ = field.set_attribute("role", "combobox");
        let _ = field.set_attribute("aria-autocomplete", "list");
        let _ = field.set_attribute("aria-expanded", if at.is_some() { "true" } else { "false" });
        match at {
            Some(_) => field.set_attribute("aria-controls", "found-list"),
            None => field.remove_attribute("aria-controls"),
        }
        .unwrap_or_default();
        match at.flatten() {
            Some(at) => field.set_attribute("aria-activedescendant", &format!("found-{at}")),
            None => field.remove_attribute("aria-activedescendant"),
        }
        .unwrap_or_default();
    }
}

fn search_field() -> Option<HtmlInputElement> {
    document()
        .query_selector(".search input[type=search]")
        .ok()??
        .dyn_into()
        .ok()
}

fn focus_field() {
    if let Some(field) = search_field() {
        let _ = field.focus();
        field.select();
    }
}

/// Whether a key is being typed into something, where no shortcut may take it.
pub fn is_typing(event: &ev::Event) -> bool {
    let target = event
        .target()
        .and_then(|target| target.dyn_into::<Element>().ok());
    target.is_some_and(|target| matches!(target.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}

/// Where the list goes: below the field, in CSS pixels of the page.
fn place() -> (i32, i32) {
    let Some(field) = search_field() else {
        return (0, 0);
    };
    let on_screen = field.get_bounding_client_rect();
    let scrolled = window().page_y_offset().unwrap_or_default();
    (
        on_screen.left() as i32,
        (on_screen.bottom() + scrolled) as i32 + 4,
    )
}
