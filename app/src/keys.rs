//! The list of keys at the foot of every page: `?` opens and closes it, Escape closes it.
//!
//! The list itself is part of the footer's fragment, so it needs no words and no view here.

use leptos::ev;
use leptos::prelude::document;

use crate::search::is_typing;

/// Follows a key that may be about the list of keys.
pub fn key(event: &ev::KeyboardEvent) {
    let opens = event.key() == "?" && !is_typing(event);
    if !opens && event.key() != "Escape" {
        return;
    }
    let Ok(Some(list)) = document().query_selector(".keys") else {
        return;
    };
    if opens && !list.has_attribute("open") {
        let _ = list.set_attribute("open", "");
    } else {
        let _ = list.remove_attribute("open");
    }
}
