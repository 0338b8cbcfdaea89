//! The document around a page of the desk. The app does not run here: its own small script does.

use charts::html::{escaped, link};
use data::Lang;
use data::api::Me;

use crate::desk::shapes::is;
use crate::desk::visit::in_lang;
use crate::http::assets::{Assets, FOLDER};
use crate::http::theme::Theme;

/// What the frame of a page depends on.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// The language.
    pub lang: Lang,
    /// The theme that the reader chose.
    pub theme: Option<Theme>,
    /// Where the page is.
    pub address: &'a str,
    /// Who is signed in.
    pub me: Option<&'a Me>,
}

/// The whole document; `main` is finished HTML.
pub fn document(frame: &Frame<'_>, title: &str, main: &str, assets: &Assets) -> String {
    let lang = frame.lang;
    let theme = frame
        .theme
        .map_or(String::new(), |theme| format!(" data-theme=\"{}\"", theme.name()));
    let files = assets.manifest.as_ref().map_or(String::new(), |manifest| {
        format!(
            "<link rel=\"icon\" type=\"image/svg+xml\" href=\"{FOLDER}{}\">\
             <link rel=\"stylesheet\" href=\"{FOLDER}{}\"><script type=\"module\" src=\"{FOLDER}{}\"></script>",
            manifest.icon, manifest.desk_css, manifest.desk
        )
    });
    format!(
        "<!doctype html>\n<html lang=\"{tag}\"{theme}><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title} · {site}</title><meta name=\"robots\" content=\"noindex\">\
         <meta name=\"color-scheme\" content=\"light dark\"><style>{style}</style>{files}</head>\
         <body class=\"desk\"><div id=\"app\"><header>{header}</header>\
         <main id=\"main\" tabindex=\"-1\"><div class=\"top\"><h1>{title}</h1></div>{main}</main></div></body></html>\n",
        tag = lang.tag(),
        title = escaped(title),
        site = escaped(lang.words().site),
        style = assets.inline.style,
        header = header(frame),
    )
}

fn header(frame: &Frame<'_>) -> String {
    let lang = frame.lang;
    let words = lang.words();
    let (left, right) = words.site.split_once('·').unwrap_or((words.site, ""));
    let dot = if right.is_empty() { "" } else { "<i>·</i>" };
    let other = other_language(frame.address, lang);
    format!(
        "<a class=\"skip\" href=\"#main\">{skip}</a><a class=\"brand\" href=\"{home}\">{}{dot}{}</a>\
         <nav aria-label=\"{navigation}\">{nav}</nav><div class=\"who\">{who}\
         <a class=\"lang\" href=\"{other}\" hreflang=\"{tag}\" lang=\"{tag}\">{language}</a></div>",
        escaped(left),
        escaped(right),
        skip = escaped(words.skip_to_content),
        home = in_lang("/", lang),
        navigation = escaped(words.navigation),
        nav = navigation(frame),
        who = frame.me.map_or(String::new(), |me| who(me, lang)),
        other = escaped(&other),
        tag = lang.other().tag(),
        language = escaped(words.other_language),
    )
}

fn navigation(frame: &Frame<'_>) -> String {
    let lang = frame.lang;
    let holds = |role| frame.me.is_some_and(|me| is(me, role));
    let entries = [
        ("/", lang.words().overview, frame.me.is_none()),
        ("/report", lang.pick("报送", "Report"), holds("reporter")),
        ("/review", lang.pick("审核", "Review"), holds("reviewer")),
        (
            "/reporting",
            lang.pick("报送情况", "Who has reported"),
            frame.me.is_some_and(|me| !me.roles.is_empty()),
        ),
        ("/history", lang.pick("历史", "History"), true),
        ("/vintages", lang.pick("公布记录", "Vintages"), true),
        (
            "/admin",
            lang.pick("管理", "Administration"),
            holds("administrator"),
        ),
    ];
    let path = frame.address.split('?').next().unwrap_or_default();
    let entry = |(href, words, _): &(&str, &str, bool)| {
        let current = match path.strip_prefix(href) {
            Some("") => " aria-current=\"page\"",
            Some(below) if below.starts_with('/') => " aria-current=\"true\"",
            _ => "",
        };
        format!(
            "<a href=\"{}\"{current}>{}</a>",
            in_lang(href, lang),
            escaped(words)
        )
    };
    let shown = entries.iter().filter(|(_, _, is_shown)| *is_shown);
    shown.map(entry).collect()
}

fn who(me: &Me, lang: Lang) -> String {
    format!(
        "{}<form method=\"post\" action=\"{}\"><button class=\"plain\">{}</button></form>",
        link(&in_lang("/me", lang), &me.account.display_name),
        in_lang("/sign-out", lang),
        lang.pick("退出", "Sign out")
    )
}

/// The same page in the other language.
fn other_language(address: &str, lang: Lang) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let rest: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("lang="))
        .collect();
    let joint = if rest.is_empty() { "" } else { "?" };
    in_lang(&format!("{path}{joint}{}", rest.join("&")), lang.other())
}

/// Why something was not done, and the way back; the words are the API's.
pub fn failure(lang: Lang, message: &str) -> String {
    format!(
        "<p class=\"notice\" role=\"alert\">{}</p><p>{}</p>",
        escaped(message),
        link(
            &in_lang("/report", lang),
            lang.pick("回到报送", "Back to reporting")
        )
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_other_language_is_the_same_page() {
        let check = |address, lang, expected: &str| assert_eq!(other_language(address, lang), expected);
        check("/report?year=2025", Lang::Zh, "/report?year=2025&lang=en");
        check("/report?year=2025&lang=en", Lang::En, "/report?year=2025");
        check("/review?lang=en", Lang::En, "/review");
    }
}
