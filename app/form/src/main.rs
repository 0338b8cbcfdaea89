//! The form of a report: a grid that the server has drawn, and the checks of the server beside it as one types.
//!
//! The same program runs twice. In the page it listens to the keys and keeps the draft; in a worker it checks, so that
//! typing never waits for it.

mod api;
mod bar;
mod checker;
mod checks;
mod draft;
mod found;
mod grid;
mod listen;
mod page;
mod paste;
mod preview;
mod save;
mod take;
mod worker;

use std::rc::Rc;

use data::Lang;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{DedicatedWorkerGlobalScope, HtmlElement, HtmlScriptElement};

use bar::Bar;
use checks::{Checks, Report};
use page::Page;

fn main() {
    std::panic::set_hook(Box::new(report_panic));
    match js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
        Ok(scope) => worker::listen(scope),
        Err(_) => take_over(),
    }
}

/// Takes over the form that the server has drawn; its place for the bar is empty until then.
fn take_over() {
    let bar = document().get_element_by_id("bar");
    if let Some(bar) = bar.and_then(|bar| bar.dyn_into::<HtmlElement>().ok()) {
        leptos::mount::mount_to(bar, start).forget();
    }
}

fn start() -> impl IntoView {
    let tag = document()
        .document_element()
        .and_then(|root| root.get_attribute("lang"));
    let lang = tag.and_then(|tag| Lang::from_code(&tag)).unwrap_or_default();
    let bar = Bar::new(lang);
    let Some(page) = Page::of_document(bar) else {
        return ().into_any();
    };
    listen::begin(&page);
    start_checks(&page);
    page.take_up();
    page.draw();
    page.check();
    let page: StoredValue<Rc<Page>, LocalStorage> = StoredValue::new_local(page);
    bar.view(move |press| page.with_value(|page| listen::press(page, press)))
        .into_any()
}

fn start_checks(page: &Rc<Page>) {
    let script = document().query_selector("script[data-wasm]").ok().flatten();
    let script = script.and_then(|script| script.dyn_into::<HtmlScriptElement>().ok());
    let Some((script, wasm)) = script.and_then(|script| Some((script.src(), script.dataset().get("wasm")?)))
    else {
        return;
    };
    let report = Report {
        org_unit: page.org_unit.clone(),
        year: page.year,
        lang: page.bar.lang,
    };
    let heard = page.clone();
    let checks = Checks::start(&script, &wasm, report, move |answer| heard.hear(answer));
    let _ = page.checks.set(checks);
}

/// A panic in Wasm is otherwise the single word "unreachable" in the console.
fn report_panic(panic: &std::panic::PanicHookInfo<'_>) {
    web_sys::console::error_1(&panic.to_string().into());
}
