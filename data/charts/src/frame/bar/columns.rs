use plotters::style::RGBColor;

use super::shape::{self, length, number};
use super::{ASIDE, FADE, NAME, SPACE, VALUE, name_font};
use crate::chart::{self, BarChart};
use crate::frame::NARROW;
use crate::palette;
use crate::text;

/// The share of the width that names may take beside the bars.
const NAME_SHARE: f64 = 0.34;

/// Where the columns stand, in pixels.
pub(super) struct Columns {
    pub(super) full: f64,
    pub(super) rank: f64,
    pub(super) name: f64,
    /// Whether names stand beside the bars, else above them.
    pub(super) beside: bool,
    /// The left side of bars that reach furthest below zero.
    pub(super) left: f64,
    pub(super) zero: f64,
    /// Pixels per unit.
    pub(super) unit: f64,
    /// The most a value may take, in pixels.
    pub(super) label: f64,
    /// The colour of bars that are not the chosen one.
    pub(super) others: RGBColor,
}

pub(super) fn columns(chart: &BarChart, full: f64) -> Columns {
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
    let beside_room = label_room(chart, full - rank - widest - SPACE.0);
    let beside = full >= NARROW || widest <= room && widest_value(chart) <= beside_room;
    let name = if beside { widest.min(room) } else { full - rank };
    let left = if beside { rank + name + SPACE.0 } else { 0.0 };
    let label = label_room(chart, full - left);
    let (zero, unit) = axis(chart, (left, full), label);
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
        label,
        others,
    }
}

/// Where zero stands and how many pixels a unit has, so that every bar and the value at its end fit in.
fn axis(chart: &BarChart, (left, right): (f64, f64), label: f64) -> (f64, f64) {
    let needs: Vec<(f64, f64)> = chart
        .bars
        .iter()
        .map(|bar| (number(bar), beyond(bar, label)))
        .collect();
    let reach = |unit: f64, sign: f64| {
        let ends = needs
            .iter()
            .filter(|(value, _)| value * sign > 0.0 || *value == 0.0 && sign > 0.0);
        ends.map(|(value, beyond)| length(*value, unit) + beyond)
            .fold(0.0, f64::max)
    };
    let most = needs.iter().map(|(value, _)| value.abs()).fold(0.0, f64::max);
    // One pixel for the rounding of the place of zero.
    let room = (right - left - 1.0).max(0.0);
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

/// The widest value in words, in pixels.
fn widest_value(chart: &BarChart) -> f64 {
    let widths = chart
        .bars
        .iter()
        .map(|bar| text::width(&text::clean(&bar.value_label), VALUE));
    widths.fold(0.0, f64::max)
}

/// How wide a value may be where the bars have `room`: two of them and their fades fit side by side around zero. A value that
/// was cut would be another one, so that long ones leave the bars a third.
fn label_room(chart: &BarChart, room: f64) -> f64 {
    if chart.bars.iter().any(|bar| bar.value.number().is_negative()) {
        (room / 2.0 - FADE - SPACE.1 - 3.0).max(0.0)
    } else {
        widest_value(chart).clamp(room.max(0.0) * 0.45, room.max(0.0) * 0.66)
    }
}

/// What a bar needs beyond its number, in pixels: its fade and its value in words.
fn beyond(bar: &chart::Bar, label: f64) -> f64 {
    let fade = if shape::opens_outwards(&bar.value) {
        FADE
    } else {
        0.0
    };
    fade + SPACE.1 + text::width(&value_text(bar, label), VALUE)
}

/// The value in words, cut to `label` pixels.
pub(super) fn value_text(bar: &chart::Bar, label: f64) -> String {
    text::fit(&text::clean(&bar.value_label), VALUE, label)
}
