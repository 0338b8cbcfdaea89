use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use super::StoreError;

/// "FDSH" in ASCII: the `application_id` our migrations write into the header of the file.
const APPLICATION_ID: u32 = 1_178_882_888;

/// The header of an SQLite file is 100 bytes (sqlite.org/fileformat2.html, 1.3).
const HEADER: usize = 100;

/// What stands at the place of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// No file, or an empty one.
    Nothing,
    /// A database of this program.
    Ours,
}

/// Looks at a file before any database engine opens it: an engine may lock, repair or extend what it opens, and a file
/// that is not ours must stay as it is to the byte.
pub fn look(path: &Path) -> Result<Found, StoreError> {
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => return Err(StoreError::file(path, error)),
    };
    let mut header = Vec::with_capacity(HEADER);
    let limited = file.by_ref().take(HEADER as u64).read_to_end(&mut header);
    limited.map_err(|error| StoreError::file(path, error))?;
    let length = file
        .metadata()
        .map_err(|error| StoreError::file(path, error))?
        .len();
    let name = || path.display().to_string();
    let foreign = |found: String| StoreError::Foreign { name: name(), found };
    if header.is_empty() {
        return Ok(Found::Nothing);
    }
    if header.len() < HEADER || !header.starts_with(b"SQLite format 3\0") {
        return Err(foreign("it is not an SQLite file".into()));
    }
    let number = |at: usize| {
        header[at..at + 4]
            .iter()
            .fold(0, |number, byte| number << 8 | u32::from(*byte))
    };
    if number(68) != APPLICATION_ID {
        return Err(foreign(format!(
            "its application_id is {}, expected {APPLICATION_ID}",
            number(68)
        )));
    }
    // The size in the header is true where the two change counters agree.
    let page_size = match u64::from(number(16) >> 16) {
        1 => 65_536,
        size => size,
    };
    let expected = u64::from(number(28)) * page_size;
    if number(24) == number(92) && length < expected {
        let found = format!("it has {length} bytes, expected {expected}");
        return Err(StoreError::Damaged { name: name(), found });
    }
    Ok(Found::Ours)
}
