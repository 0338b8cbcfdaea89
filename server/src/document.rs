//! The document around a page.

use charts::html::escaped;
use charts::page::Page;
use data::page::PageRequest;

use crate::http::assets::{Assets, FOLDER, Manifest};

/// The whole document: head, and the page as `charts` gives it, which the app leaves in place when it starts.
pub fn html(request: &PageRequest, page: &Page, assets: &Assets) -> Vec<u8> {
    let lang = request.lang.tag();
    let other = request.lang.other();
    let title = escaped(&page.title);
    let description = escaped(&page.description);
    let alternate = request.in_lang(other).href();
    let alternate = escaped(&alternate);
    let head = assets.manifest.as_ref().map(head).unwrap_or_default();
    let style = &assets.style;
    let Page {
        header, main, footer, ..
    } = page;
    format!(
        "<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title><meta name=\"description\" content=\"{description}\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <link rel=\"alternate\" hreflang=\"{}\" href=\"{alternate}\"><style>{style}</style>{head}</head>\
         <body><div id=\"app\"><header>{header}</header><main id=\"main\">{main}</main><footer>{footer}</footer></div></body></html>\n",
        other.tag(),
    )
    .into_bytes()
}

/// The browser would learn of the glue only from the loader, so it is told of it beforehand. Not of the Wasm: who reads
/// without script would fetch 200 KB for nothing, and the first chart would share the line with it.
fn head(assets: &Manifest) -> String {
    let Manifest {
        loader, glue, icon, ..
    } = assets;
    format!(
        "<link rel=\"icon\" type=\"image/svg+xml\" href=\"{FOLDER}{icon}\">\
         <script type=\"module\" src=\"{FOLDER}{loader}\"></script><link rel=\"modulepreload\" href=\"{FOLDER}{glue}\">"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_of_a_reader_leaves_its_place_in_the_document() {
        let hostile = "</script><script>alert(1)</script>\"<!--";
        let request = PageRequest::parse("/org-units", [("q", hostile)]);
        let page = Page {
            title: hostile.into(),
            description: hostile.into(),
            header: String::new(),
            main: String::new(),
            footer: String::new(),
        };
        let html = String::from_utf8(html(&request, &page, &Assets::embedded().unwrap())).unwrap();
        let ours = usize::from(Assets::embedded().unwrap().manifest.is_some());
        assert_eq!(html.matches("<script").count(), ours, "{html}");
        assert_eq!(html.matches("</script").count(), ours, "{html}");
        assert!(!html.contains("<!--"), "{html}");
    }
}
