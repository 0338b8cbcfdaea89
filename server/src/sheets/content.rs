//! What a file is, by its bytes.

use std::fs::File;
use std::io::{BufReader, Read, Seek};

use zip::ZipArchive;

use super::unreadable::Found;
use super::{Unreadable, lost};

/// What a file is that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Text with separators.
    Text,
    /// A workbook.
    Workbook(Workbook),
}

/// The kinds of workbook.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Workbook {
    /// Excel since 2007, WPS; macros are passed over.
    Xlsx,
    /// Excel before.
    Xls,
    /// LibreOffice.
    Ods,
}

/// What other files begin with.
const BEGINNINGS: [(&[u8], Found); 11] = [
    (b"%PDF", Found::Pdf),
    (b"\x89PNG", Found::Picture),
    (b"\xFF\xD8\xFF", Found::Picture),
    (b"GIF8", Found::Picture),
    (b"{\\rtf", Found::Document),
    (b"Rar!", Found::Archive),
    (b"7z\xBC\xAF", Found::Archive),
    (b"\x1F\x8B", Found::Archive),
    (b"\x7FELF", Found::Other),
    (b"MZ\x90", Found::Other),
    (b"SQLite format 3\0", Found::Other),
];

/// What an old workbook, and any other old Office document, begins with.
const COMPOUND: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Tells what a file is; refuses what holds no table.
pub fn tell(file: &File) -> Result<Content, Unreadable> {
    if is_empty(file)? {
        return Err(Unreadable::Empty);
    }
    let mut beginning = Vec::new();
    from_beginning(file)?
        .take(LOOKED_AT)
        .read_to_end(&mut beginning)
        .map_err(lost)?;
    let bytes = beginning.as_slice();
    let other = BEGINNINGS
        .iter()
        .find(|(beginning, _)| bytes.starts_with(beginning));
    if let Some((_, found)) = other {
        return Err(Unreadable::NotATable(*found));
    }
    if bytes.starts_with(COMPOUND) {
        return compound(file).map(Content::Workbook);
    }
    if bytes.starts_with(b"PK") && matches!(bytes.get(2..4), Some(b"\x03\x04" | b"\x05\x06" | b"\x07\x08")) {
        return zipped(file).map(Content::Workbook);
    }
    if is_web_page(bytes) {
        return Err(Unreadable::NotATable(Found::WebPage));
    }
    Ok(Content::Text)
}

/// How much of a file is looked at where its beginning says what it is.
const LOOKED_AT: u64 = 512;

fn from_beginning(mut file: &File) -> Result<BufReader<&File>, Unreadable> {
    file.rewind().map_err(lost)?;
    Ok(BufReader::with_capacity(PIECE, file))
}

const PIECE: usize = 64 << 10;

/// Calls `each` with the file in overlapping pieces until it says that it has seen enough, and answers whether it did.
fn any_piece(file: &File, mut each: impl FnMut(&[u8]) -> bool) -> Result<bool, Unreadable> {
    // The longest name of a stream, which may lie across the border of two pieces.
    const OVERLAP: usize = 64;
    let mut reader = from_beginning(file)?;
    let mut window = Vec::new();
    loop {
        let read = reader.by_ref().take(PIECE as u64).read_to_end(&mut window);
        if read.map_err(lost)? == 0 {
            return Ok(false);
        }
        if each(&window) {
            return Ok(true);
        }
        window.drain(..window.len().saturating_sub(OVERLAP));
    }
}

fn is_empty(file: &File) -> Result<bool, Unreadable> {
    let is_something = |piece: &[u8]| piece.iter().any(|byte| !byte.is_ascii_whitespace() && *byte != 0);
    Ok(!any_piece(file, is_something)?)
}

/// What the streams of an old Office document are called, in UTF-16.
const STREAMS: [&str; 6] = [
    "EncryptedPackage",
    "Workbook",
    "Book",
    "WordDocument",
    "PowerPoint Document",
    "Root Entry",
];

