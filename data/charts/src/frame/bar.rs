use data::{ObservationValue, Qualifier};
use plotters::style::RGBColor;

use super::place::{Anchor, TextBox, between, paragraph};
use super::{NARROW, Rect, Scene, Shapes};
use crate::chart::{self, Aside, BarChart};
use crate::palette;
use crate::scale;
use crate::text::{self, Font};

const NAME: Font = Font::regular(13.0);
const CHOSEN: Font = Font::bold(13.0);
const VALUE: Font = Font::bold(13.0);
const ASIDE: Font = Font::regular(12.0);

/// The share of the width that names may take beside the bars.
const NAME_SHARE: f64 = 0.34;
/// From a name to the bars, from a bar's end to its value, in pixels.
const SPACE: (f64, f64) = (10.0, 7.0);
/// How far an open bar fades out beyond its number, in pixels: a sign, not a measure.
const FADE: f64 = 24.0;
/// The least length of a dashed end, in pixels.
const DASHES: f64 = 12.0;

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

/// Where the columns stand, in pixels.
struct Columns {
    full: f64,
    rank: f64,
    name: f64,
    /// Whether names stand beside the bars, else above them.
    beside: bool,
    /// The left side of bars that reach furthest below zero.
    left: f64,
    zero: f64,
    /// Pixels per unit.
    unit: f64,
    /// The colour of bars that are not the chosen one.
    others: RGBColor,
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

fn name_font(bar: &chart::Bar) -> Font {
    if bar.accent { CHOSEN } else { NAME }
}

fn columns(chart: &BarChart, full: f64) -> Columns {
    let rank = |bar: &chart::Bar| {
        bar.rank
            .map_or(0.0, |rank| text::width(&rank.to_string(), NAME) + 12.0)
    };
    let rank = chart.bars.iter().map(rank).fold(0.0, f64::max).ceil();
    let name = |bar: &chart::Bar| text::width(&text::clean(&bar.label), name_font(bar));
    let names = chart.bars.iter().map(name);
    let asides = chart
        .aside
        .iter()
        .map(|aside| text::width(&text::clean(&aside.label), ASIDE));
    let widest = names.chain(asides).fold(0.0, f64::max).ceil();
    let room = (full * NAME_SHARE - rank).max(0.0);
    let beside = full >= NARROW || widest <= room;
    let name = if beside { widest.min(room) } else { full - rank };
    let left = if beside { rank + name + SPACE.0 } else { 0.0 };
    let (zero, unit) = axis(chart, left, full);
    let chosen = chart.bars.iter().any(|bar| bar.accent);
    let others = if chosen { palette::QUIET } else { palette::NAVY };
    Columns {
        full,
        rank,
        name,
        beside,
        left,
        zero,
        unit,
        others,
    }
}

/// Where zero stands and how many pixels a unit has, so that every bar and the value at its end fit in.
fn axis(chart: &BarChart, left: f64, right: f64) -> (f64, f64) {
    let needs: Vec<(f64, f64)> = chart
        .bars
        .iter()
        .map(|bar| (number(bar), beyond(bar, right - left)))
        .collect();
    let reach = |unit: f64, sign: f64| {
        let ends = needs
            .iter()
            .filter(|(value, _)| value * sign > 0.0 || *value == 0.0 && sign > 0.0);
        ends.map(|(value, beyond)| value.abs() * unit + beyond)
            .fold(0.0, f64::max)
    };
    let most = needs.iter().map(|(value, _)| value.abs()).fold(0.0, f64::max);
    // Two pixels for rounding.
    let room = (right - left - 2.0).max(0.0);
    if most == 0.0 {
        return (left.ceil(), 0.0);
    }
    // Both sides grow with the unit and every bar has its own label, so the widest that fits is found by halving.
    let (mut fits, mut overflows) = (0.0, room / most);
    for _ in 0..40 {
        let unit = (fits + overflows) / 2.0;
        if reach(unit, 1.0) + reach(unit, -1.0) <= room {
            fits = unit;
        } else {
            overflows = unit;
        }
    }
    ((left + reach(fits, -1.0)).ceil(), fits)
}

fn number(bar: &chart::Bar) -> f64 {
    scale::to_f64(bar.value.number())
}

/// What a bar needs beyond its number, in pixels: its fade and its label.
fn beyond(bar: &chart::Bar, room: f64) -> f64 {
    let label = text::width(&value_text(bar, room), VALUE);
    fade(&bar.value) + SPACE.1 + label
}

fn value_text(bar: &chart::Bar, room: f64) -> String {
    text::fit(&text::clean(&bar.value_label), VALUE, room * 0.45)
}

fn fade(value: &ObservationValue) -> f64 {
    if opens_outwards(value) { FADE } else { 0.0 }
}

fn opens_outwards(value: &ObservationValue) -> bool {
    let qualifier = value.qualifier();
    if value.number().is_negative() {
        qualifier.opens_downwards()
    } else {
        qualifier.opens_upwards()
    }
}

fn opens_inwards(value: &ObservationValue) -> bool {
    let qualifier = value.qualifier();
    if value.number().is_negative() {
        qualifier.opens_upwards()
    } else {
        qualifier.opens_downwards()
    }
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
    let name_height = lines.len() as f64 * font.line_height();
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
    let label = value_text(bar, columns.full - columns.left);
    let baseline = whole.y + whole.height / 2.0 + VALUE.middle();
    if bar.value.number().is_negative() {
        let at = (whole.x - SPACE.1, baseline);
        return TextBox::new(label, at, VALUE, palette::INK).anchored(Anchor::End);
    }
    TextBox::new(label, (whole.right() + SPACE.1, baseline), VALUE, palette::INK)
}

fn shape(bar: &chart::Bar, columns: &Columns, y: f64, height: f64) -> Bar {
    let value = &bar.value;
    let negative = value.number().is_negative();
    // A value that is not zero shows, however short its bar would be.
    let least = if value.number().is_zero() { 0.0 } else { 1.0 };
    let length = (number(bar).abs() * columns.unit).round().max(least);
    let open = if opens_inwards(value) {
        uncertain(value, length, columns.unit).round()
    } else {
        0.0
    };
    let part = |from: f64, to: f64| Rect {
        x: if negative {
            columns.zero - to
        } else {
            columns.zero + from
        },
        y,
        width: to - from,
        height,
    };
    let end = if opens_outwards(value) {
        // 约 opens both ways: its bar dissolves from the least it may be.
        let fade = part(length - open, length + FADE);
        let side = if negative {
            BarEnd::FadeLeft
        } else {
            BarEnd::FadeRight
        };
        Some(side(fade))
    } else {
        (open > 0.0).then(|| BarEnd::Dashed(part(length - open, length)))
    };
    Bar {
        solid: part(0.0, length - open),
        end,
        color: if bar.accent {
            palette::ACCENT
        } else {
            columns.others
        },
        hatched: bar.preliminary,
    }
}

/// How much of a bar may not be there: all of it where the source states no lower end.
fn uncertain(value: &ObservationValue, length: f64, unit: f64) -> f64 {
    match value.qualifier() {
        Qualifier::AtMost | Qualifier::MoreThan | Qualifier::AtLeast => length,
        _ => between(scale::to_f64(value.slack()) * unit, DASHES.min(length), length),
    }
}

/// The box of a bar with its ends.
fn whole(bar: &Bar) -> Rect {
    let (mut left, mut right) = (bar.solid.x, bar.solid.right());
    if let Some(end) = &bar.end {
        let (BarEnd::FadeRight(rect) | BarEnd::FadeLeft(rect) | BarEnd::Dashed(rect)) = end;
        (left, right) = (left.min(rect.x), right.max(rect.right()));
    }
    Rect {
        x: left,
        width: right - left,
        ..bar.solid
    }
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
