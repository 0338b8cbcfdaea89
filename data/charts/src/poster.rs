//! A picture that stands alone: the chart between its title and its source, for a file, a report or another site.

use data::Lang;
use data::chart::{Look, PictureTheme};

use crate::chart::Body;
use crate::context::Context;
use crate::figure::Figure;
use crate::frame::{self, Anchor, Scene, Shapes, TextBox, paragraph};
use crate::palette;
use crate::svg::{Alone, Outside, View};
use crate::text::{self, Font};

/// A finished picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Poster {
    /// The SVG document.
    pub svg: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

const TITLE: Font = Font::bold(18.0);
const SMALL_TITLE: Font = Font::bold(16.0);
const NOTE: Font = text::NOTE;

/// The most lines of each text: what is longer is in the table and on the page.
const TITLE_LINES: usize = 3;
const SUBTITLE_LINES: usize = 2;
const NOTE_LINES: usize = 4;
const SOURCE_LINES: usize = 2;

/// The lowest plot that still reads, in pixels; where less is asked for, the whole picture is drawn smaller.
const LOWEST_PLOT: f64 = 110.0;

/// How much larger a picture may be drawn where there is room, and the least width it is then laid out at, in pixels.
const LARGER: [f64; 3] = [1.6, 1.4, 1.2];
const LEAST_DRAWN: f64 = 420.0;

/// The share of what room is left that stands above the chart.
const SPACE_ABOVE: f64 = 0.4;

/// The most figures that a picture lists where it draws none.
const MOST_LISTED: usize = 8;

/// The picture of a figure. `stamp` says whose it is and which published state, at its foot.
///
/// Width and height are those of `look`; the same arguments are the same bytes on every machine.
pub fn poster(context: &Context<'_>, figure: &Figure, look: &Look, stamp: &str) -> Poster {
    let words = Words {
        lang: context.lang,
        figure,
        stamp,
    };
    let width = f64::from(look.width);
    let drawn_width = words.drawn_width(width, look.height.map(f64::from));
    let wanted = look.height.map(|height| f64::from(height) * drawn_width / width);
    let sheet = words.sheet(drawn_width, wanted);
    let description = words.description();
    let (file_width, file_height) = (look.width, look.height.unwrap_or(sheet.height.ceil() as u32));
    let outside = Outside {
        lang: context.lang,
        description: &description,
        view: View {
            x: -(padding(drawn_width) as i32),
            y: -(sheet.top as i32),
            width: drawn_width.ceil() as u32,
            height: sheet.height.ceil() as u32,
        },
        alone: Some(Alone {
            width: file_width,
            height: file_height,
        }),
        texts: &sheet.texts,
        hits: &[],
    };
    let svg = frame::write(&sheet.scene, &outside);
    Poster {
        svg: match look.theme {
            Some(PictureTheme::Dark) => palette::darkened(&svg),
            _ => svg,
        },
        width: file_width,
        height: file_height,
    }
}

/// What is written around the chart.
struct Words<'a> {
    lang: Lang,
    figure: &'a Figure,
    stamp: &'a str,
}

/// Everything in its place: the chart from (0, 0), the title above it.
struct Sheet {
    scene: Scene,
    /// What stands around the chart.
    texts: Vec<TextBox>,
    /// From the upper side of the picture to that of the chart.
    top: f64,
    /// Of the whole picture.
    height: f64,
}

/// From the sides of the picture to its words, in pixels.
fn padding(width: f64) -> f64 {
    if width < frame::NARROW { 14.0 } else { 20.0 }
}

