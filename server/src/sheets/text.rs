//! Text files.

use data::sheet::decode::{Encoding, decode};
use data::sheet::text;
use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::Unreadable;
use super::bounds::{Bounded, MOST_COLUMNS};

/// Reads a text file.
pub fn read(bytes: &[u8], sink: &mut Bounded<'_>) -> Result<(), Unreadable> {
    let (_, text) = decode(bytes, decoded).map_err(|_| Unreadable::UnknownEncoding)?;
    if widest(text.as_bytes()) > MOST_COLUMNS {
        return Err(Unreadable::TooManyColumns);
    }
    sink.sheet("");
    let mut done = Ok(());
    text::rows(&text, |line, cells| {
        if done.is_ok() {
            done = sink.row(line, cells);
        }
    });
    done
}

fn decoded(encoding: Encoding, bytes: &[u8]) -> Option<String> {
    let table = match encoding {
        Encoding::Utf16Le => UTF_16LE,
        Encoding::Utf16Be => UTF_16BE,
        // A damaged UTF-8 file is nearly always valid in GB18030, and would come out as wrong characters throughout.
        _ if crate::text::is_damaged_utf8(bytes) => return None,
        _ => GB18030,
    };
    let text = table.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}

/// How many cells the widest line can have: a million of them are refused before any is made.
fn widest(text: &[u8]) -> usize {
    let separators = |line: &[u8]| {
        line.iter()
            .filter(|byte| matches!(byte, b',' | b';' | b'\t' | b'|'))
            .count()
    };
    text.split(|byte| *byte == b'\n')
        .map(separators)
        .max()
        .unwrap_or(0)
        + 1
}
