use std::sync::Arc;

use charts::html::{element, escaped, text};
use charts::page::Page;
use data::chart::ChartFormat;
use data::page::{PageRequest, Place};
use hyper::StatusCode;

use super::embed::SCRIPT as MOVES;
use super::figures::file_name;
use super::{Chart, codes, dialog, oembed, preview};
use crate::document::{self, Still};
use crate::http::answer::{Content, Keep, Kind};
use crate::http::asked::Asked;
use crate::http::failure::Problem;
use crate::http::published::Published;
use crate::http::security::Policies;

const STYLE: &str = include_str!("../../../style/chart.css");
const SCRIPT: &str = include_str!(concat!(env!("OUT_DIR"), "/chart.js"));

/// The page about one chart: the chart, its files, and how it is embedded. It works without script.
pub fn html(published: &Published, asked: &Asked, chart: &Chart) -> Result<Content, Problem> {
    let request = &chart.request;
    let other = data::chart::ChartRequest {
        lang: request.lang.other(),
        ..request.clone()
    };
    let (figure, context) = (chart.figure(), chart.context());
    let state = super::state_words(published, request);
    let around = PageRequest {
        place: Place::Indicators,
        lang: request.lang,
        as_of: request.as_of,
        // Messengers add parameters of their own to a short address; what was passed over is named.
        unknown: super::ignored(asked),
    };
    let main = [
        charts::page::top(&around, &subject(chart), &state),
        element("div", "charts", &element("div", "column", &figure.html(&context))),
        downloads(chart),
        dialog::html(published, chart),
    ];
    let page = Page {
        title: format!("{} · {}", figure.title, request.lang.words().site),
        description: figure
            .chart
            .as_ref()
            .map_or(String::new(), |chart| chart.description.clone()),
        main: main.concat(),
        ..charts::page::around(&around, &other.href(ChartFormat::Page))
    };
    let alternate = other.href(ChartFormat::Page);
    let whole = |href: String| codes::whole(published, &href);
    let picture = whole(chart.file_href(ChartFormat::Png, oembed::THUMBNAIL));
    let address = whole(chart.page_href());
    let head = preview::elements(request.lang, &page, (&address, &picture))
        + &oembed::discovery(published, &address);
    let still = Still {
        alternate: &alternate,
        head: &head,
        style: STYLE,
        scripts: &[SCRIPT, MOVES],
    };
    Ok(Content {
        status: StatusCode::OK,
        kind: Kind::Html,
        body: document::still(&around, &page, &still, published, asked.theme),
        file_name: None,
        policies: Some(Arc::new(Policies::with(
            &published.assets.inline,
            &[STYLE],
            &[SCRIPT, MOVES],
        ))),
        keep: Keep::Briefly,
    })
}

/// What the chart is of, in names alone: the figure says in its title what it shows.
fn subject(chart: &Chart) -> String {
    let lang = chart.request.lang;
    let unit = chart.data.org_units.first().map(|unit| unit.name.get(lang));
    let indicator = match chart.data.indicators.as_slice() {
        [one] => Some(one.name.get(lang)),
        _ => None,
    };
    let parts: Vec<&str> = unit.into_iter().chain(indicator).collect();
    parts.join(" · ")
}

fn downloads(chart: &Chart) -> String {
    let lang = chart.request.lang;
    let file = |format: ChartFormat| {
        let words = format.ending().trim_start_matches('.').to_uppercase();
        format!(
            r#"<li><a href="{}" download="{}">{words}</a></li>"#,
            escaped(&chart.file_href(format, chart.request.look)),
            escaped(&file_name(chart, format))
        )
    };
    let list: String = ChartFormat::FILES.into_iter().map(file).collect();
    let heading = text("h2", lang.pick("下载", "Download"));
    format!(r#"<section class="files" id="files">{heading}<ul>{list}</ul></section>"#)
}
