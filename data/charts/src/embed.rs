//! A figure for a page of others: the fragment of our own pages with pictures for the width of the host, and how high it
//! is there, so that a frame fits without script.

use data::chart::PictureTheme;

use crate::context::Context;
use crate::figure::{Figure, Picture};
use crate::frame;
use crate::palette;
use crate::table::TableRow;
use crate::text::{self, Font};

/// The inside of an embed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embed {
    /// The figure.
    pub html: String,
    /// What the sheet of all embeds cannot know: the shapes of these pictures, and their colours on dark paper.
    pub css: String,
}

/// Below this width of the host, in pixels, its narrow picture is shown.
const NARROW_HOST: u32 = 480;
/// From this width on a host has a picture of its own, and the middle one serves it where its window is narrower.
const WIDE_HOST: u32 = 840;
/// The middle and the narrow picture, in pixels.
const MIDDLE: u32 = 572;
const NARROW: u32 = 292;
/// How much larger than drawn a picture may be shown, in hundredths: beyond, its words look like headlines.
const MOST_ENLARGED: u32 = 125;

/// The lengths below are those of `style/embed.css`, in pixels.
const SIDES: f64 = 28.0;
const TITLE: Font = Font::bold(18.0);
const SMALL_TITLE: Font = Font::bold(16.0);
const NOTE: Font = text::NOTE;
const LINE: f64 = 16.0;

/// The embed of a figure for a host `width` pixels wide. Without a theme it is that of its reader.
pub fn embed(context: &Context<'_>, figure: &Figure, width: u32, theme: Option<PictureTheme>) -> Embed {
    let pictures = pictures(width);
    let html = figure.html_with(context, &pictures);
    let (html, colors) = match theme {
        Some(PictureTheme::Dark) => (palette::darkened(&html), String::new()),
        Some(PictureTheme::Light) => (html, String::new()),
        None => {
            let colors = palette::dark_rules(&html);
            (html, format!("@media(prefers-color-scheme:dark){{{colors}}}"))
        }
    };
    Embed {
        html,
        css: shapes(figure, &pictures) + &colors,
    }
}

/// How high the embed of a figure is in a host `width` pixels wide, in pixels, without drawing it.
pub fn frame_height(context: &Context<'_>, figure: &Figure, width: u32) -> u32 {
    height(context, figure, &pictures(width), f64::from(width)).ceil() as u32
}

/// The pictures of an embed, the widest first.
fn pictures(width: u32) -> Vec<Picture> {
    let picture = |width: u32, class: &'static str| Picture { width, class };
    let mut pictures = vec![picture(MIDDLE, "m"), picture(NARROW, "n")];
    if width >= WIDE_HOST {
        pictures.insert(0, picture(width - SIDES as u32, "w"));
    }
    pictures
}

/// Which picture shows in a window of which width, and the shape of each: it may shrink below it where a frame is too low.
fn shapes(figure: &Figure, pictures: &[Picture]) -> String {
    let Some(chart) = &figure.chart else {
        return String::new();
    };
    let mut css = String::new();
    for Picture { width, class } in pictures {
        let scene = frame::layout(chart, *width);
        let shape = f64::from(scene.height) * 100.0 / f64::from(scene.width);
        css += &format!(
            ".{class}{{max-width:{}px}}.{class}::before{{padding-top:{shape:.2}%}}",
            width * MOST_ENLARGED / 100
        );
    }
    for pair in pictures.windows(2) {
        let (wider, narrower) = (&pair[0], &pair[1]);
        let from = from_width(wider);
        css += &format!(
            "@media(min-width:{from}px){{.{}{{display:none}}}}@media(max-width:{}.98px){{.{}{{display:none}}}}",
            narrower.class,
            from - 1,
            wider.class
        );
    }
    css
}

/// The width of a window from which on a picture shows: the widest is shown to a quarter smaller before its words are too
/// small to read.
fn from_width(picture: &Picture) -> u32 {
    match picture.width {
        MIDDLE => NARROW_HOST,
        wide => (wide * 3 / 4).max(MIDDLE * MOST_ENLARGED / 100),
    }
}

fn height(context: &Context<'_>, figure: &Figure, pictures: &[Picture], width: f64) -> f64 {
    let inner = width - SIDES;
    let (title, title_line) = match width < f64::from(NARROW_HOST) {
        true => (SMALL_TITLE, 21.0),
        false => (TITLE, 24.0),
    };
    let lines =
        |words: &str, font: Font| text::wrap(&text::clean(words), font, inner, usize::MAX).len() as f64;
    let notes: f64 = figure.notes.iter().map(|note| lines(note, NOTE)).sum();
    let subtitle = lines(&figure.subtitle, NOTE);
    let head = 12.0 + lines(&figure.title, title) * title_line + 2.0 + subtitle * LINE;
    head + body_height(figure, pictures, width) + notes * LINE + foot_height(context, figure, inner) + 10.0
}

/// The picture with the line that opens its table; where there is none, the table itself.
fn body_height(figure: &Figure, pictures: &[Picture], width: f64) -> f64 {
    let Some(chart) = &figure.chart else {
        return table_height(figure, width - SIDES);
    };
    let is_shown = |picture: &&Picture| width >= f64::from(from_width(picture)) || picture.width == NARROW;
    let Some(picture) = pictures.iter().find(is_shown) else {
        return 0.0;
    };
    let scene = frame::layout(chart, picture.width);
    let most = f64::from(picture.width * MOST_ENLARGED / 100);
    let shown = (width - SIDES).min(most);
    18.0 + f64::from(scene.height) * shown / f64::from(scene.width) + 4.0 + LINE
}

/// About the height of a table that is not folded away: names and values stay in one line, and the browser shares what is
/// left between the others by their lengths. Where that is too little the table scrolls by itself.
fn table_height(figure: &Figure, inner: f64) -> f64 {
    let width = |words: &String| text::width(words, NOTE);
    let most = |of: fn(&TableRow) -> &String| {
        figure
            .table
            .rows
            .iter()
            .map(|row| width(of(row)))
            .fold(0.0, f64::max)
    };
    let left = inner - most(|row| &row.subject) - most(|row| &row.value) - 32.0;
    let row = |row: &TableRow| {
        let lines = (width(&row.period) + width(&row.source)) * 1.3 / left.max(60.0);
        lines.ceil().max(1.0) * LINE + 9.0
    };
    let rows: f64 = figure.table.rows.iter().map(row).sum();
    (rows + 30.0).min(MOST_TABLE)
}

/// Where a table is all there is to see, a frame shows so much of it, in pixels.
const MOST_TABLE: f64 = 360.0;

/// The source and, beside or below it, the links.
fn foot_height(context: &Context<'_>, figure: &Figure, inner: f64) -> f64 {
    let source = figure.source.join(context.lang.pick("；", "; "));
    let source = format!(
        "{}{}{source}",
        context.lang.words().source,
        context.lang.pick("：", ": ")
    );
    let actions: f64 = figure
        .actions
        .iter()
        .map(|(words, _)| text::width(words, NOTE) + 14.0)
        .sum();
    let source_lines = text::wrap(&text::clean(&source), NOTE, inner, usize::MAX).len() as f64;
    let is_beside = text::width(&source, NOTE) + 16.0 + actions <= inner;
    let action_lines = if is_beside { 0.0 } else { (actions / inner).ceil() };
    8.0 + 9.0 + (source_lines + action_lines) * LINE
}
