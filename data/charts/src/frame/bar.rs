mod columns;
mod shape;

use plotters::style::RGBColor;

use self::columns::{Columns, columns, value_text};
use self::shape::{shape, whole};
use super::place::{Anchor, TextBox, paragraph};
use super::{Rect, Scene, Shapes};
use crate::chart::{self, Aside, BarChart};
use crate::palette;
use crate::text::{self, Font};

const NAME: Font = text::LABEL;
const CHOSEN: Font = text::STRONG_LABEL;
const VALUE: Font = text::STRONG_LABEL;
const ASIDE: Font = text::NOTE;

/// From a name to the bars, from a bar's end to its value, in pixels.
const SPACE: (f64, f64) = (10.0, 7.0);
/// How far an open bar fades out beyond its number, in pixels: a sign, not a measure.
const FADE: f64 = 24.0;
/// The shapes of a bar chart, in pixels.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct BarFrame {
    /// Where zero stands.
    pub zero: f64,
    /// The upper and the lower ends of the line of zero: one piece, or one per bar where names stand between them.
    pub pieces: Vec<(f64, f64)>,
    /// The bars, from top to bottom.
    pub bars: Vec<Bar>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// The part that is certain.
    pub solid: Rect,
    /// What follows it, where the true value may be another.
    pub end: Option<BarEnd>,
    /// Its colour.
    pub color: RGBColor,
    /// Whether it may still change.
    pub hatched: bool,
}

/// A part of a bar that may be there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum BarEnd {
    /// Or more: fades out to the right.
    FadeRight(Rect),
    /// Or further below zero: fades out to the left.
    FadeLeft(Rect),
    /// Or less: an outline of dashes.
    Dashed(Rect),
}

pub(super) fn layout(chart: &BarChart, width: u32) -> Scene {
    let columns = columns(chart, f64::from(width));
    let mut scene = Scene {
        width,
        height: 0,
        texts: Vec::with_capacity(chart.bars.len() * 3),
        marks: Vec::new(),
        shapes: Shapes::Bar(BarFrame::default()),
    };
    let mut frame = BarFrame {
        zero: columns.zero,
        ..BarFrame::default()
    };
    let mut y = 2.0;
    let dense = chart.bars.len() > 12;
    for bar in &chart.bars {
        y = add_row(bar, &columns, dense, y, &mut frame, &mut scene);
    }
    let feet = frame
        .bars
        .iter()
        .map(|bar| (bar.solid.y - 3.0, bar.solid.bottom() + 3.0));
    frame.pieces = if columns.beside {
        vec![(0.0, y)]
    } else {
        feet.collect()
    };
    if !chart.aside.is_empty() {
        y += 10.0;
    }
    for aside in &chart.aside {
        y = add_aside(aside, &columns, y, &mut scene);
    }
    scene.height = (y + 2.0).ceil() as u32;
    scene.shapes = Shapes::Bar(frame);
    scene
}

/// Adds a row below `y` and answers with its lower side.
fn add_row(
    bar: &chart::Bar,
    columns: &Columns,
    dense: bool,
    y: f64,
    frame: &mut BarFrame,
    scene: &mut Scene,
) -> f64 {
    let font = name_font(bar);
    let lines = text::wrap(
        &text::clean(&bar.label),
        font,
        columns.name,
        if columns.beside { 2 } else { 3 },
    );
    let name_height = lines.len().max(usize::from(bar.rank.is_some())) as f64 * font.line_height();
    let (least, thickness) = match (columns.beside, dense) {
        (true, false) => (38.0, 20.0),
        (true, true) => (28.0, 16.0),
        (false, _) => (0.0, 16.0),
    };
    let (name_y, bar_y, below) = if columns.beside {
        let row = (name_height + 10.0).max(least);
        (
            y + (row - name_height) / 2.0,
            y + (row - thickness) / 2.0,
            y + row,
        )
    } else {
        (y, y + name_height + 4.0, y + name_height + thickness + 20.0)
    };
    let baseline = name_y + font.line_height() / 2.0 + font.middle();
    let right_aligned = columns.beside && columns.rank == 0.0;
    let (x, anchor) = if right_aligned {
        (columns.name, Anchor::End)
    } else {
        (columns.rank, Anchor::Start)
    };
    scene
        .texts
        .extend(paragraph(lines, (x, baseline), font, palette::INK).map(|text| text.anchored(anchor)));
    if let Some(rank) = bar.rank {
        let at = (columns.rank - 12.0, baseline);
        scene
            .texts
            .push(TextBox::new(rank.to_string(), at, NAME, palette::GREY).anchored(Anchor::End));
    }
    let shape = shape(bar, columns, bar_y.floor(), thickness);
    let whole = whole(&shape);
    scene.texts.push(value_label(bar, columns, &whole));
    scene.marks.push(whole.mark(bar.row));
    frame.bars.push(shape);
    below
}

fn value_label(bar: &chart::Bar, columns: &Columns, whole: &Rect) -> TextBox {
    let label = value_text(bar, columns.label);
    let baseline = whole.y + whole.height / 2.0 + VALUE.middle();
    if bar.value.number().is_negative() {
        let at = (whole.x - SPACE.1, baseline);
        return TextBox::new(label, at, VALUE, palette::INK).anchored(Anchor::End);
    }
    TextBox::new(label, (whole.right() + SPACE.1, baseline), VALUE, palette::INK)
}

/// Adds what stands off the axis below `y`: name and reason side by side, or the reason below the name.
fn add_aside(aside: &Aside, columns: &Columns, y: f64, scene: &mut Scene) -> f64 {
    let names = text::wrap(&text::clean(&aside.label), ASIDE, columns.name, 2);
    let line = ASIDE.line_height();
    let baseline = y + line / 2.0 + ASIDE.middle();
    let name_height = names.len() as f64 * line;
    let ranked = columns.rank > 0.0;
    let (name_x, anchor) = if columns.beside && !ranked {
        (columns.name, Anchor::End)
    } else {
        (columns.rank, Anchor::Start)
    };
    let (x, text_y) = if columns.beside {
        (columns.left, baseline)
    } else {
        (columns.rank, baseline + name_height)
    };
    let lines = text::wrap(&text::clean(&aside.text), ASIDE, columns.full - x, 4);
    let text_height = lines.len() as f64 * line;
    let height = if columns.beside {
        name_height.max(text_height)
    } else {
        name_height + text_height
    };
    let names = paragraph(names, (name_x, baseline), ASIDE, palette::GREY).map(|text| text.anchored(anchor));
    scene
        .texts
        .extend(names.chain(paragraph(lines, (x, text_y), ASIDE, palette::GREY)));
    scene.marks.push(
        Rect {
            x: 0.0,
            y,
            width: columns.full,
            height: height.max(1.0),
        }
        .mark(aside.row),
    );
    y + height + 8.0
}

fn name_font(bar: &chart::Bar) -> Font {
    if bar.accent { CHOSEN } else { NAME }
}
