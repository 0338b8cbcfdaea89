//! A whole figure as one HTML fragment: title, unit and period, picture, sentence, table, foot. The server's page,
//! an embed and the app all place this fragment, so that none of it is written twice.

use crate::chart::Chart;
use crate::context::Context;
use crate::frame;
use crate::html::{element, escaped, link, menu, of_source, text};
use crate::table::Table;

/// Widths of the two pictures of a figure in pixels; the style sheet shows the one that fits the container.
pub const WIDE: u32 = 600;
/// See [`WIDE`].
pub const NARROW: u32 = 320;

/// A figure: everything but the place on the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Names it on its page: letters, digits and hyphens.
    pub id: String,
    /// A sentence that says what it shows.
    pub title: String,
    /// Unit and period.
    pub subtitle: String,
    /// What a reader must know to read it right, one sentence each.
    pub notes: Vec<String>,
    /// The picture; none where nothing may honestly be drawn, and the notes say why.
    pub chart: Option<Chart>,
    /// The table behind it.
    pub table: Table,
    /// Where the figures are from, each source for itself.
    pub source: Vec<String>,
    /// Links at the foot: words and address.
    pub actions: Vec<(String, String)>,
    /// What it is handed out as: the name of a kind of file and its address.
    pub downloads: Vec<(String, String)>,
    /// Whether it stands in a narrow column, where only the narrow picture is drawn.
    pub is_narrow: bool,
}

/// A picture of a figure: how wide it is drawn, in pixels, and the class by which the style sheet shows it or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Picture {
    /// The width.
    pub width: u32,
    /// The class.
    pub class: &'static str,
}

impl Figure {
    /// The fragment.
    pub fn html(&self, context: &Context<'_>) -> String {
        let picture = |width, class| Picture { width, class };
        match self.is_narrow {
            true => self.html_with(context, &[picture(NARROW, "only")]),
            false => self.html_with(context, &[picture(WIDE, "wide"), picture(NARROW, "narrow")]),
        }
    }

    /// The fragment with these pictures.
    pub fn html_with(&self, context: &Context<'_>, pictures: &[Picture]) -> String {
        let words = context.lang.words();
        let id = escaped(&self.id);
        let title = format!(r#"<h2 id="{id}-t">{}</h2>"#, escaped(&self.title));
        let subtitle = element("p", "sub", &escaped(&self.subtitle));
        let notes: String = self.notes.iter().map(|note| text("p", note)).collect();
        let notes = if notes.is_empty() {
            notes
        } else {
            element("div", "notes", &notes)
        };
        let table = self.table.html(context, &id, &self.title);
        // Where there is no picture the table is what there is to see, so it is not folded away.
        let details = match &self.chart {
            Some(chart) => format!(
                r#"<details class="data"><summary>{}</summary>{}{table}</details>"#,
                escaped(words.table),
                text("p", &chart.description)
            ),
            None => element("div", "data", &table),
        };
        let sources: Vec<String> = self
            .source
            .iter()
            .map(|words| of_source(context.lang, words))
            .collect();
        let source = format!(
            "<span>{}{}{}</span>",
            words.source,
            context.lang.pick("：", ": "),
            sources.join(context.lang.pick("；", "; "))
        );
        let actions: String = self
            .actions
            .iter()
            .map(|(words, href)| link(href, words))
            .collect();
        format!(
            r#"<figure class="figure" id="{id}" aria-labelledby="{id}-t"><figcaption>{title}{subtitle}</figcaption>{}{notes}{details}<div class="foot">{source}<span class="actions">{downloads}{actions}</span></div></figure>"#,
            self.pictures(pictures),
            downloads = menu(words.download, &self.downloads),
        )
    }

    fn pictures(&self, pictures: &[Picture]) -> String {
        let Some(chart) = &self.chart else {
            return String::new();
        };
        let picture = |Picture { width, class }: &Picture| {
            let drawing = frame::draw(chart, *width);
            format!(
                r#"<div class="plot {class}" role="group" tabindex="0" aria-label="{}" data-marks="{}">{}</div>"#,
                escaped(chart.lang.words().chart_keys),
                escaped(&self.id),
                drawing.svg
            )
        };
        pictures.iter().map(picture).collect()
    }
}
