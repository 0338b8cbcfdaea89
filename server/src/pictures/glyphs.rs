use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use resvg::tiny_skia::{FillRule, LineJoin, Mask, Path, PathBuilder, Pixmap, Stroke, Transform};
use ttf_parser::{Face, GlyphId, OutlineBuilder};

use super::PictureError;
use super::fonts;
use super::words::{Anchor, Line};

/// The most that is kept, in bytes: every character of both weights in the five sizes of a chart takes some 10 MB.
const MOST_KEPT: usize = 16 << 20;

/// A letter may start at a quarter of a pixel: steps that no eye finds, and four stamps instead of endlessly many.
const STEPS: f32 = 4.0;

/// A letter at its size, as it is pressed on the paper.
struct Stamp {
    /// From the letter's start to the left side, in pixels.
    left: i32,
    /// From the baseline to the upper side, in pixels.
    top: i32,
    width: usize,
    /// How much of each pixel is inked, row by row.
    ink: Vec<u8>,
}

/// What makes two stamps alike.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    bold: bool,
    glyph: u16,
    /// The em's bits.
    size: u32,
    /// How many [`STEPS`] beside the pixel it starts.
    step: u8,
    /// The bits of the rim's width; of a letter 0.
    rim: u32,
}

/// The stamps that were made; none for what has no ink.
#[derive(Default)]
struct Kept {
    stamps: HashMap<Key, Option<Arc<Stamp>>>,
    bytes: usize,
}

static KEPT: RwLock<Option<Kept>> = RwLock::new(None);

/// Writes a line on the canvas, whose every pixel is opaque: first its rim, then its letters.
///
/// The baseline is put on a whole pixel, as browsers do: letters are sharper for it.
pub(super) fn write(line: &Line, canvas: &mut Pixmap) -> Result<(), PictureError> {
    let style = line.style;
    let face = fonts::face(style.bold)?;
    let words = fonts::writable(&line.words, face);
    let em = style.size / f32::from(face.units_per_em());
    let letters: Vec<(GlyphId, f32)> = words.chars().filter_map(|c| letter(c, face, em)).collect();
    let width: f32 = letters.iter().map(|(_, advance)| advance).sum();
    let start = match style.anchor {
        Anchor::Start => line.x,
        Anchor::Middle => line.x - width / 2.0,
        Anchor::End => line.x - width,
    };
    let layers = [(style.rim, style.rim_width), (style.fill, 0.0)];
    for (color, rim) in layers.into_iter().filter_map(|(color, rim)| Some((color?, rim))) {
        let mut x = start;
        for (glyph, advance) in &letters {
            let steps = (x * STEPS).round();
            let key = Key {
                bold: style.bold,
                glyph: glyph.0,
                size: style.size.to_bits(),
                step: steps.rem_euclid(STEPS) as u8,
                rim: rim.to_bits(),
            };
            if let Some(stamp) = stamp(key, face) {
                press(
                    &stamp,
                    (steps / STEPS).floor() as i32,
                    line.y.round() as i32,
                    color,
                    canvas,
                );
            }
            x += advance;
        }
    }
    Ok(())
}

/// The glyph of a character and how far the next one is, in pixels.
fn letter(c: char, face: &Face, em: f32) -> Option<(GlyphId, f32)> {
    let glyph = face.glyph_index(c)?;
    Some((glyph, f32::from(face.glyph_hor_advance(glyph)?) * em))
}

