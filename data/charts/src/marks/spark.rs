use plotters::element::{Circle, PathElement};

use crate::frame::SparkFrame;
use crate::palette;
use crate::svg::{Drawn, Paper, at, fill, stroke, tenths};

/// A quiet line, and its end in the accent colour.
pub(super) fn draw(frame: &SparkFrame, paper: &Paper) -> Drawn {
    for piece in &frame.pieces {
        match piece.as_slice() {
            [(x, y)] => paper.draw(&Circle::new(at(*x, *y), tenths(1.5), fill(palette::MUTED)))?,
            points => {
                let points: Vec<_> = points.iter().map(|(x, y)| at(*x, *y)).collect();
                paper.draw(&PathElement::new(points, stroke(palette::MUTED, 1.5)))?;
            }
        }
    }
    match frame.end {
        Some((x, y)) => paper.draw(&Circle::new(at(x, y), tenths(3.0), fill(palette::ACCENT))),
        None => Ok(()),
    }
}
