//! Text files.

use data::sheet::decode::{Encoding, decode};
use data::sheet::text;
use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::Unreadable;
use super::bounds::{Bounded, MOST_COLUMNS};

/// Reads a text file.
pub fn read(bytes: &[u8], sink: &mut Bounded<'_>) -> Result<(), Unreadable> {
    let (_, text) = decode(bytes, decoded).map_err(|_| Unreadable::UnknownEncoding)?;
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

fn decoded(encoding: Encoding, bytes: &[u8]) -> Option<String> {
    let table = match encoding {
        Encoding::Utf16Le => UTF_16LE,
        Encoding::Utf16Be => UTF_16BE,
        _ => GB18030,
    };
    let text = table.decode_without_bom_handling_and_without_replacement(bytes)?;
    Some(text.into_owned())
}
