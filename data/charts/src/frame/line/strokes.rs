use data::ObservationValue;
use plotters::style::RGBColor;

use super::{Dot, LineFrame, Open, Plot, Stroke};
use crate::chart::{LineChart, LinePoint, LineSeries};
use crate::frame::Point;
use crate::frame::place::crisp;

/// Quiet lines first, so that the chosen one lies on top.
pub(super) fn in_order_of_drawing<'a>(
    series: &'a [LineSeries],
    colors: &'a [RGBColor],
) -> impl Iterator<Item = (&'a LineSeries, &'a RGBColor)> {
    let pairs = || series.iter().zip(colors);
    pairs()
        .filter(|(series, _)| !series.accent)
        .chain(pairs().filter(|(series, _)| series.accent))
}

/// Half-way before every point at which a series breaks, with the words that say why; several series that break at one
/// place for one reason have one mark.
pub(super) fn breaks<'a>(chart: &'a LineChart, plot: &Plot) -> Vec<(f64, &'a str)> {
    let halfway = |pair: &[LinePoint]| (plot.x(pair[0].day) + plot.x(pair[1].day)) / 2.0;
    let places: Vec<(f64, &'a str)> = chart
        .series
        .iter()
        .flat_map(|series| series.points.windows(2))
        .filter_map(|pair| Some((crisp(halfway(pair)), pair[1].break_before.as_deref()?)))
        .collect();
    let mut places = crate::order::sorted(&places, |(x, _)| *x);
    places.dedup();
    places
}

/// Adds the pieces of a line between its gaps and breaks, and the points that show.
pub(super) fn add_series(frame: &mut LineFrame, series: &LineSeries, color: RGBColor, plot: &Plot) {
    let width = if series.accent { 2.5 } else { 1.5 };
    let mut strokes: Vec<Stroke> = Vec::new();
    for pair in series
        .points
        .windows(2)
        .filter(|pair| pair[1].break_before.is_none())
    {
        let (Some(from), Some(to)) = (plot.point(&pair[0]), plot.point(&pair[1])) else {
            continue;
        };
        let dashed = pair[0].preliminary || pair[1].preliminary;
        match strokes.last_mut() {
            Some(stroke) if stroke.points.last() == Some(&from) && stroke.dashed == dashed => {
                stroke.points.push(to);
            }
            _ => strokes.push(Stroke {
                points: vec![from, to],
                color,
                width,
                dashed,
            }),
        }
    }
    add_dots(frame, series, color, plot, &strokes);
    frame.strokes.extend(strokes);
}

/// Dots where a line ends, where a point stands alone between gaps, and where it may still change.
fn add_dots(frame: &mut LineFrame, series: &LineSeries, color: RGBColor, plot: &Plot, strokes: &[Stroke]) {
    let radius = if series.accent { 4.0 } else { 3.0 };
    let last = series.points.iter().rposition(|point| point.value.is_ok());
    for (index, point) in series.points.iter().enumerate() {
        let (Some(at), Ok(value)) = (plot.point(point), &point.value) else {
            continue;
        };
        let joined = || strokes.iter().any(|stroke| stroke.points.contains(&at));
        if Some(index) == last || point.preliminary || !joined() {
            frame.dots.push(Dot {
                at,
                radius,
                color,
                hollow: point.preliminary,
            });
        }
        add_opens(frame, value, at, color);
    }
}

fn add_opens(frame: &mut LineFrame, value: &ObservationValue, at: Point, color: RGBColor) {
    let qualifier = value.qualifier();
    if qualifier.opens_upwards() {
        frame.opens.push(Open { at, up: true, color });
    }
    if qualifier.opens_downwards() {
        frame.opens.push(Open { at, up: false, color });
    }
}
