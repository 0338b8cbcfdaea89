use chrono::NaiveDate;

use super::{Point, Scene, Shapes};
use crate::chart::{SparkPoint, Sparkline};
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

/// It has neither axis nor words: what it shows is the shape in time, from the lowest value to the highest.
pub(super) fn layout(chart: &Sparkline, width: u32) -> Scene {
    let values = || chart.points.iter().filter_map(|point| point.value.as_ref());
    let numbers = || values().map(|value| scale::to_f64(value.number()));
    let (low, high) = (
        numbers().fold(f64::MAX, f64::min),
        numbers().fold(f64::MIN, f64::max),
    );
    let room = (f64::from(width) - 2.0 * EDGE, f64::from(HEIGHT) - 2.0 * EDGE);
    let place = |point: &SparkPoint| {
        let number = scale::to_f64(point.value.as_ref()?.number());
        let share = if high > low {
            (number - low) / (high - low)
        } else {
            0.5
        };
        let x = EDGE + share_of_time(&chart.points, point.day) * room.0;
        Some((x, EDGE + (1.0 - share) * room.1))
    };
    let mut pieces: Vec<Vec<Point>> = vec![Vec::new()];
    for point in &chart.points {
        if point.value.is_none() || point.breaks_series {
            pieces.push(Vec::new());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.extend(place(point));
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    let end = pieces.last().and_then(|piece| piece.last()).copied();
    Scene {
        width,
        height: HEIGHT,
        texts: Vec::new(),
        marks: Vec::new(),
        shapes: Shapes::Spark(SparkFrame { pieces, end }),
    }
}

/// How far a day is along the time of the points, from 0 to 1.
fn share_of_time(points: &[SparkPoint], day: NaiveDate) -> f64 {
    let ends = points.first().zip(points.last());
    ends.map_or(1.0, |(first, last)| {
        let whole = (last.day - first.day).num_days();
        let until = (day - first.day).num_days();
        if whole == 0 {
            1.0
        } else {
            until as f64 / whole as f64
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use data::ObservationValue;

    fn point(day: &str, value: Option<i64>, breaks_series: bool) -> SparkPoint {
        SparkPoint {
            day: day.parse().unwrap(),
            value: value.map(ObservationValue::exact),
            breaks_series,
        }
    }

    fn check(points: Vec<SparkPoint>, expected: &[&[f64]]) {
        let Shapes::Spark(frame) = layout(&Sparkline { points }, 108).shapes else {
            panic!("a sparkline is laid out as one");
        };
        let xs = |piece: &Vec<Point>| piece.iter().map(|(x, _)| x.round()).collect::<Vec<f64>>();
        let pieces: Vec<Vec<f64>> = frame.pieces.iter().map(xs).collect();
        assert_eq!(pieces, expected);
    }

    #[test]
    fn points_stand_by_their_time_and_not_by_their_number() {
        let days = ["2012-12-31", "2013-12-31", "2022-12-31"];
        let points = days.map(|day| point(day, Some(1), false));
        check(points.into(), &[&[4.0, 14.0, 104.0]]);
    }

    #[test]
    fn a_gap_and_a_break_part_the_line() {
        let points = [
            point("2018-12-31", Some(1), false),
            point("2019-12-31", None, false),
            point("2020-12-31", Some(2), false),
            point("2021-12-31", Some(3), false),
            point("2022-12-31", Some(4), true),
        ];
        check(points.into(), &[&[4.0], &[54.0, 79.0], &[104.0]]);
    }
}
