//! The document around a page.

use charts::html::escaped;
use charts::page::Page;
use data::page::PageRequest;

use crate::http::assets::{Assets, FOLDER, Inline, Manifest};
use crate::http::theme::Theme;

/// The whole document: head, the page as `charts` gives it, which the app leaves in place when it starts, and last what
/// starts it. No file is announced to the browser beforehand: what is fetched early delays the first chart.
pub fn html(request: &PageRequest, page: &Page, assets: &Assets, theme: Option<Theme>) -> Vec<u8> {
    let lang = request.lang.tag();
    let other = request.lang.other();
    let theme = theme.map_or(String::new(), |theme| format!(" data-theme=\"{}\"", theme.name()));
    let title = escaped(&page.title);
    let description = escaped(&page.description);
    let alternate = request.in_lang(other).href();
    let alternate = escaped(&alternate);
    let Inline { style, loader } = &assets.inline;
    let (icon, start) = match &assets.manifest {
        Some(Manifest { icon, glue, wasm, .. }) => (
            format!("<link rel=\"icon\" type=\"image/svg+xml\" href=\"{FOLDER}{icon}\">"),
            format!(
                "<script type=\"module\" data-glue=\"{FOLDER}{glue}\" data-wasm=\"{FOLDER}{wasm}\">{loader}</script>"
            ),
        ),
        None => Default::default(),
    };
    let Page {
        header, main, footer, ..
    } = page;
    format!(
        "<!doctype html>\n<html lang=\"{lang}\"{theme}><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title><meta name=\"description\" content=\"{description}\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <link rel=\"alternate\" hreflang=\"{}\" href=\"{alternate}\">{icon}<style>{style}</style></head>\
         <body><div id=\"app\"><header>{header}</header><main id=\"main\">{main}</main><footer>{footer}</footer></div>{start}</body></html>\n",
        other.tag(),
    )
    .into_bytes()
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
        let html = String::from_utf8(html(&request, &page, &Assets::embedded().unwrap(), None)).unwrap();
        let ours = usize::from(Assets::embedded().unwrap().manifest.is_some());
        assert_eq!(html.matches("<script").count(), ours, "{html}");
        assert_eq!(html.matches("</script").count(), ours, "{html}");
        assert!(!html.contains("<!--"), "{html}");
    }
}
