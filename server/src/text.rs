//! The text of files that people hand in.

use data::sheet::decode::is_damaged_utf8;
use encoding_rs::GB18030;

/// A file in UTF-8. WPS and Excel write Chinese text as GB18030 (or GBK, its older part) unless they are told otherwise, so
/// that is read as well, but strictly; what is neither comes back as it is, and its reader says what is wrong with it.
pub fn utf8(bytes: Vec<u8>) -> Vec<u8> {
    if std::str::from_utf8(&bytes).is_ok() || is_damaged_utf8(&bytes) {
        return bytes;
    }
    let decoded = GB18030.decode_without_bom_handling_and_without_replacement(&bytes);
    match decoded {
        Some(text) => text.into_owned().into_bytes(),
        None => bytes,
    }
}

#[cfg(test)]
mod tests {
    use data::definitions::SAMPLE;

    use super::*;

    #[test]
    fn a_file_in_gb18030_is_read_as_the_same_text() {
        let text = String::from_utf8_lossy(SAMPLE);
        let (encoded, _, _) = GB18030.encode(&text);
        assert!(std::str::from_utf8(&encoded).is_err());
        assert_eq!(utf8(encoded.into_owned()), SAMPLE);
    }

    #[test]
    fn a_damaged_utf8_file_is_not_taken_for_gb18030() {
        let mut damaged = SAMPLE.to_vec();
        let first = damaged.iter().position(|byte| *byte >= 0x80).unwrap();
        damaged.remove(first + 1);
        assert_eq!(utf8(damaged.clone()), damaged);
    }

    #[test]
    fn what_is_neither_stays_as_it_is() {
        for bytes in [&b"PK\x03\x04\xff\xff\xff\xff"[..], b"\x89PNG\r\n\x1a\n\xff\x00"] {
            assert_eq!(utf8(bytes.to_vec()), bytes);
        }
    }
}
