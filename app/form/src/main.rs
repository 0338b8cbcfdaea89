//! The form of a report: a grid that the server has drawn, and the checks of the server beside it as one types.
//!
//! The same program runs twice. In the page it listens to the keys and keeps the draft; in a worker it checks, so that
//! typing never waits for it.

mod checker;
mod worker;

use leptos::wasm_bindgen::JsCast;
use web_sys::DedicatedWorkerGlobalScope;

fn main() {
    std::panic::set_hook(Box::new(report_panic));
    let global = js_sys::global();
    if let Ok(scope) = global.dyn_into::<DedicatedWorkerGlobalScope>() {
        worker::listen(scope);
    }
}

/// A panic in Wasm is otherwise the single word "unreachable" in the console.
fn report_panic(panic: &std::panic::PanicHookInfo<'_>) {
    web_sys::console::error_1(&panic.to_string().into());
}
