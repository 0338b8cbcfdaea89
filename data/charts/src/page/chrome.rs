//! The frame of every page: header, notice, breadcrumb, footer.

use data::page::{PageRequest, Place};
use data::{AsOf, Observation, OrgUnit, Origin};

use crate::context::Context;
use crate::html::{element, escaped, link, text};

/// The header; `other` is the page in the other language.
pub(crate) fn header(request: &PageRequest, other: &str) -> String {
    let words = request.lang.words();
    let home = request.at(Place::Overview { org_unit: None }).href();
    let (left, right) = words.site.split_once('·').unwrap_or((words.site, ""));
    let dot = if right.is_empty() { "" } else { "<i>·</i>" };
    let brand = format!(
        r#"<a class="brand" href="{home}">{}{dot}{}</a>"#,
        escaped(left),
        escaped(right)
    );
    let entries = [
        (
            words.overview,
            Place::Overview { org_unit: None },
            matches!(request.place, Place::Overview { .. }),
        ),
        (
            words.indicators,
            Place::Indicators,
            matches!(request.place, Place::Indicators | Place::Indicator { .. }),
        ),
        (
            words.org_units,
            Place::OrgUnits { words: String::new() },
            matches!(request.place, Place::OrgUnits { .. } | Place::OrgUnit { .. }),
        ),
    ];
    let entry = |(words, place, is_here): (&str, Place, bool)| {
        let current = if is_here { r#" aria-current="page""# } else { "" };
        format!(
            r#"<a href="{}"{current}>{}</a>"#,
            escaped(&request.at(place).href()),
            escaped(words)
        )
    };
    let nav: String = entries
        .into_iter()
        .map(entry)
        .chain([desk(request.lang)])
        .collect();
    format!(
        r##"<a class="skip" href="#main">{skip}</a>{brand}<nav aria-label="{navigation}">{nav}</nav>{search}<a class="lang" href="{other}" hreflang="{tag}" lang="{tag}">{language}</a><button class="theme" type="button" hidden aria-label="{theme}" title="{theme}">◐</button>"##,
        skip = escaped(words.skip_to_content),
        navigation = escaped(words.navigation),
        search = search(request),
        other = escaped(other),
        tag = request.lang.other().tag(),
        language = escaped(words.other_language),
        theme = escaped(words.switch_theme),
    )
}

/// The pages of those who report are the server's own: a link with a target is followed by the browser and not by the app.
fn desk(lang: data::Lang) -> String {
    served("/report", lang, lang.words().report)
}

fn served(path: &str, lang: data::Lang, words: &str) -> String {
    let query = lang.pick("", "?lang=en");
    format!(r#"<a href="{path}{query}" target="_self">{}</a>"#, escaped(words))
}

/// The search is a form, so that it works without script; the app adds answers as one types.
fn search(request: &PageRequest) -> String {
    let words = request.lang.words();
    let typed = match &request.place {
        Place::OrgUnits { words } => escaped(words).into_owned(),
        _ => String::new(),
    };
    let lang = match request.lang {
        data::Lang::Zh => String::new(),
        other => format!(r#"<input type="hidden" name="lang" value="{}">"#, other.code()),
    };
    format!(
        r#"<form class="search" role="search" action="/org-units"><input type="search" name="q" value="{typed}" placeholder="{hint}" aria-label="{label}" autocomplete="off" spellcheck="false">{lang}</form>"#,
        hint = escaped(words.search_placeholder),
        label = escaped(words.search_placeholder),
    )
}

/// Lines above the page: that it shows a past state, and which parameters nobody knows.
pub(crate) fn notice(request: &PageRequest) -> String {
    past(request) + &unknown(request)
}

/// Says that the page shows a past state, with the way to the newest.
fn past(request: &PageRequest) -> String {
    let words = request.lang.words();
    let state = match request.as_of {
        None => return String::new(),
        Some(AsOf::Vintage(vintage)) => format!("{} {vintage}", words.vintage_number),
        Some(AsOf::Day(day)) => day.to_string(),
    };
    let newest = link(&request.newest().href(), words.newest_figures);
    element(
        "p",
        "notice",
        &format!("{}{} · {newest}", escaped(words.as_of_vintage), escaped(&state)),
    )
}

fn unknown(request: &PageRequest) -> String {
    if request.unknown.is_empty() {
        return String::new();
    }
    let names = request.unknown.join(", ");
    element(
        "p",
        "notice",
        &escaped(&format!("{}{names}", request.lang.words().unknown_parameters)),
    )
}

pub(crate) fn footer(request: &PageRequest) -> String {
    let words = request.lang.words();
    format!(
        "{}<p>{}</p>{}",
        text("p", words.about_data),
        served("/api", request.lang, words.open_data),
        keys(request)
    )
}

/// What the keys do once the app has started; until then the style sheet keeps the list hidden.
fn keys(request: &PageRequest) -> String {
    let words = request.lang.words();
    let keys = [
        ("/", words.search),
        ("← →", words.key_walk),
        ("T", words.key_table),
        ("Esc", words.key_close),
        ("?", words.keys),
    ];
    let list: String = keys
        .iter()
        .map(|(key, does)| format!("<dt><kbd>{key}</kbd></dt>{}", text("dd", does)))
        .collect();
    format!(
        r#"<details class="keys"><summary>{}</summary><dl>{list}</dl></details>"#,
        escaped(words.keys)
    )
}

/// A breadcrumb: links, and the place itself last.
pub(crate) fn breadcrumb(request: &PageRequest, above: &[(String, Place)], here: &str) -> String {
    let mut steps: Vec<String> = above
        .iter()
        .map(|(name, place)| link(&request.at(place.clone()).href(), name))
        .collect();
    steps.push(format!(r#"<span aria-current="page">{}</span>"#, escaped(here)));
    format!(
        r#"<nav class="crumbs" aria-label="{}"><ol>{}</ol></nav>"#,
        escaped(request.lang.words().breadcrumb),
        crate::html::items(steps)
    )
}

/// The way to a unit as a breadcrumb; `to` gives the page a step leads to.
pub(crate) fn unit_breadcrumb(
    request: &PageRequest,
    ancestors: &[OrgUnit],
    unit: &OrgUnit,
    to: &dyn Fn(String) -> Place,
) -> String {
    let above: Vec<(String, Place)> = ancestors
        .iter()
        .map(|above| (above.name.get(request.lang).to_owned(), to(above.code.clone())))
        .collect();
    breadcrumb(request, &above, unit.name.get(request.lang))
}

/// The top of a page: breadcrumb, the sentence, the sentences below it; `lead` is finished HTML.
pub(crate) fn lead(crumbs: &str, badges: &[String], title: &str, lead: &str) -> String {
    let badges: String = badges.iter().map(|badge| text("span", badge)).collect();
    let badges = if badges.is_empty() {
        badges
    } else {
        element("p", "badges", &badges)
    };
    let lead = if lead.is_empty() {
        String::new()
    } else {
        element("p", "lead", lead)
    };
    element(
        "div",
        "top",
        &format!("{crumbs}{badges}{}{lead}", text("h1", title)),
    )
}

/// Says that figures were made up, where any was.
pub(crate) fn synthetic_badge(context: &Context<'_>, observations: &[Observation]) -> Vec<String> {
    let synthetic = observations.iter().any(|o| o.origin == Origin::Synthetic);
    synthetic
        .then(|| context.lang.words().synthetic.to_owned())
        .into_iter()
        .collect()
}

/// A section with a heading.
pub(crate) fn section(class: &str, heading: &str, inner: &str) -> String {
    format!(
        r#"<section class="{class}">{}{inner}</section>"#,
        text("h2", heading)
    )
}
