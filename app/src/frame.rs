//! The three parts of the document that hold a page. The server has filled them before the app starts, and the app leaves
//! them alone until the reader goes on: what has the focus, was typed, opened or scrolled to stays as it is.

use charts::page::Page;
use data::page::PageRequest;
use leptos::prelude::{document, window};
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, FocusOptions, HtmlElement, PerformanceEntry};

/// The element of the document around every page, and its parts.
#[derive(Clone)]
pub struct Frame {
    root: HtmlElement,
    header: Element,
    main: HtmlElement,
    footer: Element,
}

impl Frame {
    /// The frame that the server has drawn, or an empty one in a document that no server has drawn.
    pub fn of_document() -> Result<Frame, JsValue> {
        let root: HtmlElement = match document().get_element_by_id("app") {
            Some(root) => root.dyn_into()?,
            None => append(document().body().ok_or(JsValue::NULL)?.as_ref(), "div")?.dyn_into()?,
        };
        root.set_id("app");
        let part = |name: &str| root.query_selector(name)?.map_or_else(|| append(&root, name), Ok);
        let (header, main, footer) = (part("header")?, part("main")?.dyn_into()?, part("footer")?);
        let frame = Frame {
            root,
            header,
            main,
            footer,
        };
        frame.main.set_id("main");
        // The skip link and a new page put the focus here; no key stops here.
        frame.main.set_tab_index(-1);
        Ok(frame)
    }

    /// Where the app draws what is its own: after the page, so that nothing on the page moves.
    pub fn overlay(&self) -> Result<HtmlElement, JsValue> {
        Ok(append(&self.root, "div")?.dyn_into()?)
    }

    /// Whether the page of the address is there already. A reader who goes back after a reload and before the app has
    /// started is at another address than the document.
    pub fn is_drawn(&self) -> bool {
        let here = window().location().href().unwrap_or_default();
        self.main.has_child_nodes()
            && address_of_document().is_none_or(|drawn| without_part(&drawn) == without_part(&here))
    }

    /// Says that what is on screen is not yet what was asked for.
    pub fn set_busy(&self, busy: bool) {
        let _ = self
            .main
            .set_attribute("aria-busy", if busy { "true" } else { "false" });
    }

    /// Puts a page on screen. A new page is read from its start. On the same page in another language or year, the focus
    /// stays on the element that is now where the focused one was.
    pub fn place(&self, request: &PageRequest, page: &Page, is_same_page: bool) {
        let focused = self.focus_path().filter(|_| is_same_page);
        self.header.set_inner_html(&page.header);
        self.main.set_inner_html(&page.main);
        self.footer.set_inner_html(&page.footer);
        document().set_title(&page.title);
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("lang", request.lang.tag());
        }
        let element = focused.and_then(|path| self.at(&path));
        focus(element.as_ref().unwrap_or(&self.main));
    }

    /// Where the focus is: the place of each ancestor among its siblings.
    fn focus_path(&self) -> Option<Vec<u32>> {
        let root: &Element = &self.root;
        let mut element = document().active_element()?;
        let mut path = Vec::new();
        while element != *root {
            let parent = element.parent_element()?;
            let siblings = parent.children();
            path.push((0..siblings.length()).find(|at| siblings.item(*at).as_ref() == Some(&element))?);
            element = parent;
        }
        path.reverse();
        Some(path)
    }

    fn at(&self, path: &[u32]) -> Option<HtmlElement> {
        let root: Element = self.root.clone().into();
        let found = path
            .iter()
            .try_fold(root, |element, at| element.children().item(*at));
        found?.dyn_into().ok()
    }
}

/// The address that the document was loaded from, whatever the address bar has come to say.
fn address_of_document() -> Option<String> {
    let entry = window().performance()?.get_entries_by_type("navigation").get(0);
    Some(entry.dyn_into::<PerformanceEntry>().ok()?.name())
}

fn without_part(address: &str) -> &str {
    address.split_once('#').map_or(address, |(page, _)| page)
}

fn append(parent: &Element, name: &str) -> Result<Element, JsValue> {
    let element = document().create_element(name)?;
    parent.append_child(&element)?;
    Ok(element)
}

/// Where to scroll is decided by the history, not by the focus.
fn focus(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    let _ = element.focus_with_options(&options);
}
