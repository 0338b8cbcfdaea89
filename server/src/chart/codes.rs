//! What a webmaster pastes into a page: four ways, from the one that follows its reader to the one that nothing can strip.

use charts::figure::Figure;
use charts::html::{escaped, text};
use charts::poster::poster;
use data::Lang;
use data::chart::{ChartFormat, Look};

use super::{Chart, embed, stamp};
use crate::http::published::Published;

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
    /// How high the frame is, in pixels.
    pub height: u32,
}

/// All four of a chart.
pub fn codes(published: &Published, chart: &Chart) -> Codes {
    let figure = chart.figure();
    let src = whole(published, &chart.embed_href());
    let height = embed::height(published, chart);
    let frame = frame(&figure, &src, height);
    let component = format!(
        "<script src=\"{}{COMPONENT}\" async></script>\n<federation-chart src=\"{}\">{frame}</federation-chart>",
        escaped(&published.origin),
        escaped(&src),
    );
    Codes {
        component,
        image: image(published, chart, &figure),
        fragment: fragment(published, chart, &figure),
        frame,
        height,
    }
}

/// The frame of an embed. It is some 5 kB, so that waiting until it is scrolled to would cost its reader more than it saves.
pub fn frame(figure: &Figure, src: &str, height: u32) -> String {
    format!(
        "<iframe src=\"{}\" title=\"{}\" width=\"100%\" height=\"{height}\" frameborder=\"0\"></iframe>",
        escaped(src),
        escaped(&figure.title),
    )
}

/// A whole address of ours.
pub fn whole(published: &Published, href: &str) -> String {
    format!("{}{href}", published.origin)
}

fn image(published: &Published, chart: &Chart, figure: &Figure) -> String {
    let look = Look {
        height: None,
        ..chart.request.look
    };
    let drawn = poster(&chart.context(), figure, &look, &stamp(published, chart));
    let file = chart.file_href(ChartFormat::Png, Look { scale: 2, ..look });
    format!(
        "<a href=\"{}\"><img src=\"{}\" width=\"{}\" height=\"{}\" alt=\"{}\" style=\"max-width:100%;height:auto\"></a>",
        escaped(&whole(published, &chart.page_href())),
        escaped(&whole(published, &file)),
        drawn.width,
        drawn.height,
        escaped(&alternative(chart.request.lang, figure)),
    )
}

/// A picture in words: what it shows, and what it shows it with; where nothing is drawn, why.
pub fn alternative(lang: Lang, figure: &Figure) -> String {
    let rest = match &figure.chart {
        Some(chart) => chart.description.clone(),
        None => figure.notes.join(" "),
    };
    format!("{}{}{rest}", figure.title, lang.pick("。", ". "))
}

/// The most rows of a table in a fragment; all of them are behind its link.
const MOST_ROWS: usize = 60;

fn fragment(published: &Published, chart: &Chart, figure: &Figure) -> String {
    let words = chart.request.lang.words();
    let colon = chart.request.lang.pick("：", ": ");
    let head: String = [figure.table.subject.as_str(), words.value, words.period]
        .into_iter()
        .map(|name| text("th", name))
        .collect();
    let row = |row: &charts::table::TableRow| {
        let remarks: String = row.remarks.iter().map(|remark| format!(" ({remark})")).collect();
        let value = format!("{}{remarks}", row.value);
        let cells = [&value, &row.period].map(|cell| text("td", cell)).concat();
        format!("<tr>{}{cells}</tr>", text("th", &row.subject))
    };
    let rows: String = figure.table.rows.iter().take(MOST_ROWS).map(row).collect();
    let description = figure.chart.iter().map(|chart| text("p", &chart.description));
    let notes = figure.notes.iter().map(|note| text("p", note));
    let sentences: String = description.chain(notes).collect();
    let all = figure.table.rows.len();
    let more = match (all > MOST_ROWS, chart.request.lang) {
        (false, _) => String::new(),
        (true, Lang::Zh) => text("p", &format!("共 {all} 行，这里是前 {MOST_ROWS} 行。")),
        (true, Lang::En) => text("p", &format!("These are the first {MOST_ROWS} of {all} rows.")),
    };
    format!(
        "{}{}{sentences}<table border=\"1\" cellpadding=\"6\" cellspacing=\"0\"><thead><tr>{head}</tr></thead>\
         <tbody>{rows}</tbody></table>{more}<p>{}{colon}{} · <a href=\"{}\">{}</a></p>",
        text("h3", &figure.title),
        text("p", &figure.subtitle),
        words.source,
        escaped(&figure.source.join(chart.request.lang.pick("；", "; "))),
        escaped(&whole(published, &chart.page_href())),
        escaped(&stamp(published, chart)),
    )
}
