use plotters::element::Rectangle;

use super::axis;
use crate::frame::{Bar, BarEnd, BarFrame, Rect};
use crate::svg::{Drawn, Extra, Paper, at, fill, stroke};

/// Bars, then the line of zero over their feet.
pub(super) fn draw(frame: &BarFrame, paper: &Paper) -> Drawn {
    frame.bars.iter().try_for_each(|bar| draw_bar(bar, paper))?;
    let x = frame.zero + 0.5;
    frame
        .pieces
        .iter()
        .try_for_each(|(top, bottom)| axis::zero((x, *top), (x, *bottom), paper))
}

fn draw_bar(bar: &Bar, paper: &Paper) -> Drawn {
    if bar.solid.width > 0.0 {
        if bar.hatched {
            paper.draw(&Extra::Hatched(bar.color))?;
        }
        paper.draw(&Rectangle::new(corners(&bar.solid), fill(bar.color)))?;
    }
    bar.end.iter().try_for_each(|end| draw_end(end, bar, paper))
}

fn draw_end(end: &BarEnd, bar: &Bar, paper: &Paper) -> Drawn {
    match end {
        BarEnd::FadeRight(rect) => {
            paper.draw(&Extra::FadeRight(bar.color))?;
            paper.draw(&Rectangle::new(corners(rect), fill(bar.color)))
        }
        BarEnd::FadeLeft(rect) => {
            paper.draw(&Extra::FadeLeft(bar.color))?;
            paper.draw(&Rectangle::new(corners(rect), fill(bar.color)))
        }
        BarEnd::Dashed(rect) => {
            // The outline is drawn within the bar: half its stroke would else stick out.
            let inner = Rect::around(
                (rect.x + rect.width / 2.0, rect.y + rect.height / 2.0),
                (rect.width - 1.0).max(0.0),
                rect.height - 1.0,
            );
            paper.draw(&Extra::Dashed)?;
            paper.draw(&Rectangle::new(corners(&inner), stroke(bar.color, 1.0)))
        }
    }
}

fn corners(rect: &Rect) -> [(i32, i32); 2] {
    [at(rect.x, rect.y), at(rect.right(), rect.bottom())]
}
