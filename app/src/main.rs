//! The single-page app: compiled to Wasm, mounted over the page that the server has already drawn.

use leptos::prelude::*;

fn main() {
    std::panic::set_hook(Box::new(report_panic));
    leptos::mount::mount_to_body(App);
}

/// A panic in Wasm is otherwise the single word "unreachable" in the console.
fn report_panic(panic: &std::panic::PanicHookInfo<'_>) {
    web_sys::console::error_1(&panic.to_string().into());
}

#[component]
fn App() -> impl IntoView {
    view! { <p id="hello">"hello"</p> }
}