/// An old Office document names its streams in UTF-16. Excel puts a workbook with a password into one, whatever its kind.
fn compound(file: &File) -> Result<Workbook, Unreadable> {
    let mut found = [false; STREAMS.len()];
    any_piece(file, |piece| {
        for (found, name) in found.iter_mut().zip(STREAMS) {
            let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            *found = *found || find(piece, &name);
        }
        false
    })?;
    let size = file.metadata().map_err(lost)?.len();
    let holds = |wanted: &str| {
        STREAMS
            .iter()
            .zip(found)
            .any(|(name, found)| found && *name == wanted)
    };
    if holds("EncryptedPackage") {
        return Err(Unreadable::Encrypted);
    }
    if holds("Workbook") || holds("Book") {
        return Ok(Workbook::Xls);
    }
    Err(match () {
        () if holds("WordDocument") => Unreadable::NotATable(Found::Document),
        () if holds("PowerPoint Document") => Unreadable::NotATable(Found::Slides),
        // The directory that names the streams may stand at the end, which is missing then.
        () if size < 2048 || !holds("Root Entry") => Unreadable::Truncated,
        () => Unreadable::NotATable(Found::Other),
    })
}

fn find(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}

fn zipped(file: &File) -> Result<Workbook, Unreadable> {
    // The directory of a zip stands at its end.
    let mut archive = ZipArchive::new(from_beginning(file)?).map_err(|_| Unreadable::Truncated)?;
    let has = |name: &str| archive.index_for_name(name).is_some();
    if has("xl/workbook.xml") {
        return Ok(Workbook::Xlsx);
    }
    let not_a_table = |found| Err(Unreadable::NotATable(found));
    match () {
        () if has("xl/workbook.bin") => return not_a_table(Found::BinaryWorkbook),
        () if has("word/document.xml") => return not_a_table(Found::Document),
        () if has("ppt/presentation.xml") => return not_a_table(Found::Slides),
        () if !has("mimetype") || !has("content.xml") => return not_a_table(Found::Archive),
        () => {}
    }
    match open_document_type(&mut archive).as_deref() {
        Some(b"application/vnd.oasis.opendocument.spreadsheet") => Ok(Workbook::Ods),
        Some(kind) if find(kind, b"presentation") => not_a_table(Found::Slides),
        Some(kind) if find(kind, b"text") => not_a_table(Found::Document),
        _ => not_a_table(Found::Archive),
    }
}

fn open_document_type(archive: &mut ZipArchive<BufReader<&File>>) -> Option<Vec<u8>> {
    const LONGEST: u64 = 128;
    let mut kind = Vec::new();
    let entry = archive.by_name("mimetype").ok()?;
    entry.take(LONGEST).read_to_end(&mut kind).ok()?;
    Some(kind.trim_ascii_end().to_vec())
}

fn is_web_page(bytes: &[u8]) -> bool {
    let start = String::from_utf8_lossy(bytes).to_lowercase();
    let start = start.trim_start_matches(['\u{feff}', ' ', '\r', '\n', '\t']);
    start.starts_with('<')
        && ["<html", "<table", "<!doctype", "<?xml"]
            .iter()
            .any(|tag| start.contains(tag))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uploads::Upload;

    fn check(bytes: &[u8], expected: Result<Content, Unreadable>) {
        let upload = Upload::of_bytes(bytes).unwrap();
        assert_eq!(tell(&upload.file), expected);
    }

    fn zip_of(names: &[(&str, &[u8])]) -> Vec<u8> {
        super::super::directory::tests::zip_of(names)
    }

    #[test]
    fn a_file_is_told_by_its_bytes() {
        check("指标,数值\n".as_bytes(), Ok(Content::Text));
        check(
            &zip_of(&[("xl/workbook.xml", b"")]),
            Ok(Content::Workbook(Workbook::Xlsx)),
        );
        let ods: &[u8] = b"application/vnd.oasis.opendocument.spreadsheet";
        let zip = zip_of(&[("mimetype", ods), ("content.xml", b"")]);
        check(&zip, Ok(Content::Workbook(Workbook::Ods)));
    }

    #[test]
    fn what_holds_no_table_is_named() {
        let not = |found| Err(Unreadable::NotATable(found));
        check(b"%PDF-1.7", not(Found::Pdf));
        check(b"\x89PNG\r\n\x1a\n", not(Found::Picture));
        check(&zip_of(&[("word/document.xml", b"")]), not(Found::Document));
        check(&zip_of(&[("a.csv", b"")]), not(Found::Archive));
        check(b"<html><table></table></html>", not(Found::WebPage));
        check(b"", Err(Unreadable::Empty));
        check(b" \r\n\0", Err(Unreadable::Empty));
    }

    #[test]
    fn a_workbook_that_was_cut_off_is_no_archive_but_half_a_file() {
        let whole = zip_of(&[("xl/workbook.xml", b"<workbook/>")]);
        check(&whole[..whole.len() / 2], Err(Unreadable::Truncated));
        check(COMPOUND, Err(Unreadable::Truncated));
    }
}
