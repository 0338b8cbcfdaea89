use plotters::element::{Circle, PathElement};

use super::axis;
use crate::frame::{Dot, LineFrame, Open, Stroke};
use crate::svg::{Drawn, Extra, Paper, at, fill, stroke, tenths};

/// From a point to the tip of its tick, in pixels; half the width and the height of the tip.
const TICK: (f64, f64, f64) = (13.0, 3.0, 3.5);

/// Grid, breaks, lines, then points on top.
pub(super) fn draw(frame: &LineFrame, paper: &Paper) -> Drawn {
    axis::grid(&frame.grid, (frame.left, frame.right), paper)?;
    for x in &frame.breaks {
        axis::break_in_series(*x, frame.height, paper)?;
    }
    frame
        .strokes
        .iter()
        .try_for_each(|stroke| draw_stroke(stroke, paper))?;
    frame.opens.iter().try_for_each(|open| draw_open(open, paper))?;
    frame.dots.iter().try_for_each(|dot| draw_dot(dot, paper))
}

fn draw_stroke(line: &Stroke, paper: &Paper) -> Drawn {
    let points: Vec<_> = line.points.iter().map(|(x, y)| at(*x, *y)).collect();
    let path = PathElement::new(points, stroke(line.color, line.width));
    if line.dashed {
        paper.draw(&Extra::Dashed)?;
    }
    paper.draw(&path)
}

fn draw_dot(dot: &Dot, paper: &Paper) -> Drawn {
    let place = at(dot.at.0, dot.at.1);
    if !dot.hollow {
        return paper.draw(&Circle::new(place, tenths(dot.radius), fill(dot.color)));
    }
    paper.draw(&Extra::Hollow)?;
    paper.draw(&Circle::new(place, tenths(dot.radius), stroke(dot.color, 1.5)))
}

/// An arrow that says: or more, or less.
fn draw_open(open: &Open, paper: &Paper) -> Drawn {
    let ((x, y), sign) = (open.at, if open.up { -1.0 } else { 1.0 });
    let (length, half, height) = TICK;
    let (tip, barb) = (y + sign * length, y + sign * (length - height));
    let points = [
        at(x, y),
        at(x, tip),
        at(x - half, barb),
        at(x, tip),
        at(x + half, barb),
    ];
    paper.draw(&PathElement::new(points, stroke(open.color, 1.2)))
}
