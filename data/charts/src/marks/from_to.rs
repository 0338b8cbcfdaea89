use plotters::element::{Circle, PathElement};
use plotters::style::RGBColor;

use crate::frame::{FromToFrame, Track};
use crate::palette;
use crate::svg::{Drawn, Extra, Paper, at, fill, stroke, tenths};

/// The radius of the circle at the start, and of the one at the end, in pixels.
const RADIUS: (f64, f64) = (6.0, 6.5);

/// The radius of a start that lies around the end, in pixels.
const AROUND: f64 = 10.5;

/// Tracks, arrows, then circles on top.
pub(super) fn draw(frame: &FromToFrame, paper: &Paper) -> Drawn {
    frame.tracks.iter().try_for_each(|track| draw_track(track, paper))
}

fn draw_track(track: &Track, paper: &Paper) -> Drawn {
    let y = track.y;
    let hairline = stroke(palette::HAIRLINE, 1.0);
    paper.draw(&PathElement::new(
        [at(track.ends.0, y), at(track.ends.1, y)],
        hairline,
    ))?;
    for x in &track.ticks {
        paper.draw(&PathElement::new([at(*x, y), at(*x, y + 5.0)], hairline))?;
    }
    for (x, direction) in &track.opens {
        let from = x + direction * (RADIUS.1 + 2.0);
        let path = PathElement::new(
            [at(from, y), at(from + direction * 14.0, y)],
            stroke(palette::ACCENT, 2.0),
        );
        paper.draw(&Extra::Dotted)?;
        paper.draw(&path)?;
    }
    draw_arrow(track, paper)?;
    // Where both ends meet, the start is a ring around the end.
    let (radius, hollow) = if (track.to - track.from).abs() < RADIUS.0 {
        (AROUND, true)
    } else {
        (RADIUS.0, track.unstated.0)
    };
    draw_circle(track.from, y, radius, palette::MUTED, hollow, paper)?;
    draw_circle(track.to, y, RADIUS.1, palette::ACCENT, track.unstated.1, paper)
}

/// An arrow between the rims of the circles; none where they touch.
fn draw_arrow(track: &Track, paper: &Paper) -> Drawn {
    let direction = if track.to > track.from { 1.0 } else { -1.0 };
    let (start, tip) = (
        track.from + direction * RADIUS.0,
        track.to - direction * (RADIUS.1 + 1.0),
    );
    if (tip - start) * direction < 4.0 {
        return Ok(());
    }
    let y = track.y;
    paper.draw(&PathElement::new(
        [at(start, y), at(tip, y)],
        stroke(palette::ACCENT, 2.5),
    ))?;
    if (tip - start) * direction < 14.0 {
        return Ok(());
    }
    let barb = tip - direction * 8.0;
    let head = [at(barb, y - 6.0), at(tip, y), at(barb, y + 6.0)];
    paper.draw(&PathElement::new(head, stroke(palette::ACCENT, 2.5)))
}

fn draw_circle(x: f64, y: f64, radius: f64, color: RGBColor, hollow: bool, paper: &Paper) -> Drawn {
    if hollow {
        let ring = Circle::new(at(x, y), tenths(radius - 1.25), stroke(color, 2.5));
        paper.draw(&Extra::Hollow)?;
        return paper.draw(&ring);
    }
    paper.draw(&Circle::new(at(x, y), tenths(radius), fill(color)))
}
