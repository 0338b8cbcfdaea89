use data::{ObservationValue, Qualifier};

use super::columns::Columns;
use super::{Bar, BarEnd, FADE};
use crate::chart;
use crate::frame::Rect;
use crate::frame::place::between;
use crate::palette;
use crate::scale;

/// The least length of a dashed end, in pixels.
const DASHES: f64 = 12.0;

/// The bar from zero, `y` its upper side, in pixels.
pub(super) fn shape(bar: &chart::Bar, columns: &Columns, y: f64, height: f64) -> Bar {
    let value = &bar.value;
    let negative = value.number().is_negative();
    let length = length(number(bar), columns.unit);
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

/// The length of a bar in whole pixels; a value that is not zero shows, however short its bar would be.
pub(super) fn length(value: f64, unit: f64) -> f64 {
    if value == 0.0 {
        0.0
    } else {
        (value.abs() * unit).round().max(1.0)
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
pub(super) fn whole(bar: &Bar) -> Rect {
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

pub(super) fn opens_outwards(value: &ObservationValue) -> bool {
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

pub(super) fn number(bar: &chart::Bar) -> f64 {
    scale::to_f64(bar.value.number())
}
