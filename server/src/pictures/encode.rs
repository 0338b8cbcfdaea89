mod colors;

use std::borrow::Cow;

use png::{BitDepth, ColorType, DeflateCompression, Encoder, EncodingError, Filter};
use resvg::tiny_skia::Pixmap;

use super::PictureError;
use colors::Indexed;

/// The file of a canvas whose every pixel is opaque.
///
/// Flat paper with few colours: where one byte names each pixel's, a third as much is compressed as of red, green and blue,
/// and the lightest compression leaves a fifth of their bytes. No filter helps where most pixels are like their neighbours.
pub(super) fn png(canvas: &Pixmap) -> Result<Vec<u8>, PictureError> {
    let written = match Indexed::of(canvas) {
        Some(Indexed { pixels, palette }) => write(canvas, &pixels, |encoder| {
            encoder.set_color(ColorType::Indexed);
            encoder.set_palette(Cow::Owned(palette));
        }),
        None => write(canvas, &without_alpha(canvas), |encoder| {
            encoder.set_color(ColorType::Rgb);
        }),
    };
    written.map_err(|error| PictureError::Program(error.to_string()))
}

fn write(
    canvas: &Pixmap,
    pixels: &[u8],
    choose: impl FnOnce(&mut Encoder<&mut Vec<u8>>),
) -> Result<Vec<u8>, EncodingError> {
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, canvas.width(), canvas.height());
    encoder.set_depth(BitDepth::Eight);
    encoder.set_deflate_compression(DeflateCompression::Level(1));
    encoder.set_filter(Filter::NoFilter);
    choose(&mut encoder);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(pixels)?;
    writer.finish()?;
    Ok(file)
}

fn without_alpha(canvas: &Pixmap) -> Vec<u8> {
    let pixels = canvas.data();
    let mut rgb = Vec::with_capacity(pixels.len() / 4 * 3);
    for pixel in pixels.chunks_exact(4) {
        rgb.extend_from_slice(&pixel[..3]);
    }
    rgb
}
