//! The single-page app: compiled to Wasm, it takes over the page that the server has already drawn.
//!
//! The pages themselves are fragments made by `charts`, the same bytes as the server's. The app adds what moves: it
//! follows links without loading anew, searches as one types, and shows the figure under the pointer or the arrow keys.

mod address;
mod api;
mod first_paint;
mod marks;
mod nearest;
mod search;
mod shell;
mod theme;

use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;

fn main() {
    std::panic::set_hook(Box::new(report_panic));
    take_over();
}

/// Mounts the app beside the server's page and then puts it in its place, in one task, so that nothing flashes.
fn take_over() {
    let Some(staging) = document()
        .create_element("div")
        .ok()
        .and_then(|element| element.dyn_into().ok())
    else {
        return;
    };
    let staging: web_sys::HtmlElement = staging;
    staging.set_id("app");
    leptos::mount::mount_to(staging.clone(), shell::App).forget();
    let focused = first_paint::focus_path();
    match document().get_element_by_id("app") {
        Some(drawn) => {
            let _ = drawn.replace_with_with_node_1(&staging);
        }
        None => {
            let _ = document().body().map(|body| body.append_child(&staging));
        }
    }
    first_paint::restore_focus(focused);
}

/// A panic in Wasm is otherwise the single word "unreachable" in the console.
fn report_panic(panic: &std::panic::PanicHookInfo<'_>) {
    web_sys::console::error_1(&panic.to_string().into());
}
