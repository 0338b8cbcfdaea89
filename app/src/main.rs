//! The single-page app: compiled to Wasm, it takes over the page that the server has already drawn.
//!
//! The pages themselves are fragments made by `charts`, the same bytes as the server's. The app adds what moves: it
//! follows links without loading anew, searches as one types, and shows the figure under the pointer or the arrow keys.

mod address;
mod api;
mod frame;
mod history;
mod keys;
mod marks;
mod nearest;
mod search;
mod shell;
mod theme;

use leptos::wasm_bindgen::JsValue;

use frame::Frame;

fn main() {
    std::panic::set_hook(Box::new(report_panic));
    if let Err(error) = start() {
        web_sys::console::error_1(&error);
    }
}

/// Nothing on screen changes: the app only begins to listen.
fn start() -> Result<(), JsValue> {
    let frame = Frame::of_document()?;
    let overlay = frame.overlay()?;
    leptos::mount::mount_to(overlay, move || shell::shell(frame)).forget();
    Ok(())
}

/// A panic in Wasm is otherwise the single word "unreachable" in the console.
fn report_panic(panic: &std::panic::PanicHookInfo<'_>) {
    web_sys::console::error_1(&panic.to_string().into());
}
