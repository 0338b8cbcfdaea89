//! Text files.

use std::fs::File;
use std::io::{Read, Seek};

use data::exchange::{self, Format};
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
    if let Some(format) = exchange::recognise(&text) {
        return open_format(&text, format, sink);
    }
    if text::widest(&text) > MOST_COLUMNS {
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

/// A file in an open format, as rows in our own columns.
fn open_format(text: &str, format: Format, sink: &mut Bounded<'_>) -> Result<(), Unreadable> {
    sink.sheet("");
    let mut done = Ok(());
    let read = exchange::rows(text, format, |line, cells| {
        if done.is_ok() {
            done = sink.row(line, cells);
        }
    });
    read.map_err(Unreadable::NotOfFormat)?;
    done
}

fn decoded(encoding: Encoding, bytes: &[u8]) -> Option<String> {
    let table = match encoding {
        Encoding::Utf16Le => UTF_16LE,
        Encoding::Utf16Be => UTF_16BE,
        _ => GB18030,
    };
    let text = table.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}
