//! The address bar: links followed without loading anew, Back and Forward, and where on each page the reader was.

use data::page::{PageRequest, Place};
use leptos::ev;
use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{HtmlAnchorElement, ScrollRestoration};

use crate::address;

/// The way of the reader through the pages, as far as this tab knows it.
#[derive(Clone, Copy)]
pub struct History {
    request: RwSignal<PageRequest>,
    /// The place in `positions` of the page that is asked for.
    at: StoredValue<usize>,
    /// How far each page was scrolled when the reader left it, in CSS pixels.
    positions: StoredValue<Vec<f64>>,
    /// Where the page that is asked for is to be scrolled to.
    awaited: StoredValue<Arrival>,
}

/// Where a page is scrolled to when it comes on screen.
#[derive(Clone, Copy)]
enum Arrival {
    /// To its top, or nowhere where it is the same page with another choice.
    ByLink,
    /// Back to where it was left.
    Back(f64),
}

impl History {
    /// The history from the address that the browser shows now. It listens to clicks and to Back and Forward until the tab
    /// is closed.
    pub fn start() -> History {
        let history = History {
            request: RwSignal::new(current()),
            at: StoredValue::new(0),
            positions: StoredValue::new(Vec::new()),
            awaited: StoredValue::new(Arrival::ByLink),
        };
        // A reload keeps the mark of the entry it reloads.
        history.at.set_value(mark().unwrap_or(0));
        history.write(|browser, mark| browser.replace_state(mark, ""));
        // The browser would scroll before the page has come. A reload, which it does alone, it may go on scrolling.
        scroll_by(ScrollRestoration::Manual);
        window_event_listener(ev::pagehide, |_| scroll_by(ScrollRestoration::Auto));
        window_event_listener(ev::pageshow, |_| scroll_by(ScrollRestoration::Manual));
        window_event_listener(ev::popstate, move |_| history.went());
        window_event_listener(ev::click, move |event| {
            if let Some(href) = followed(&event) {
                event.prevent_default();
                history.go(&href);
            }
        });
        history
    }

    /// The page that the address asks for.
    pub fn request(self) -> ReadSignal<PageRequest> {
        self.request.read_only()
    }

    /// Goes to a page by its path and query.
    pub fn go(self, href: &str) {
        if here().as_deref() == Some(href) {
            return scroll_to(0.0);
        }
        self.leave();
        self.at.update_value(|at| *at += 1);
        self.positions
            .update_value(|positions| positions.truncate(self.at.get_value()));
        self.write(|browser, mark| browser.push_state_with_url(mark, "", Some(href)));
        self.awaited.set_value(Arrival::ByLink);
        self.request.set(current());
    }

    /// Scrolls to where the page that has just come on screen is to be read from.
    pub fn arrive(self, is_same_page: bool) {
        match self.awaited.get_value() {
            Arrival::Back(position) => scroll_to(position),
            Arrival::ByLink if is_same_page => {}
            Arrival::ByLink => scroll_to(0.0),
        }
    }

    /// The browser has gone to another entry; where that is unknown it is an address typed in, or a part of this page.
    fn went(self) {
        let Some(at) = mark() else { return };
        self.leave();
        self.at.set_value(at);
        let position = self.positions.with_value(|positions| positions.get(at).copied());
        self.awaited
            .set_value(Arrival::Back(position.unwrap_or_default()));
        self.request.set(current());
    }

    /// Remembers how far the page on screen is scrolled.
    fn leave(self) {
        let (at, position) = (self.at.get_value(), window().page_y_offset().unwrap_or_default());
        self.positions.update_value(|positions| {
            positions.resize(positions.len().max(at + 1), 0.0);
            positions[at] = position;
        });
    }

    fn write(self, how: impl FnOnce(&web_sys::History, &JsValue) -> Result<(), JsValue>) {
        let mark = JsValue::from_f64(self.at.get_value() as f64);
        if let Ok(browser) = window().history() {
            let _ = how(&browser, &mark);
        }
    }
}

/// The mark that the app has put on the entry of the browser's history, if it has.
fn mark() -> Option<usize> {
    let mark = window().history().ok()?.state().ok()?.as_f64()?;
    Some(mark as usize)
}

fn current() -> PageRequest {
    let location = window().location();
    address::request(
        &location.pathname().unwrap_or_default(),
        &location.search().unwrap_or_default(),
    )
}

fn here() -> Option<String> {
    let location = window().location();
    Some(location.pathname().ok()? + &location.search().ok()?)
}

fn scroll_to(position: f64) {
    window().scroll_to_with_x_and_y(0.0, position);
}

fn scroll_by(whom: ScrollRestoration) {
    if let Ok(browser) = window().history() {
        let _ = browser.set_scroll_restoration(whom);
    }
}

/// The page that a click leads to. None where the browser is to follow the link itself: into a new tab, to a file, to
/// another site, within the page or to a page that is none of the app's.
fn followed(event: &ev::MouseEvent) -> Option<String> {
    let modified = event.ctrl_key() || event.meta_key() || event.shift_key() || event.alt_key();
    if event.default_prevented() || event.button() != 0 || modified {
        return None;
    }
    let target: web_sys::Element = event.target()?.dyn_into().ok()?;
    let link: HtmlAnchorElement = target.closest("a[href]").ok()??.dyn_into().ok()?;
    let path = link.pathname();
    let elsewhere = link.origin() != window().location().origin().ok()?
        || !link.target().is_empty()
        || link.has_attribute("download")
        || matches!(address::request(&path, "").place, Place::Unknown { .. });
    let within = !link.hash().is_empty();
    (!elsewhere && !within).then(|| path + &link.search())
}
