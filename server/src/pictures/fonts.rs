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

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use data::definitions::{BUILT_IN, Catalogue, SAMPLE};

    use super::*;

    /// Fails with the list of what has no glyph; `server/fonts/README.md` says how to put it in.
    fn check(name: &str, text: &str) {
        for bold in [false, true] {
            let face = face(bold).unwrap();
            let missing: BTreeSet<char> = text
                .chars()
                .filter(|c| !c.is_control() && face.glyph_index(*c).is_none())
                .collect();
            assert!(
                missing.is_empty(),
                "{name}: no glyph (bold: {bold}) for {missing:?}"
            );
        }
    }

    #[test]
    fn every_name_in_the_definitions_can_be_written() {
        let (catalogue, issues) = Catalogue::read(BUILT_IN);
        assert!(issues.is_empty());
        let names = catalogue.org_units.all().iter().map(|unit| &unit.name);
        let names = names.chain(catalogue.indicators.iter().map(|indicator| &indicator.name));
        let names: String = names.flat_map(|name| [name.zh.as_str(), &name.en]).collect();
        assert!(names.chars().count() > 30_000);
        check("names", &names);
        for (file, text) in [
            ("units of measure", BUILT_IN.unit_measures),
            ("indicators", BUILT_IN.indicators),
            ("the sample", SAMPLE),
        ] {
            check(
                file,
                std::str::from_utf8(text).unwrap().trim_start_matches('\u{FEFF}'),
            );
        }
    }

    /// Whatever stands in the source of words and charts: a superset of what can come into a picture.
    #[test]
    fn every_fixed_text_can_be_written() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mut folders = vec![root.join("data/src"), root.join("data/charts/src")];
        let mut files = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().path())
            {
                if entry.is_dir() {
                    folders.push(entry);
                    continue;
                }
                let source = std::fs::read_to_string(&entry).unwrap();
                let program = source.split("#[cfg(test)]").next().unwrap_or_default();
                check(&entry.display().to_string(), program);
                files += 1;
            }
        }
        assert!(files > 50);
    }

    #[test]
    fn digits_are_equally_wide_and_no_letter_wider_than_the_charts_assume() {
        for bold in [false, true] {
            let face = face(bold).unwrap();
            let advance = |c: char| face.glyph_hor_advance(face.glyph_index(c).unwrap()).unwrap();
            assert!(('0'..='9').all(|digit| advance(digit) == advance('0')));
            let font = charts::text::Font { size: 1000.0, bold };
            let per_em = 1000.0 / f64::from(face.units_per_em());
            for c in (' '..='~').chain("禹城市，。（）—–−…·≥≈余".chars()) {
                let assumed = charts::text::width(&c.to_string(), font);
                assert!(
                    f64::from(advance(c)) * per_em <= assumed + 0.5,
                    "{c:?} (bold: {bold})"
                );
            }
        }
    }
}
