//! The document around a page.

use charts::html::escaped;
use charts::page::Page;
use data::page::{PageData, PageRequest};

use crate::http::assets::{FOLDER, Manifest};

/// The whole document: head, the page as `charts` gives it, and its data, from which the app starts without a request.
pub fn html(request: &PageRequest, data: &PageData, page: &Page, assets: Option<&Manifest>) -> Vec<u8> {
    let lang = request.lang.tag();
    let other = request.lang.other();
    let title = escaped(&page.title);
    let description = escaped(&page.description);
    let alternate = request.in_lang(other).href();
    let alternate = escaped(&alternate);
    let head = assets.map(head).unwrap_or_default();
    let Page {
        header, main, footer, ..
    } = page;
    let page_data = page_data(request, data);
    format!(
        "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title><meta name=\"description\" content=\"{description}\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <link rel=\"alternate\" hreflang=\"{}\" href=\"{alternate}\">{head}</head>\
         <body><div id=\"app\"><header>{header}</header><main id=\"main\">{main}</main><footer>{footer}</footer></div>\
         <script type=\"application/json\" id=\"page-data\">{page_data}</script></body></html>\n",
        other.tag(),
    )
    .into_bytes()
}

/// The style sheet first, for the page cannot be shown without it. The browser would learn of the glue and the Wasm only
/// from the loader, so it is told of them beforehand, after what the page itself needs.
fn head(assets: &Manifest) -> String {
    let Manifest {
        loader,
        glue,
        wasm,
        css,
        icon,
    } = assets;
    format!(
        "<link rel=\"stylesheet\" href=\"{FOLDER}{css}\"><link rel=\"icon\" type=\"image/svg+xml\" href=\"{FOLDER}{icon}\">\
         <script type=\"module\" src=\"{FOLDER}{loader}\"></script><link rel=\"modulepreload\" href=\"{FOLDER}{glue}\">\
         <link rel=\"preload\" href=\"{FOLDER}{wasm}\" as=\"fetch\" type=\"application/wasm\" crossorigin fetchpriority=\"low\">"
    )
}

/// A `<` would let a text end the script element, or begin a comment in it.
fn page_data(request: &PageRequest, data: &PageData) -> String {
    let data = serde_json::json!({ "href": request.data_href(), "data": data });
    data.to_string().replace('<', "\\u003c")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_of_a_reader_leaves_its_place_in_the_document() {
        let hostile = "</script><script>alert(1)</script>\"<!--";
        let request = PageRequest::parse("/org-units", [("q", hostile)]);
        let data = PageData::OrgUnits(data::page::SearchData {
            words: hostile.into(),
            found: Default::default(),
        });
        let page = Page {
            title: hostile.into(),
            description: hostile.into(),
            header: String::new(),
            main: String::new(),
            footer: String::new(),
        };
        let html = String::from_utf8(html(&request, &data, &page, None)).unwrap();
        assert_eq!(html.matches("<script").count(), 1, "{html}");
        assert_eq!(html.matches("</script").count(), 1, "{html}");
        assert!(!html.contains("<!--"), "{html}");
    }
}
