//! Light or dark: the system's choice until the reader makes one.

use leptos::prelude::{document, window};

/// Turns the theme around and remembers it where the browser allows that.
pub fn switch() {
    let Some(root) = document().document_element() else {
        return;
    };
    let chosen = root
        .get_attribute("data-theme")
        .unwrap_or_else(|| system().to_owned());
    let next = if chosen == "dark" { "light" } else { "dark" };
    let _ = root.set_attribute("data-theme", next);
    if let Ok(Some(storage)) = window().local_storage() {
        let _ = storage.set_item("theme", next);
    }
}

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
