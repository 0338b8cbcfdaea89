//! Rasterised pictures: an SVG of ours becomes a PNG.
//!
//! resvg draws the shapes. The words are drawn here and over them, from stamps of letters that are kept: laying out and
//! outlining text anew for every picture took more than half of its time. So no shape may follow a word in an SVG of ours,
//! and what the words need beyond what [`words`] knows is an error, and never left out silently.

mod encode;
mod fonts;
mod glyphs;
mod words;

use std::sync::OnceLock;

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{self, ImageHrefResolver, Options, Tree, roxmltree};

/// How many pixels of the PNG stand on one of the SVG, each way.
pub const SCALES: std::ops::RangeInclusive<f32> = 1.0..=4.0;

/// The most pixels of one picture: a page of A4 at 400 dots an inch has 15.5 million. While it is made it takes four bytes
/// a pixel, and up to as many again for its file.
pub const MOST_PIXELS: u64 = 16_000_000;

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// It would have more than [`MOST_PIXELS`], or the scale is none of [`SCALES`].
    #[error("a picture of {width} by {height} pixels cannot be drawn at a scale of {scale}")]
    Size {
        /// The width of the SVG, in pixels.
        width: f32,
        /// The height of the SVG, in pixels.
        height: f32,
        /// The scale that was asked for.
        scale: f32,
    },
    /// The SVG is not one.
    #[error("not an SVG: {0}")]
    Svg(#[from] usvg::Error),
    /// The SVG has something about its words that no picture of ours has.
    #[error("no picture of ours has {0}")]
    NotOurs(String),
    /// The fonts inside the program cannot be read, or the file cannot be written; neither ever happened.
    #[error("the picture cannot be made: {0}")]
    Program(String),
}

/// Whether a picture of this size may be drawn at this scale.
pub fn fits(width: f32, height: f32, scale: f32) -> bool {
    let pixels = f64::from((width * scale).ceil()) * f64::from((height * scale).ceil());
    // A comparison with what is no number is false, and so it does not fit.
    SCALES.contains(&scale) && pixels >= 1.0 && pixels <= MOST_PIXELS as f64
}

/// The PNG of an SVG of ours, `scale` times as large, on white where the SVG has no paper of its own.
///
/// It takes milliseconds and up to 130 MB: see [`MOST_PIXELS`]; whoever serves it bounds how many are made at once.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, PictureError> {
    let document = roxmltree::Document::parse(svg).map_err(usvg::Error::ParsingFailed)?;
    let tree = Tree::from_xmltree(&document, options())?;
    let (width, height) = (tree.size().width(), tree.size().height());
    let too_large = || PictureError::Size { width, height, scale };
    if !fits(width, height, scale) {
        return Err(too_large());
    }
    let words = words::of(&document, (width, height), scale)?;
    let (across, down) = ((width * scale).ceil() as u32, (height * scale).ceil() as u32);
    let mut canvas = Pixmap::new(across, down).ok_or_else(too_large)?;
    canvas.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut canvas.as_mut());
    for line in &words {
        glyphs::write(line, &mut canvas)?;
    }
    encode::png(&canvas)
}

/// Nothing outside of the SVG is ever read: neither a file nor what stands in a `data:` address.
fn options() -> &'static Options<'static> {
    static OPTIONS: OnceLock<Options<'static>> = OnceLock::new();
    OPTIONS.get_or_init(|| Options {
        image_href_resolver: ImageHrefResolver {
            resolve_data: Box::new(|_, _, _| None),
            resolve_string: Box::new(|_, _| None),
        },
        ..Options::default()
    })
}

#[cfg(test)]
mod tests;
