//! Pixels without data: where everything in a picture stands, computed before anything is drawn.
//!
//! One file per kind of chart lays it out into a [`Scene`]; the drawing only writes the scene down.

mod bar;
mod end_labels;
mod from_to;
mod gaps;
mod hits;
mod line;
mod place;
mod spark;
mod spread;

use crate::chart::{Body, Chart};
use crate::marks;
use crate::svg::{Outside, Pen, View, finish};

pub use bar::{Bar, BarEnd, BarFrame};
pub use from_to::{FromToFrame, Track};
pub use line::{Dot, LineFrame, Open, Rule, Stroke};
pub(crate) use place::paragraph;
pub use place::{Anchor, Point, Rect, TextBox};
pub use spark::SparkFrame;

/// The narrowest and the widest picture, in pixels: below, no label fits; above, no screen shows it.
pub const WIDTHS: std::ops::RangeInclusive<u32> = 96..=4096;

/// Below this width, in pixels, names stand above their marks instead of beside them.
pub(crate) const NARROW: f64 = 480.0;

/// A finished picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The SVG element with its words, ready to stand in a page or in a file.
    pub svg: String,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels, which follows from the width and from what is shown.
    pub height: u32,
    /// The box of every mark, for pointer and keyboard.
    pub marks: Vec<MarkBox>,
}

/// Where a mark stands, in pixels from the upper left corner of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarkBox {
    /// The row of the table it stands for.
    pub row: usize,
    /// The left side.
    pub x: i32,
    /// The upper side.
    pub y: i32,
    /// The width.
    pub width: u32,
    /// The height.
    pub height: u32,
}

/// A laid-out picture: every word with its place, every mark with its box, and the shapes of its kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// The width in pixels.
    pub width: u32,
    /// The height in pixels.
    pub height: u32,
    /// Every word in the picture.
    pub texts: Vec<TextBox>,
    /// The box of every mark.
    pub marks: Vec<MarkBox>,
    /// What is drawn besides words.
    pub shapes: Shapes,
}

/// The shapes of each kind of chart.
#[derive(Debug, Clone, PartialEq)]
pub enum Shapes {
    /// Lines over time.
    Line(LineFrame),
    /// Bars.
    Bar(BarFrame),
    /// From–to pairs.
    FromTo(FromToFrame),
    /// A sparkline.
    Spark(SparkFrame),
    /// None: the words say all there is to say.
    Words,
}

/// The picture of a chart, `width` pixels wide (see [`WIDTHS`]).
///
/// The same chart and width are the same bytes on every machine.
pub fn draw(chart: &Chart, width: u32) -> Drawing {
    let scene = layout(chart, width);
    let hits = hits::targets(&scene.marks, (scene.width, scene.height));
    let outside = Outside {
        lang: chart.lang,
        description: &chart.description,
        view: View {
            x: 0,
            y: 0,
            width: scene.width,
            height: scene.height,
        },
        alone: None,
        texts: &[],
        hits: &hits,
    };
    Drawing {
        svg: write(&scene, &outside),
        width: scene.width,
        height: scene.height,
        marks: scene.marks,
    }
}

/// The SVG of a laid-out picture.
pub(crate) fn write(scene: &Scene, outside: &Outside<'_>) -> String {
    let mut raw = String::with_capacity(16 * 1024);
    let mut extras = Vec::new();
    // Writing into a string does not fail; if it ever did, what was drawn until then is still a picture.
    let size = (scene.width, scene.height);
    let _ = marks::draw(scene, &Pen::on(&mut raw, &mut extras, size));
    finish(&raw, &extras, outside)
}

/// Where everything stands in a picture of this chart, `width` pixels wide (see [`WIDTHS`]).
pub fn layout(chart: &Chart, width: u32) -> Scene {
    laid_out(chart, width, None)
}

/// The same where the plot of a chart with axes is to be so high, in pixels; other charts are as high as what they show.
pub(crate) fn layout_of_height(chart: &Chart, width: u32, plot: f64) -> Scene {
    laid_out(chart, width, Some(plot))
}

fn laid_out(chart: &Chart, width: u32, plot: Option<f64>) -> Scene {
    let width = width.clamp(*WIDTHS.start(), *WIDTHS.end());
    let mut scene = match &chart.body {
        Body::Line(line) => line::layout(line, chart.lang, width, plot),
        Body::Bar(bar) => bar::layout(bar, width),
        Body::FromTo(from_to) => from_to::layout(from_to, width),
        Body::Sparkline(spark) => spark::layout(spark, width),
    };
    // Marks that stand on nothing have no width and are no words.
    scene.texts.retain(|text| text.bounds().width > 0.0);
    scene
}