impl Words<'_> {
    fn description(&self) -> String {
        let chart = self.figure.chart.as_ref().map(|chart| chart.description.as_str());
        let rest = chart.unwrap_or_else(|| self.figure.notes.first().map_or("", String::as_str));
        format!("{}{}{rest}", self.figure.title, self.lang.pick("。", ". "))
    }

    /// How wide everything is laid out before it is shown at a width: what would be too high wider, and so smaller; what would
    /// leave much room empty narrower, and so larger.
    fn drawn_width(&self, width: f64, wanted: Option<f64>) -> f64 {
        let Some(wanted) = wanted else { return width };
        let fits = |drawn: &f64| self.sheet(*drawn, None).height <= wanted * drawn / width;
        let larger = LARGER.iter().map(|factor| width / factor);
        if self.is_of_fixed_height()
            && let Some(drawn) = larger.filter(|drawn| *drawn >= LEAST_DRAWN).find(fits)
        {
            return drawn;
        }
        let natural = self.sheet(width, Some(wanted)).height;
        (width * natural / wanted).clamp(width, f64::from(*frame::WIDTHS.end()).max(width))
    }

    /// Whether the chart is as high as what it shows: one with axes fills what room there is.
    fn is_of_fixed_height(&self) -> bool {
        let chart = self.figure.chart.as_ref();
        chart.is_none_or(|chart| !matches!(chart.body, Body::Line(_)))
    }

    /// Lays everything out at a width; where a height is wanted, a chart with axes is made to fill it, any other stands in the
    /// middle, and the foot at the lower side.
    fn sheet(&self, width: f64, wanted: Option<f64>) -> Sheet {
        let padding = padding(width);
        let inner = width - 2.0 * padding;
        let lines = |lines: usize| lines as f64 * NOTE.line_height();
        let (notes, foot) = (self.notes(inner), self.foot(inner));
        let (head, head_height) = self.head(inner, padding);
        let below = if notes.is_empty() {
            0.0
        } else {
            6.0 + lines(notes.len())
        };
        let rest = head_height + below + 12.0 + lines(foot.lines) + padding - NOTE.descent();
        let scene = self.chart(inner, wanted.map(|wanted| wanted - rest));
        let chart_height = f64::from(scene.height);
        let natural = chart_height + rest;
        let height = natural.max(wanted.unwrap_or(0.0));
        let top = head_height + ((height - natural) * SPACE_ABOVE).floor();
        let mut texts: Vec<TextBox> = head.into_iter().map(|text| text.raised(top)).collect();
        let first_note = chart_height + 6.0 + NOTE.line_height() - NOTE.descent();
        texts.extend(paragraph(notes, (0.0, first_note), NOTE, palette::GREY));
        texts.extend(foot.texts(inner, height - top - padding));
        Sheet {
            scene,
            texts,
            top,
            height,
        }
    }

    /// Title and unit from the upper side of the picture down, and how high they are.
    fn head(&self, inner: f64, padding: f64) -> (Vec<TextBox>, f64) {
        let font = if inner < frame::NARROW { SMALL_TITLE } else { TITLE };
        let title = text::wrap(&text::clean(&self.figure.title), font, inner, TITLE_LINES);
        let subtitle = text::wrap(&text::clean(&self.figure.subtitle), NOTE, inner, SUBTITLE_LINES);
        let below_title = padding + title.len() as f64 * font.line_height() + 2.0;
        let height = (below_title + subtitle.len() as f64 * NOTE.line_height() + 10.0).ceil();
        let (first, second) = ((0.0, padding + font.ascent()), (0.0, below_title + NOTE.ascent()));
        let texts = paragraph(title, first, font, palette::INK)
            .chain(paragraph(subtitle, second, NOTE, palette::GREY))
            .collect();
        (texts, height)
    }

    /// What is to be known; where nothing is drawn, the figures as well.
    fn notes(&self, inner: f64) -> Vec<String> {
        let lines = |note: &String| text::wrap(&text::clean(note), NOTE, inner, NOTE_LINES);
        let notes = self.figure.notes.iter().flat_map(lines).take(NOTE_LINES);
        let is_listed = self.figure.chart.is_none();
        let rows = self
            .figure
            .table
            .rows
            .iter()
            .filter(|_| is_listed)
            .take(MOST_LISTED);
        let listed = rows.map(|row| {
            let remarks: String = row.remarks.iter().map(|remark| format!(" ({remark})")).collect();
            let words = format!("{}  {}{remarks}  {}", row.subject, row.value, row.period);
            text::fit(&text::clean(&words), NOTE, inner)
        });
        notes.chain(listed).collect()
    }

    fn foot(&self, inner: f64) -> Foot {
        let lang = self.lang;
        let source = self.figure.source.join(lang.pick("；", "; "));
        let source = match source.is_empty() {
            true => source,
            false => format!("{}{}{source}", lang.words().source, lang.pick("：", ": ")),
        };
        let source = text::wrap(&text::clean(&source), NOTE, inner, SOURCE_LINES);
        let stamp = text::fit(&text::clean(self.stamp), NOTE, inner);
        let beside = |last: &String| text::width(last, NOTE) + 16.0 + text::width(&stamp, NOTE) <= inner;
        let is_beside = source.last().is_none_or(beside);
        Foot {
            lines: source.len().max(1) + usize::from(!is_beside),
            source,
            stamp,
        }
    }

    fn chart(&self, inner: f64, wanted: Option<f64>) -> Scene {
        let width = inner.max(1.0) as u32;
        let Some(chart) = &self.figure.chart else {
            return Scene {
                width,
                height: 0,
                texts: Vec::new(),
                marks: Vec::new(),
                shapes: Shapes::Words,
            };
        };
        let scene = frame::layout(chart, width);
        let Some(wanted) = wanted else { return scene };
        let more = wanted - f64::from(scene.height);
        match &scene.shapes {
            Shapes::Line(frame) if more.abs() >= 1.0 => {
                let plot = frame.height.1 - frame.height.0 + more;
                frame::layout_of_height(chart, width, plot.floor().max(LOWEST_PLOT))
            }
            _ => scene,
        }
    }
}

/// The source and, at the right, the stamp: in one line where there is room.
struct Foot {
    source: Vec<String>,
    stamp: String,
    lines: usize,
}

impl Foot {
    fn texts(self, inner: f64, last: f64) -> impl Iterator<Item = TextBox> {
        let first = last - (self.lines - 1) as f64 * NOTE.line_height();
        let stamp = TextBox::new(self.stamp, (inner, last), NOTE, palette::GREY).anchored(Anchor::End);
        paragraph(self.source, (0.0, first), NOTE, palette::GREY).chain(std::iter::once(stamp))
    }
}
