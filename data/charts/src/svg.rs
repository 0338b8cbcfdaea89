//! The pen: plotters' SVG backend with our own measure of text, drawing in tenths of a pixel.
//!
//! plotters counts in whole pixels, so the picture is drawn ten times as large and [`finish`] puts the point back. What
//! plotters has no word for (dashes, gradients, hatching, a paper-coloured inside) is noted per element as an
//! [`Extra`], and written by [`finish`] too.

mod finish;
mod group;

use std::io;

use plotters::coord::Shift;
use plotters::drawing::DrawingArea;
use plotters::element::{Drawable, PointCollection};
use plotters::prelude::IntoDrawingArea;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{FontDesc, FontFamily, FontStyle, FontTransform, RGBColor, ShapeStyle, TextStyle};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};
use plotters_svg::SVGBackend;

use crate::text::{self, Font};

pub(crate) use finish::{Alone, Outside, View, finish};

/// What marks are drawn on: plotters' drawing area over the [`Pen`].
pub(crate) type Paper<'a> = DrawingArea<Pen<'a>, Shift>;

/// What goes wrong in drawing; into a string nothing does.
pub(crate) type Drawn = Result<(), plotters::drawing::DrawingAreaErrorKind<io::Error>>;

/// What an element wears beyond what plotters can say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Extra {
    /// Strokes and gaps of 4 and 3 pixels.
    Dashed,
    /// Dots of 1 and gaps of 3 pixels.
    Dotted,
    /// Filled with paper, so that lines behind do not show through.
    Hollow,
    /// From the colour to nothing, left to right.
    FadeRight(RGBColor),
    /// From the colour to nothing, right to left.
    FadeLeft(RGBColor),
    /// Slanted lines in the colour.
    Hatched(RGBColor),
    /// A rim of paper around letters that may stand upon a line.
    Halo,
}

/// Drawn just before the element that wears it, an extra leaves no ink of its own.
impl<'e> PointCollection<'e, BackendCoord> for &'e Extra {
    type Point = BackendCoord;
    type IntoIter = std::iter::Empty<BackendCoord>;

    fn point_iter(self) -> Self::IntoIter {
        std::iter::empty()
    }
}

impl<'p> Drawable<Pen<'p>> for Extra {
    fn draw<I: Iterator<Item = BackendCoord>>(&self, _: I, pen: &mut Pen<'p>, _: (u32, u32)) -> Done {
        pen.extras.push((pen.elements, *self));
        Ok(())
    }
}

/// plotters' SVG backend with two things put right: text is measured by our table, and is as large as it was asked.
pub(crate) struct Pen<'a> {
    svg: SVGBackend<'a>,
    extras: &'a mut Vec<(usize, Extra)>,
    /// How many elements have been drawn; the index of the next.
    elements: usize,
}

impl<'a> Pen<'a> {
    /// Paper of this size in pixels; the backend's words go to `raw`, what it cannot say to `extras`.
    pub(crate) fn on(
        raw: &'a mut String,
        extras: &'a mut Vec<(usize, Extra)>,
        size: (u32, u32),
    ) -> Paper<'a> {
        let svg = SVGBackend::with_string(raw, (size.0 * 10, size.1 * 10));
        Pen {
            svg,
            extras,
            elements: 0,
        }
        .into_drawing_area()
    }
}

/// A place in pixels, as the pen counts it.
pub(crate) fn at(x: f64, y: f64) -> BackendCoord {
    (tenths(x), tenths(y))
}

/// A length in pixels, as the pen counts it.
pub(crate) fn tenths(pixels: f64) -> i32 {
    (pixels * 10.0).round() as i32
}

/// A stroke `width` pixels wide.
pub(crate) fn stroke(color: RGBColor, width: f64) -> ShapeStyle {
    ShapeStyle {
        color: color.into(),
        filled: false,
        stroke_width: tenths(width).max(0) as u32,
    }
}

/// A filled shape without outline.
pub(crate) fn fill(color: RGBColor) -> ShapeStyle {
    ShapeStyle {
        color: color.into(),
        filled: true,
        stroke_width: 0,
    }
}

/// A line of text that starts, has its middle or ends at its place.
pub(crate) fn letters(font: Font, color: RGBColor, side: HPos) -> TextStyle<'static> {
    let weight = if font.bold {
        FontStyle::Bold
    } else {
        FontStyle::Normal
    };
    let font = FontDesc::new(FontFamily::SansSerif, font.size * 10.0, weight);
    let color = BackendColor {
        alpha: 1.0,
        rgb: (color.0, color.1, color.2),
    };
    TextStyle {
        font,
        color,
        pos: Pos::new(side, VPos::Bottom),
    }
}

/// plotters writes a font's size divided by 1.24; this asks for that much more.
struct AsAsked<'s, S>(&'s S);

impl<S: BackendTextStyle> BackendTextStyle for AsAsked<'_, S> {
    type FontError = S::FontError;

    fn color(&self) -> BackendColor {
        self.0.color()
    }
    fn size(&self) -> f64 {
        self.0.size() * 1.24
    }
    fn transform(&self) -> FontTransform {
        self.0.transform()
    }
    fn style(&self) -> FontStyle {
        self.0.style()
    }
    fn anchor(&self) -> Pos {
        self.0.anchor()
    }
    fn family(&self) -> FontFamily<'_> {
        self.0.family()
    }
    fn layout_box(&self, text: &str) -> Result<((i32, i32), (i32, i32)), Self::FontError> {
        self.0.layout_box(text)
    }
    fn draw<E, D: FnMut(i32, i32, BackendColor) -> Result<(), E>>(
        &self,
        text: &str,
        pos: BackendCoord,
        draw: D,
    ) -> Result<Result<(), E>, Self::FontError> {
        self.0.draw(text, pos, draw)
    }
}

type Done = Result<(), DrawingErrorKind<io::Error>>;

impl DrawingBackend for Pen<'_> {
    type ErrorType = io::Error;

    fn get_size(&self) -> (u32, u32) {
        self.svg.get_size()
    }
    fn ensure_prepared(&mut self) -> Done {
        self.svg.ensure_prepared()
    }
    fn present(&mut self) -> Done {
        self.svg.present()
    }
    fn draw_pixel(&mut self, point: BackendCoord, color: BackendColor) -> Done {
        self.elements += 1;
        self.svg.draw_pixel(point, color)
    }
    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Done {
        self.elements += 1;
        self.svg.draw_line(from, to, style)
    }
    fn draw_rect<S: BackendStyle>(
        &mut self,
        a: BackendCoord,
        b: BackendCoord,
        style: &S,
        fill: bool,
    ) -> Done {
        self.elements += 1;
        self.svg.draw_rect(a, b, style, fill)
    }
    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Done {
        self.elements += 1;
        self.svg.draw_path(path, style)
    }
    fn draw_circle<S: BackendStyle>(&mut self, at: BackendCoord, radius: u32, style: &S, fill: bool) -> Done {
        self.elements += 1;
        self.svg.draw_circle(at, radius, style, fill)
    }
    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Done {
        self.elements += 1;
        self.svg.fill_polygon(path, style)
    }
    fn draw_text<S: BackendTextStyle>(&mut self, label: &str, style: &S, at: BackendCoord) -> Done {
        self.elements += 1;
        self.svg.draw_text(&text::clean(label), &AsAsked(style), at)
    }
    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        label: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<io::Error>> {
        let font = Font {
            size: style.size(),
            bold: matches!(style.style(), FontStyle::Bold),
        };
        let size = (text::width(&text::clean(label), font), font.line_height());
        Ok((size.0.ceil() as u32, size.1.ceil() as u32))
    }
}
