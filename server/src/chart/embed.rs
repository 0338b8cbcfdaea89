use charts::embed::{embed, frame_height};
use charts::figure::Figure;
use charts::html::{element, escaped, text};
use data::Lang;
use data::chart::PictureTheme;
use hyper::{HeaderMap, StatusCode};

use super::{Chart, codes, oembed, request};
use crate::http::answer::{Content, Keep, Kind};
use crate::http::asked::{Asked, lang_of};
use crate::http::failure::Problem;
use crate::http::published::Published;
use crate::http::security::InlineText;

/// The sheet of every embed.
pub const STYLE: &str = include_str!("../../../style/embed.css");

/// What moves in an embed.
pub const SCRIPT: &str = include_str!(concat!(env!("OUT_DIR"), "/embed.js"));

/// The bare page of a chart for a portal's frame; where there is no such chart, one that says why.
pub fn show(published: &Published, asked: &Asked) -> Result<Content, Problem> {
    let chart = request(asked, asked.code()).and_then(|request| Chart::select(&published.dataset, request));
    match chart {
        Ok(chart) => Ok(page(published, &chart.named_as(asked))),
        Err(problem) => {
            let lang = lang_of(asked, &HeaderMap::new());
            Ok(refusal(published, lang, problem.status(), &problem.message(lang)))
        }
    }
}

fn page(published: &Published, chart: &Chart) -> Content {
    let look = chart.request.look;
    let figure = figure(published, chart);
    let made = embed(&chart.context(), &figure, look.width, look.theme);
    let css = format!("{STYLE}{}", made.css);
    let page = codes::whole(published, &chart.page_href());
    let head = format!(
        "<link rel=\"canonical\" href=\"{}\">{}",
        escaped(&page),
        oembed::discovery(published, &page)
    );
    let (lang, theme) = (chart.request.lang, look.theme);
    let html = document(lang, theme, &figure.title, &head, &css, &made.html);
    content(published, StatusCode::OK, html, &css)
}

/// How high the embed of a chart is in a host as wide as its look says, in pixels.
pub fn height(published: &Published, chart: &Chart) -> u32 {
    let figure = figure(published, chart);
    frame_height(&chart.context(), &figure, chart.request.look.width)
}

/// The figure, with the way to its page and which state it shows.
fn figure(published: &Published, chart: &Chart) -> Figure {
    let words = super::state_words(published, &chart.request);
    let more = chart.request.lang.pick("出处与下载", "source and download");
    Figure {
        actions: vec![(format!("{words} · {more}"), chart.page_href())],
        ..chart.figure()
    }
}

/// A page that says why there is no chart, instead of a frame full of braces.
pub fn refusal(published: &Published, lang: Lang, status: StatusCode, reason: &str) -> Content {
    let title = match status.is_server_error() {
        true => lang.pick("暂时无法显示这张图", "This chart cannot be shown now"),
        false => lang.pick("没有这张图", "There is no such chart"),
    };
    let main = element(
        "figure",
        "figure",
        &(text("h2", title) + &element("p", "sub", &escaped(reason))),
    );
    let html = document(lang, None, title, "", STYLE, &main);
    content(published, status, html, STYLE)
}

fn document(
    lang: Lang,
    theme: Option<PictureTheme>,
    title: &str,
    head: &str,
    css: &str,
    main: &str,
) -> String {
    let theme = theme.map_or(String::new(), |theme| format!(" data-theme=\"{}\"", theme.name()));
    format!(
        "<!doctype html>\n<html lang=\"{}\"{theme}><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{}</title>\
         <meta name=\"robots\" content=\"noindex\"><base target=\"_blank\">{head}<style>{css}</style></head>\
         <body>{main}<script>{SCRIPT}</script></body></html>\n",
        lang.tag(),
        escaped(title),
    )
}

fn content(published: &Published, status: StatusCode, html: String, css: &str) -> Content {
    let inline = [InlineText::Style(css), InlineText::Script(SCRIPT)];
    Content {
        status,
        kind: Kind::Embed,
        body: html.into_bytes(),
        file_name: None,
        policies: published.embed_policies(&inline),
        keep: Keep::Briefly,
    }
}
