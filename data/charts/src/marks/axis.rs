use plotters::element::PathElement;

use crate::frame::{Point, Rule};
use crate::palette;
use crate::svg::{Drawn, Extra, Paper, at, stroke};

/// The grid of a plot from `left` to `right`, in pixels: hairlines, and a dark line at zero.
pub(super) fn grid(rules: &[Rule], (left, right): (f64, f64), paper: &Paper) -> Drawn {
    for rule in rules {
        let color = if rule.zero {
            palette::INK
        } else {
            palette::HAIRLINE
        };
        paper.draw(&PathElement::new(
            [at(left, rule.y), at(right, rule.y)],
            stroke(color, 1.0),
        ))?;
    }
    Ok(())
}

/// The dark line bars start from.
pub(super) fn zero(from: Point, to: Point, paper: &Paper) -> Drawn {
    paper.draw(&PathElement::new(
        [at(from.0, from.1), at(to.0, to.1)],
        stroke(palette::INK, 1.0),
    ))
}

/// A dotted rule where a definition changed.
pub(super) fn break_in_series(x: f64, (top, bottom): (f64, f64), paper: &Paper) -> Drawn {
    let rule = PathElement::new([at(x, top), at(x, bottom)], stroke(palette::MUTED, 1.0));
    paper.draw(&Extra::Dotted)?;
    paper.draw(&rule)
}
