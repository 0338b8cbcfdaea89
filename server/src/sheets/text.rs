//! Text files.

use std::fs::File;
use std::io::{Read, Seek};

use data::sheet::decode::{Encoding, decode};
use data::sheet::text;
use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::bounds::{Bounded, MOST_COLUMNS};
use super::{Unreadable, lost};

/// Reads a text file.
///
/// As a whole: which encoding it is in only its last byte decides, because a file is UTF-8 where all of it is, and a part of
/// one in GB18030 may be valid UTF-8. It is no larger than the limit for uploads.
pub fn read(mut file: &File, sink: &mut Bounded<'_>) -> Result<(), Unreadable> {
    let mut bytes = Vec::new();
    let read = file.rewind().and_then(|()| file.read_to_end(&mut bytes));
    read.map_err(lost)?;
    let (_, text) = decode(&bytes, decoded).map_err(|_| Unreadable::UnknownEncoding)?;
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

/// How many cells the widest line can have: a million of them are refused before any is made. A line with fewer bytes has
/// fewer cells as well, and is not looked at.
fn widest(text: &[u8]) -> usize {
    let separators = |line: &[u8]| {
        line.iter()
            .filter(|byte| matches!(byte, b',' | b';' | b'\t' | b'|'))
            .count()
    };
    text.split(|byte| matches!(byte, b'\n' | b'\r'))
        .filter(|line| line.len() >= MOST_COLUMNS)
        .map(separators)
        .max()
        .unwrap_or(0)
        + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_in_any_way_that_lines_end() {
        for end in ["\n", "\r\n", "\r"] {
            let text = format!("1,2,3{end}").repeat(MOST_COLUMNS);
            assert!(widest(text.as_bytes()) <= MOST_COLUMNS, "{end:?}");
        }
        assert_eq!(widest(",".repeat(MOST_COLUMNS).as_bytes()), MOST_COLUMNS + 1);
    }
}
