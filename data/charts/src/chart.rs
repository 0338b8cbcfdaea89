//! What a chart shows, without pixels: series, marks and their words. [`crate::frame`] lays it out.

use chrono::NaiveDate;
use data::{Lang, ObservationValue};

/// One chart of one kind, its words already in the reader's language.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The language the words are in, for the `lang` attribute and for line breaking.
    pub lang: Lang,
    /// The accessible name of the picture: its description in words.
    pub description: String,
    /// What is drawn.
    pub body: Body,
}

/// The kinds of chart.
#[derive(Debug, Clone, PartialEq)]
pub enum Body {
    /// Lines over time.
    Line(LineChart),
    /// Horizontal bars from zero.
    Bar(BarChart),
    /// From–to pairs, each on its own scale from zero.
    FromTo(FromToChart),
    /// A line without axes, the size of a word.
    Sparkline(Sparkline),
}

/// Which table row a mark stands for: the mark's words, source and link are there.
pub type Row = usize;

/// Lines over time, up to eight; values on one axis from zero unless `zero_based` is false.
#[derive(Debug, Clone, PartialEq)]
pub struct LineChart {
    /// The lines, the chosen one first.
    pub series: Vec<LineSeries>,
    /// Whether the axis of values starts at zero.
    pub zero_based: bool,
    /// Formats a tick of the axis of values.
    pub axis: AxisFormat,
}

/// How ticks are written: by the number formatter of `data`, in the language of the chart.
#[derive(Debug, Clone, PartialEq)]
pub struct AxisFormat {
    /// The language.
    pub lang: Lang,
    /// Digits after the point in the base unit.
    pub decimals: u8,
}

/// One line.
#[derive(Debug, Clone, PartialEq)]
pub struct LineSeries {
    /// The name at its end.
    pub label: String,
    /// Drawn in the accent colour; at most one is.
    pub accent: bool,
    /// Its points in order of time.
    pub points: Vec<LinePoint>,
}

/// One point of a line, or a gap in it.
#[derive(Debug, Clone, PartialEq)]
pub struct LinePoint {
    /// Where it stands on the axis of time.
    pub day: NaiveDate,
    /// The value, or why there is none: a gap is drawn as a gap, with this word beside it.
    pub value: Result<ObservationValue, String>,
    /// The value in words, such as `2,000余`; shown at the end of the line.
    pub value_label: String,
    /// The row of the table it stands for.
    pub row: Row,
    /// Provisional, estimated or a partial year: drawn hollow, its segment dashed.
    pub preliminary: bool,
    /// The series breaks before this point, in words: the line is broken and a rule drawn with them.
    pub break_before: Option<String>,
}

/// Horizontal bars on one axis from zero.
#[derive(Debug, Clone, PartialEq)]
pub struct BarChart {
    /// The bars, in the order shown.
    pub bars: Vec<Bar>,
    /// What belongs to the subject and may not stand on this axis, and why; written below the bars.
    pub aside: Vec<Aside>,
}

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// The place in a ranking, written before the name.
    pub rank: Option<u32>,
    /// The name.
    pub label: String,
    /// The value: its qualifier decides how the end is drawn (closed, fading upwards, or downwards).
    pub value: ObservationValue,
    /// The value in words.
    pub value_label: String,
    /// The row of the table it stands for.
    pub row: Row,
    /// Drawn in the accent colour.
    pub accent: bool,
    /// Drawn hatched.
    pub preliminary: bool,
}

/// A figure that belongs here and cannot be drawn on the axis.
#[derive(Debug, Clone, PartialEq)]
pub struct Aside {
    /// The name.
    pub label: String,
    /// The value, its period and the reason.
    pub text: String,
    /// The row of the table it stands for.
    pub row: Row,
}

/// From–to pairs.
#[derive(Debug, Clone, PartialEq)]
pub struct FromToChart {
    /// The pairs, each drawn on its own axis from zero.
    pub pairs: Vec<FromTo>,
    /// Formats the ticks.
    pub axis: AxisFormat,
}

/// One pair.
#[derive(Debug, Clone, PartialEq)]
pub struct FromTo {
    /// The name.
    pub label: String,
    /// The value at the start.
    pub from: EndPoint,
    /// The value at the end.
    pub to: EndPoint,
    /// The change in words, such as `+4,659，3.00 倍`.
    pub change_label: String,
}

/// One end of a pair.
#[derive(Debug, Clone, PartialEq)]
pub struct EndPoint {
    /// The value.
    pub value: ObservationValue,
    /// The value in words, with its unit.
    pub value_label: String,
    /// When, in words.
    pub when_label: String,
    /// The row of the table it stands for.
    pub row: Row,
    /// The date is not stated by the source: drawn hollow.
    pub date_unstated: bool,
}

/// A line the size of a word.
#[derive(Debug, Clone, PartialEq)]
pub struct Sparkline {
    /// The points in order of time.
    pub points: Vec<SparkPoint>,
}

/// One point of a sparkline, or a gap in it.
#[derive(Debug, Clone, PartialEq)]
pub struct SparkPoint {
    /// Where it stands in time.
    pub day: NaiveDate,
    /// The value; `None` is a gap.
    pub value: Option<ObservationValue>,
    /// The series breaks before it.
    pub breaks_series: bool,
}
