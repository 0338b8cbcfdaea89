//! What a webmaster pastes into a page: four ways, from the one that follows its reader to the one that nothing can strip.

use charts::figure::Figure;
use charts::html::{escaped, text};
use charts::poster::poster;
use data::chart::{ChartFormat, ChartRequest, Look};

use super::{Chart, embed, stamp};
use crate::http::published::Published;
use crate::saved::SavedChart;

/// Where the script of `<federation-chart>` is.
pub const COMPONENT: &str = "/embed.js";

/// The pieces of HTML of a chart for a host of the width that its look says.
#[derive(Debug)]
pub struct Codes {
    /// The bare page in a frame as high as it is.
    pub frame: String,
    /// The element whose height follows; without its script the frame inside it.
    pub component: String,
    /// A picture of pixels, with its words.
    pub image: String,
    /// Title, sentence, table and source without class, style or script.
    pub fragment: String,
    /// The address that the frame shows.
    pub src: String,
    /// How high the frame is, in pixels.
    pub height: u32,
}

/// All four of a chart.
pub fn codes(published: &Published, chart: &Chart, saved: Option<&SavedChart>) -> Codes {
    let figure = chart.figure();
    let src = embed_address(published, &chart.request, saved);
    let height = embed::height(published, chart, saved);
    let frame = frame(&figure, &src, height);
    let component = format!(
        "<script src=\"{}{COMPONENT}\" async></script>\n<federation-chart src=\"{}\">{frame}</federation-chart>",
        escaped(&published.origin),
        escaped(&src),
    );
    Codes {
        component,
        image: image(published, chart, saved, &figure),
        fragment: fragment(published, chart, saved, &figure),
        frame,
        src,
        height,
    }
}

/// The frame of an embed.
pub fn frame(figure: &Figure, src: &str, height: u32) -> String {
    format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"{height}\" frameborder=\"0\" loading=\"lazy\"></iframe>",
        escaped(src),
        escaped(&figure.title),
    )
}

/// The whole address of the bare page: short where the chart is saved.
pub fn embed_address(published: &Published, request: &ChartRequest, saved: Option<&SavedChart>) -> String {
    format!(
        "{}{}",
        published.origin,
        with_id(request.embed_href(), saved, "/embed/", request, "")
    )
}

/// The whole address of a file of a chart.
pub fn file_address(
    published: &Published,
    request: &ChartRequest,
    saved: Option<&SavedChart>,
    format: ChartFormat,
) -> String {
    let ending = format.ending();
    format!(
        "{}{}",
        published.origin,
        with_id(request.href(format), saved, "/c/", request, ending)
    )
}

/// An address, or the short one of a saved chart with the look that is not saved.
fn with_id(
    address: String,
    saved: Option<&SavedChart>,
    folder: &str,
    request: &ChartRequest,
    ending: &str,
) -> String {
    let Some(saved) = saved else { return address };
    let look = ChartRequest {
        look: request.look,
        ..ChartRequest::new(request.kind, saved.request.lang)
    };
    let query = ChartRequest {
        lang: Default::default(),
        ..look
    }
    .to_query_string();
    let and = if query.is_empty() { "" } else { "?" };
    format!("{folder}{}{ending}{and}{query}", saved.id)
}

fn image(published: &Published, chart: &Chart, saved: Option<&SavedChart>, figure: &Figure) -> String {
    let look = Look {
        height: None,
        ..chart.request.look
    };
    let drawn = poster(&chart.context(), figure, &look, &stamp(published, chart));
    let request = chart.request.with_look(Look { scale: 2, ..look });
    format!(
        "<a href=\"{}\"><img src=\"{}\" width=\"{}\" height=\"{}\" alt=\"{}\"></a>",
        escaped(&embed::page_address(published, &chart.request, saved)),
        escaped(&file_address(published, &request, saved, ChartFormat::Png)),
        drawn.width,
        drawn.height,
        escaped(&alternative(figure)),
    )
}

/// A picture in words: what it shows, and what it shows it with; where nothing is drawn, why.
pub fn alternative(figure: &Figure) -> String {
    let rest = match &figure.chart {
        Some(chart) => chart.description.clone(),
        None => figure.notes.join(" "),
    };
    let stop = if figure.title.is_ascii() { ". " } else { "。" };
    format!("{}{stop}{rest}", figure.title)
}

/// The most rows of a table in a fragment; all of them are behind its link.
const MOST_ROWS: usize = 60;

fn fragment(published: &Published, chart: &Chart, saved: Option<&SavedChart>, figure: &Figure) -> String {
    let words = chart.request.lang.words();
    let colon = chart.request.lang.pick("：", ": ");
    let head: String = [figure.table.subject.as_str(), words.value, words.period]
        .into_iter()
        .map(|name| text("th", name))
        .collect();
    let row = |row: &charts::table::TableRow| {
        let cells = [&row.value, &row.period].map(|cell| text("td", cell)).concat();
        format!("<tr>{}{cells}</tr>", text("th", &row.subject))
    };
    let rows: String = figure.table.rows.iter().take(MOST_ROWS).map(row).collect();
    let description = figure.chart.iter().map(|chart| text("p", &chart.description));
    let notes = figure.notes.iter().map(|note| text("p", note));
    let sentences: String = description.chain(notes).collect();
    format!(
        "{}{}{sentences}<table border=\"1\" cellpadding=\"6\" cellspacing=\"0\"><thead><tr>{head}</tr></thead>\
         <tbody>{rows}</tbody></table><p>{}{colon}{} · <a href=\"{}\">{}</a></p>",
        text("h3", &figure.title),
        text("p", &figure.subtitle),
        words.source,
        escaped(&figure.source.join(chart.request.lang.pick("；", "; "))),
        escaped(&embed::page_address(published, &chart.request, saved)),
        escaped(&stamp(published, chart)),
    )
}
