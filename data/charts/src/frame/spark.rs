use data::ObservationValue;

use super::{Point, Scene, Shapes};
use crate::chart::Sparkline;
use crate::scale;

/// The height of a sparkline in pixels: two lines of text.
const HEIGHT: u32 = 32;
/// Room for the dot at the end, in pixels.
const EDGE: f64 = 4.0;

/// The shapes of a sparkline, in pixels.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SparkFrame {
    /// The pieces of the line between gaps, each of one point or more.
    pub pieces: Vec<Vec<Point>>,
    /// The last value.
    pub end: Option<Point>,
}

/// It has neither axis nor words: what it shows is the shape, from the lowest value to the highest.
pub(super) fn layout(chart: &Sparkline, width: u32) -> Scene {
    let numbers = || {
        chart
            .points
            .iter()
            .flatten()
            .map(|value| scale::to_f64(value.number()))
    };
    let (low, high) = (
        numbers().fold(f64::MAX, f64::min),
        numbers().fold(f64::MIN, f64::max),
    );
    let step = (f64::from(width) - 2.0 * EDGE) / chart.points.len().saturating_sub(1).max(1) as f64;
    let height = f64::from(HEIGHT);
    let place = |(index, value): (usize, &ObservationValue)| {
        let share = if high > low {
            (scale::to_f64(value.number()) - low) / (high - low)
        } else {
            0.5
        };
        (
            EDGE + index as f64 * step,
            height - EDGE - share * (height - 2.0 * EDGE),
        )
    };
    let mut frame = SparkFrame::default();
    for run in chart
        .points
        .iter()
        .enumerate()
        .collect::<Vec<_>>()
        .split(|(_, value)| value.is_none())
    {
        let piece = run
            .iter()
            .filter_map(|(index, value)| Some(place((*index, value.as_ref()?))));
        frame
            .pieces
            .extend(Some(piece.collect::<Vec<_>>()).filter(|piece| !piece.is_empty()));
    }
    frame.end = frame.pieces.last().and_then(|piece| piece.last()).copied();
    Scene {
        width,
        height: HEIGHT,
        texts: Vec::new(),
        marks: Vec::new(),
        shapes: Shapes::Spark(frame),
    }
}
