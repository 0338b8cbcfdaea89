//! Addresses of the browser to page requests.

use data::page::PageRequest;
use leptos::wasm_bindgen::JsCast;

/// The request of a path and a query string as the browser gives them, percent-encoded.
pub fn request(path: &str, query: &str) -> PageRequest {
    let path = js_sys::decode_uri_component(path).map_or_else(|_| path.to_owned(), String::from);
    let pairs = pairs(query);
    PageRequest::parse(
        &path,
        pairs.iter().map(|(key, value)| (key.as_str(), value.as_str())),
    )
}

fn pairs(query: &str) -> Vec<(String, String)> {
    let Ok(params) = web_sys::UrlSearchParams::new_with_str(query) else {
        return Vec::new();
    };
    let Ok(Some(entries)) = js_sys::try_iter(&params) else {
        return Vec::new();
    };
    entries
        .flatten()
        .filter_map(|entry| {
            let entry: js_sys::Array = entry.dyn_into().ok()?;
            Some((entry.get(0).as_string()?, entry.get(1).as_string()?))
        })
        .collect()
}
