use plotters::style::RGBColor;

use super::MarkBox;
use crate::text::{self, Font};

/// A place in pixels: right and down from the upper left corner.
pub type Point = (f64, f64);

/// A box in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// The left side.
    pub x: f64,
    /// The upper side.
    pub y: f64,
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
}

impl Rect {
    /// The right side, in pixels.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// The lower side, in pixels.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }

    /// Whether the boxes share more than a side.
    pub fn overlaps(&self, other: &Rect) -> bool {
        self.x < other.right() && other.x < self.right() && self.y < other.bottom() && other.y < self.bottom()
    }

    /// A box of this size around a centre, in pixels.
    pub fn around((x, y): Point, width: f64, height: f64) -> Rect {
        Rect {
            x: x - width / 2.0,
            y: y - height / 2.0,
            width,
            height,
        }
    }

    /// The whole pixels that hold the box.
    pub fn mark(&self, row: usize) -> MarkBox {
        let (x, y) = (self.x.floor(), self.y.floor());
        MarkBox {
            row,
            x: x as i32,
            y: y as i32,
            width: (self.right() - x).ceil().max(1.0) as u32,
            height: (self.bottom() - y).ceil().max(1.0) as u32,
        }
    }
}

/// Which point of a line of text its `x` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// Its left end.
    Start,
    /// Its middle.
    Middle,
    /// Its right end.
    End,
}

/// One line of text in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct TextBox {
    /// The words, cleaned and cut to fit.
    pub text: String,
    /// Where its anchor stands, in pixels.
    pub x: f64,
    /// Where its letters stand, in pixels.
    pub baseline: f64,
    /// Size and weight.
    pub font: Font,
    /// What `x` names.
    pub anchor: Anchor,
    /// The colour of the letters.
    pub color: RGBColor,
    /// Whether a rim of paper keeps it apart from lines behind it.
    pub halo: bool,
}

impl TextBox {
    /// A line of text that starts at `x`, in pixels.
    pub fn new(text: String, (x, baseline): Point, font: Font, color: RGBColor) -> TextBox {
        TextBox {
            text,
            x,
            baseline,
            font,
            anchor: Anchor::Start,
            color,
            halo: false,
        }
    }

    /// The same text anchored otherwise at the same `x`.
    pub fn anchored(self, anchor: Anchor) -> TextBox {
        TextBox { anchor, ..self }
    }

    /// The same text so many pixels higher.
    pub(crate) fn raised(self, pixels: f64) -> TextBox {
        TextBox {
            baseline: self.baseline - pixels,
            ..self
        }
    }

    /// The box its letters fill, in pixels.
    pub fn bounds(&self) -> Rect {
        let width = text::width(&self.text, self.font);
        let x = match self.anchor {
            Anchor::Start => self.x,
            Anchor::Middle => self.x - width / 2.0,
            Anchor::End => self.x - width,
        };
        let (ascent, descent) = (self.font.ascent(), self.font.descent());
        Rect {
            x,
            y: self.baseline - ascent,
            width,
            height: ascent + descent,
        }
    }
}

/// Lines of text below one another, the first standing at `baseline`.
pub(crate) fn paragraph(
    lines: Vec<String>,
    (x, baseline): Point,
    font: Font,
    color: RGBColor,
) -> impl Iterator<Item = TextBox> {
    lines.into_iter().enumerate().map(move |(index, line)| {
        let baseline = baseline + index as f64 * font.line_height();
        TextBox::new(line, (x, baseline), font, color)
    })
}

/// The value kept between two ends, of which the lower wins where they cross.
pub(crate) fn between(value: f64, low: f64, high: f64) -> f64 {
    value.min(high).max(low)
}

/// The middle of a pixel, where a hairline is sharp.
pub(crate) fn crisp(y: f64) -> f64 {
    y.floor() + 0.5
}
