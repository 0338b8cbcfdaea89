//! The document around a page.

use charts::html::escaped;
use charts::page::Page;
use data::page::PageRequest;

use crate::http::assets::{FOLDER, Inline, Manifest};
use crate::http::published::Published;
use crate::http::theme::Theme;

/// The whole document: head, the page as `charts` gives it, which the app leaves in place when it starts, and last what
/// starts it. No file is announced to the browser beforehand: what is fetched early delays the first chart.
///
/// `head` is what others read of the page: elements of its head. What describes its figures stands at its end, so that
/// nothing waits for it.
pub fn html(
    request: &PageRequest,
    page: &Page,
    (head, described): (&str, &str),
    published: &Published,
    theme: Option<Theme>,
) -> Vec<u8> {
    let alternate = request.in_lang(request.lang.other()).href();
    let start = match &published.assets.manifest {
        Some(Manifest { glue, wasm, .. }) => format!(
            "<script type=\"module\" data-glue=\"{FOLDER}{glue}\" data-wasm=\"{FOLDER}{wasm}\">{}</script>",
            published.assets.inline.loader
        ),
        None => String::new(),
    };
    let end = format!("{described}{start}");
    whole(request, page, (&alternate, head), &end, (published, theme))
}

/// What a page has of its own that the app does not draw, and so is not started on.
#[derive(Debug)]
pub struct Still<'a> {
    /// The address of the page in the other language.
    pub alternate: &'a str,
    /// Elements of its head.
    pub head: &'a str,
    /// Its sheet beside that of all pages.
    pub style: &'a str,
    /// Its scripts.
    pub scripts: &'a [&'a str],
}

/// The document of such a page.
pub fn still(
    request: &PageRequest,
    page: &Page,
    still: &Still<'_>,
    published: &Published,
    theme: Option<Theme>,
) -> Vec<u8> {
    let style = format!("{}<style>{}</style>", still.head, still.style);
    let script = |script: &&str| format!("<script type=\"module\">{script}</script>");
    let scripts: String = still.scripts.iter().map(script).collect();
    whole(
        request,
        page,
        (still.alternate, &style),
        &scripts,
        (published, theme),
    )
}

fn whole(
    request: &PageRequest,
    page: &Page,
    (alternate, more): (&str, &str),
    end: &str,
    (published, theme): (&Published, Option<Theme>),
) -> Vec<u8> {
    let (assets, dataset) = (&published.assets, escaped(&published.dataset.version));
    let lang = request.lang.tag();
    let other = request.lang.other();
    let theme = theme.map_or(String::new(), |theme| format!(" data-theme=\"{}\"", theme.name()));
    let title = escaped(&page.title);
    let description = escaped(&page.description);
    let alternate = escaped(alternate);
    let Inline { style, .. } = &assets.inline;
    let icon = match &assets.manifest {
        Some(Manifest { icon, .. }) => {
            format!("<link rel=\"icon\" type=\"image/svg+xml\" href=\"{FOLDER}{icon}\">")
        }
        None => String::new(),
    };
    let Page {
        header, main, footer, ..
    } = page;
    format!(
        "<!doctype html>\n<html lang=\"{lang}\"{theme}><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}</title><meta name=\"description\" content=\"{description}\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <link rel=\"alternate\" hreflang=\"{}\" href=\"{alternate}\">{icon}<style>{style}</style>{more}</head>\
         <body><div id=\"app\" data-dataset=\"{dataset}\"><header>{header}</header><main id=\"main\">{main}</main><footer>{footer}</footer></div>{end}</body></html>\n",
        other.tag(),
    )
    .into_bytes()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::http::assets::Assets;

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
        let published = Published::new(Arc::default(), "", Arc::new(Assets::embedded().unwrap()));
        let html = String::from_utf8(html(&request, &page, ("", ""), &published, None)).unwrap();
        let ours = usize::from(published.assets.manifest.is_some());
        assert_eq!(html.matches("<script").count(), ours, "{html}");
        assert_eq!(html.matches("</script").count(), ours, "{html}");
        assert!(!html.contains("<!--"), "{html}");
    }
}
