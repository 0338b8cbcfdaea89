use std::borrow::Cow;
use std::sync::OnceLock;

use charts::text::clean;
use ttf_parser::Face;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::PictureError;

/// What stands for a character that the font lacks: what print in China has in its place where a name cannot be set.
const UNKNOWN: char = '？';

/// Both weights, read once.
struct Fonts {
    regular: Face<'static>,
    bold: Face<'static>,
}

/// The font of a weight.
pub(super) fn face(bold: bool) -> Result<&'static Face<'static>, PictureError> {
    static FONTS: OnceLock<Result<Fonts, ttf_parser::FaceParsingError>> = OnceLock::new();
    let fonts = FONTS.get_or_init(|| {
        Ok(Fonts {
            regular: Face::parse(include_bytes!("../../fonts/NotoSansCJKsc-Regular.otf"), 0)?,
            bold: Face::parse(include_bytes!("../../fonts/NotoSansCJKsc-Bold.otf"), 0)?,
        })
    });
    match fonts {
        Ok(fonts) if bold => Ok(&fonts.bold),
        Ok(fonts) => Ok(&fonts.regular),
        Err(error) => Err(PictureError::Program(error.to_string())),
    }
}

/// The words as the font can write them; see [`written`].
pub(super) fn writable<'w>(words: &'w str, face: &Face) -> Cow<'w, str> {
    let has = |c: char| face.glyph_index(c).is_some();
    if words.chars().all(has) {
        return Cow::Borrowed(words);
    }
    let mut writable = String::with_capacity(words.len());
    for c in clean(words).nfc() {
        written(c, has, &mut writable);
    }
    Cow::Owned(writable)
}

/// A character, else what it is composed of without the marks (`ạ` is an `a`, `𝟗` a 9), else [`UNKNOWN`]. A mark alone has
/// nothing to stand on and is left out.
fn written(c: char, has: impl Fn(char) -> bool, out: &mut String) {
    if has(c) {
        return out.push(c);
    }
    if is_combining_mark(c) {
        return;
    }
    let mut parts = c.nfkd().filter(|part| !is_combining_mark(*part)).peekable();
    let is_composed = parts.peek().is_some_and(|first| *first != c);
    let parts: String = parts.collect();
    match is_composed && parts.chars().all(&has) {
        true => out.push_str(&parts),
        false => out.push(UNKNOWN),
    }
}
