//! The directory of a zipped workbook, looked at before anything is inflated.

use std::io::{Read, Seek};

use zip::ZipArchive;

use super::Unreadable;
use super::bounds::{MOST_ENTRIES, MOST_INFLATED, MOST_RATIO, SUSPECT_FROM};

/// Refuses a workbook whose directory says that it is locked or made to burst. A directory that says less than the truth
/// helps nobody: whoever inflates an entry counts, and stops where it is longer than the directory says (see
/// [`super::workbook`]).
pub fn check(file: impl Read + Seek) -> Result<(), Unreadable> {
    let mut archive = ZipArchive::new(file).map_err(|_| Unreadable::Truncated)?;
    if archive.len() > MOST_ENTRIES {
        return Err(Unreadable::ZipBomb);
    }
    let mut inflated: u64 = 0;
    for at in 0..archive.len() {
        let entry = archive.by_index_raw(at).map_err(|_| Unreadable::Truncated)?;
        if entry.encrypted() {
            return Err(Unreadable::Encrypted);
        }
        let ratio = entry.size() / entry.compressed_size().max(1);
        inflated = inflated.saturating_add(entry.size());
        if inflated > MOST_INFLATED || entry.size() > SUSPECT_FROM && ratio > MOST_RATIO {
            return Err(Unreadable::ZipBomb);
        }
    }
    Ok(())
}

#[cfg(test)]
pub mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;

    pub fn zip_of(entries: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in entries {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(content).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn an_entry_that_bursts_is_refused_and_a_small_one_is_not() {
        assert_eq!(
            check(Cursor::new(zip_of(&[("xl/workbook.xml", &vec![b' '; 1 << 20])]))),
            Ok(())
        );
        let bomb = zip_of(&[("xl/workbook.xml", &vec![b' '; 20 << 20])]);
        assert!(bomb.len() < 30_000, "{}", bomb.len());
        assert_eq!(check(Cursor::new(bomb)), Err(Unreadable::ZipBomb));
    }

    #[test]
    fn a_locked_entry_is_refused() {
        let mut bytes = zip_of(&[("xl/workbook.xml", b"<workbook/>")]);
        // The flags of the entry, in the directory (at 8) and before the entry (at 6).
        let directory = bytes
            .windows(4)
            .position(|window| window == b"PK\x01\x02")
            .unwrap();
        bytes[directory + 8] |= 1;
        bytes[6] |= 1;
        assert_eq!(check(Cursor::new(bytes)), Err(Unreadable::Encrypted));
    }
}
