//! Light or dark: the system's choice until the reader makes one.

use leptos::prelude::{document, window};
use leptos::wasm_bindgen::JsCast;

/// Turns the theme around and remembers it where the browser allows that: in a cookie, so that the server draws the next
/// page in it. It names nobody, and goes nowhere else.
pub fn switch() {
    let Some(root) = document().document_element() else {
        return;
    };
    let chosen = root
        .get_attribute("data-theme")
        .unwrap_or_else(|| system().to_owned());
    let next = if chosen == "dark" { "light" } else { "dark" };
    let _ = root.set_attribute("data-theme", next);
    if let Some(document) = document().dyn_ref::<web_sys::HtmlDocument>() {
        let _ = document.set_cookie(&format!("theme={next}; path=/; max-age={YEAR}; samesite=lax"));
    }
}

/// In seconds; a browser keeps no cookie much longer.
const YEAR: u32 = 365 * 24 * 60 * 60;

fn system() -> &'static str {
    let dark = window()
        .match_media("(prefers-color-scheme: dark)")
        .ok()
        .flatten();
    if dark.is_some_and(|query| query.matches()) {
        "dark"
    } else {
        "light"
    }
}
