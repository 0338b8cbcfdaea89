//! What the server left for the app in the page it drew.

use data::page::{PageData, PageRequest};
use leptos::prelude::document;
use leptos::wasm_bindgen::JsCast;
use serde::Deserialize;

/// The data of the page as the server wrote it into the document, and the address it answers.
#[derive(Deserialize)]
struct Island {
    href: String,
    data: PageData,
}

/// The data of this request, where the server's page was drawn from it: no fetch, and the first frame is whole.
pub fn data(request: &PageRequest) -> Option<PageData> {
    let text = document().get_element_by_id("page-data")?.text_content()?;
    let island: Island = serde_json::from_str(&text).ok()?;
    (island.href == request.data_href()).then_some(island.data)
}

/// Where the focus is in the server's page, as the place of each ancestor among its siblings: the app's page has the
/// same elements, so the same path leads to the same one.
pub fn focus_path() -> Option<Vec<u32>> {
    let root = document().get_element_by_id("app")?;
    let mut element = document().active_element()?;
    let mut path = Vec::new();
    while element != root {
        let parent = element.parent_element()?;
        let siblings = parent.children();
        path.push((0..siblings.length()).find(|at| siblings.item(*at).as_ref() == Some(&element))?);
        element = parent;
    }
    path.reverse();
    Some(path)
}

/// Puts the focus where it was before the app took over.
pub fn restore_focus(path: Option<Vec<u32>>) {
    let root = document().get_element_by_id("app");
    let element = path.and_then(|path| {
        path.into_iter()
            .try_fold(root?, |element, at| element.children().item(at))
    });
    if let Some(element) = element.and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok()) {
        let _ = element.focus();
    }
}