/// The stamp that is kept, or a new one.
fn stamp(key: Key, face: &Face) -> Option<Arc<Stamp>> {
    let kept = KEPT.read().unwrap_or_else(PoisonError::into_inner);
    if let Some(stamp) = kept.as_ref().and_then(|kept| kept.stamps.get(&key)) {
        return stamp.clone();
    }
    drop(kept);
    let made = cut(key, face).map(Arc::new);
    let mut kept = KEPT.write().unwrap_or_else(PoisonError::into_inner);
    let kept = kept.get_or_insert_default();
    // Beginning anew is rare enough that choosing which to drop is not worth its bookkeeping.
    if kept.bytes > MOST_KEPT {
        *kept = Kept::default();
    }
    let entry = std::mem::size_of::<(Key, Stamp)>() + made.as_ref().map_or(0, |stamp| stamp.ink.len());
    kept.bytes += entry;
    kept.stamps.insert(key, made.clone());
    made
}

/// Cuts a stamp from the outline of its glyph.
fn cut(key: Key, face: &Face) -> Option<Stamp> {
    let mut outline = Outline(PathBuilder::new());
    face.outline_glyph(GlyphId(key.glyph), &mut outline)?;
    let em = f32::from_bits(key.size) / f32::from(face.units_per_em());
    // A font counts upwards, a picture downwards.
    let placed = Transform::from_row(em, 0.0, 0.0, -em, f32::from(key.step) / STEPS, 0.0);
    let path = rimmed(outline.0.finish()?.transform(placed)?, f32::from_bits(key.rim))?;
    let bounds = path.bounds();
    let (left, top) = (bounds.left().floor() as i32, bounds.top().floor() as i32);
    let (right, bottom) = (bounds.right().ceil() as i32, bounds.bottom().ceil() as i32);
    let mut mask = Mask::new((right - left).max(1) as u32, (bottom - top).max(1) as u32)?;
    let moved = Transform::from_translate(-left as f32, -top as f32);
    mask.fill_path(&path, FillRule::Winding, true, moved);
    Some(Stamp {
        left,
        top,
        width: mask.width() as usize,
        ink: mask.take(),
    })
}

/// The outline itself, or a stroke along it.
fn rimmed(path: Path, width: f32) -> Option<Path> {
    if width <= 0.0 {
        return Some(path);
    }
    let stroke = Stroke {
        width,
        line_join: LineJoin::Round,
        ..Stroke::default()
    };
    path.stroke(&stroke, 1.0)
}

/// Presses a stamp on the canvas, with its letter's start at `x` and its baseline at `y`.
fn press(stamp: &Stamp, x: i32, y: i32, color: [u8; 3], canvas: &mut Pixmap) {
    let (across, down) = (canvas.width() as i32, canvas.height() as i32);
    let (left, top) = (x.saturating_add(stamp.left), y.saturating_add(stamp.top));
    let skipped = (-left).clamp(0, stamp.width as i32) as usize;
    let shown = (across - left).clamp(0, stamp.width as i32) as usize;
    if skipped >= shown {
        return;
    }
    let pixels = canvas.data_mut();
    for (row, ink) in (top..).zip(stamp.ink.chunks_exact(stamp.width)) {
        if !(0..down).contains(&row) {
            continue;
        }
        let start = (row * across + left + skipped as i32) as usize * 4;
        let ink = &ink[skipped..shown];
        for (pixel, ink) in pixels[start..]
            .chunks_exact_mut(4)
            .zip(ink)
            .filter(|(_, ink)| **ink > 0)
        {
            for (under, over) in pixel.iter_mut().zip(color) {
                *under = mixed(*under, over, *ink);
            }
        }
    }
}

/// `ink` of 255 parts of one colour over another.
fn mixed(under: u8, over: u8, ink: u8) -> u8 {
    let ink = u32::from(ink);
    ((u32::from(over) * ink + u32::from(under) * (255 - ink) + 127) / 255) as u8
}

/// The outline of a glyph as a path.
struct Outline(PathBuilder);

impl OutlineBuilder for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.0.move_to(x, y);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.0.line_to(x, y);
    }
    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        self.0.quad_to(x1, y1, x, y);
    }
    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        self.0.cubic_to(x1, y1, x2, y2, x, y);
    }
    fn close(&mut self) {
        self.0.close();
    }
}
