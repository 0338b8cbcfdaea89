mod strokes;

use chrono::{Datelike, NaiveDate};
use data::{Decimal, Lang, ObservationValue};
use plotters::style::RGBColor;

use self::strokes::{add_series, breaks, in_order_of_drawing};
use super::end_labels::EndLabels;
use super::gaps;
use super::place::{between, crisp};
use super::{Anchor, MarkBox, Point, Rect, Scene, Shapes, TextBox};
use crate::chart::{LineChart, LinePoint, LineSeries};
use crate::palette;
use crate::scale::{self, ValueAxis};
use crate::text::{self, Font};

/// Dates and values along the axes.
pub(crate) const TICK: Font = text::NOTE;
/// From the plot's upper side to the picture's, in pixels: half a tick label.
const TOP: f64 = 12.0;
/// From the zero line down to the baseline of the dates, in pixels.
const DATES: f64 = 20.0;

/// The shapes of a line chart, in pixels.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LineFrame {
    /// Horizontal hairlines from `left` to `right`.
    pub grid: Vec<Rule>,
    /// The left end of the grid.
    pub left: f64,
    /// The right end of the grid, where the last day stands.
    pub right: f64,
    /// The upper and the lower end of rules at breaks.
    pub height: (f64, f64),
    /// Where series break, from left to right.
    pub breaks: Vec<f64>,
    /// The lines, in the order they are drawn.
    pub strokes: Vec<Stroke>,
    /// Points that show, in the order they are drawn.
    pub dots: Vec<Dot>,
    /// Ticks at points whose true value may lie higher or lower.
    pub opens: Vec<Open>,
}

/// A line across the plot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rule {
    /// Its height in pixels.
    pub y: f64,
    /// Whether it stands for zero.
    pub zero: bool,
}

/// A piece of a line between two gaps.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    /// Its corners.
    pub points: Vec<Point>,
    /// Its colour.
    pub color: RGBColor,
    /// Its width in pixels.
    pub width: f64,
    /// Whether what it leads to may still change.
    pub dashed: bool,
}

/// A point that shows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Dot {
    /// Its middle.
    pub at: Point,
    /// Its radius in pixels.
    pub radius: f64,
    /// Its colour.
    pub color: RGBColor,
    /// Whether it may still change.
    pub hollow: bool,
}

/// A tick that says: or more, or less.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Open {
    /// Where the tick starts.
    pub at: Point,
    /// Whether it points up.
    pub up: bool,
    /// Its colour.
    pub color: RGBColor,
}

/// Days and values as pixels.
pub(crate) struct Plot {
    pub(crate) area: Rect,
    first: NaiveDate,
    days: f64,
    axis: ValueAxis,
}

impl Plot {
    pub(crate) fn x(&self, day: NaiveDate) -> f64 {
        if self.days == 0.0 {
            return self.area.right();
        }
        self.area.x + (day - self.first).num_days() as f64 / self.days * self.area.width
    }

    pub(crate) fn y(&self, value: Decimal) -> f64 {
        self.area.bottom() - self.axis.share(scale::to_f64(value)) * self.area.height
    }

    /// Where a point stands; nothing for a gap.
    pub(crate) fn point(&self, point: &LinePoint) -> Option<Point> {
        let value = point.value.as_ref().ok()?;
        Some((self.x(point.day), self.y(value.number())))
    }
}

/// The colours of the series, in their order.
pub(crate) fn colors(series: &[LineSeries]) -> Vec<RGBColor> {
    let mut quiet = palette::SERIES.iter().copied().cycle();
    let mut color = |series: &LineSeries| match series.accent {
        true => palette::ACCENT,
        false => quiet.next().unwrap_or(palette::GREY),
    };
    series.iter().map(&mut color).collect()
}

/// `plot` is the height wanted of the plot in pixels; where none is, it follows from the width.
pub(super) fn layout(chart: &LineChart, lang: Lang, width: u32, plot: Option<f64>) -> Scene {
    let full = f64::from(width);
    let colors = colors(&chart.series);
    let mut height = plot.unwrap_or_else(|| between((full * 0.46).round(), 190.0, 340.0));
    let axis = axis(chart, height);
    let left = tick_width(&axis, chart) + 8.0;
    let mut labels = EndLabels::new(&chart.series, &colors, full, left, lang);
    height = height.max(labels.height());
    labels.settle(TOP, height, |number| {
        TOP + height * (1.0 - axis.share(scale::to_f64(number)))
    });
    let right = full - labels.column();
    let area = Rect {
        x: left,
        y: TOP,
        width: (right - left).max(1.0),
        height,
    };
    let days = days(chart);
    let span = days.first().zip(days.last());
    let plot = Plot {
        area,
        first: span.map_or(NaiveDate::MIN, |(first, _)| *first),
        days: span.map_or(0.0, |(first, last)| (*last - *first).num_days() as f64),
        axis,
    };
    let breaks = breaks(chart, &plot);
    let mut frame = LineFrame {
        grid: grid(&plot),
        left,
        right,
        height: (area.y, area.bottom()),
        breaks: breaks.iter().map(|(x, _)| *x).collect(),
        ..LineFrame::default()
    };
    for (series, color) in in_order_of_drawing(&chart.series, &colors) {
        add_series(&mut frame, series, *color, &plot);
    }
    let mut texts = tick_texts(&plot, chart);
    texts.extend(date_texts(&plot, &days, lang, full));
    let below = area.bottom() + DATES + TICK.descent();
    let below = labels.place(&plot, &mut frame, &mut texts, below);
    let mut marks = point_marks(chart, &plot);
    marks.extend(gaps::marks(chart, &plot));
    let marks = crate::order::sorted(&marks, |mark| mark.row as f64);
    let mut notes = gaps::place_breaks(&breaks, &plot, &frame, &mut texts);
    notes.extend(gaps::place(chart, &colors, (&plot, &frame), lang, &mut texts));
    let total = gaps::place_notes(&notes, full, &mut texts, below);
    Scene {
        width,
        height: total.ceil() as u32,
        texts,
        marks,
        shapes: Shapes::Line(frame),
    }
}

fn values(chart: &LineChart) -> impl Iterator<Item = &ObservationValue> {
    chart
        .series
        .iter()
        .flat_map(|series| &series.points)
        .filter_map(|point| point.value.as_ref().ok())
}

fn axis(chart: &LineChart, height: f64) -> ValueAxis {
    let numbers = || values(chart).map(ObservationValue::number);
    let (min, max) = (
        numbers().min().unwrap_or(Decimal::ZERO),
        numbers().max().unwrap_or(Decimal::ZERO),
    );
    let intervals = between(height / 80.0, 3.0, 4.0) as usize;
    scale::value_axis(min, max, chart.zero_based, chart.axis.decimals, intervals)
}

fn tick_label(tick: Decimal, chart: &LineChart) -> String {
    data::format::axis(tick, chart.axis.decimals, chart.axis.lang)
}

fn tick_width(axis: &ValueAxis, chart: &LineChart) -> f64 {
    let widths = axis
        .ticks
        .iter()
        .map(|tick| text::width(&tick_label(*tick, chart), TICK));
    widths.fold(0.0, f64::max).ceil()
}

fn days(chart: &LineChart) -> Vec<NaiveDate> {
    let days: Vec<NaiveDate> = chart
        .series
        .iter()
        .flat_map(|series| &series.points)
        .map(|point| point.day)
        .collect();
    let mut days = crate::order::sorted(&days, |day| f64::from(day.num_days_from_ce()));
    days.dedup();
    days
}

fn grid(plot: &Plot) -> Vec<Rule> {
    let rule = |tick: &Decimal| Rule {
        y: crisp(plot.y(*tick)),
        zero: tick.is_zero(),
    };
    plot.axis.ticks.iter().map(rule).collect()
}

fn tick_texts(plot: &Plot, chart: &LineChart) -> Vec<TextBox> {
    let text = |tick: &Decimal| {
        let at = (plot.area.x - 8.0, plot.y(*tick) + TICK.middle());
        TextBox::new(tick_label(*tick, chart), at, TICK, palette::GREY).anchored(Anchor::End)
    };
    plot.axis.ticks.iter().map(text).collect()
}

fn date_texts(plot: &Plot, days: &[NaiveDate], lang: Lang, full: f64) -> Vec<TextBox> {
    let width = |label: &str| text::width(label, TICK);
    let middle = |day: NaiveDate, label: &str| {
        let half = width(label) / 2.0;
        between(plot.x(day), half, full - half)
    };
    let text = |tick: scale::TimeTick| {
        let at = (middle(tick.day, &tick.label), plot.area.bottom() + DATES);
        TextBox::new(tick.label, at, TICK, palette::GREY).anchored(Anchor::Middle)
    };
    scale::time_ticks(days, lang, middle, width)
        .into_iter()
        .map(text)
        .collect()
}

fn point_marks(chart: &LineChart, plot: &Plot) -> Vec<MarkBox> {
    let points = chart.series.iter().flat_map(|series| &series.points);
    points
        .filter_map(|point| Some(Rect::around(plot.point(point)?, 8.0, 8.0).mark(point.row)))
        .collect()
}
