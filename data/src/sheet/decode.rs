//! Bytes to text: which encoding they are in, without guessing by frequency.

use std::borrow::Cow;

/// The encodings that clerks' files come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, little end first: Excel's "Unicode text".
    Utf16Le,
    /// UTF-16, big end first.
    Utf16Be,
    /// GB18030, which holds GBK and GB2312: what WPS and Excel write as CSV on a Chinese desktop.
    Gb18030,
}

/// A file whose text cannot be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the file is text in no encoding that is known here: UTF-8, UTF-16 or GB18030")]
pub struct UnknownEncoding;

/// The encoding of a file and its text, which is borrowed where the file is UTF-8.
///
/// A byte order mark decides; else a zero byte, which no text has but in UTF-16; else strict UTF-8, else strict GB18030.
/// `decoded` decodes what the standard library cannot, and answers `None` where a byte does not fit: the server has its own
/// tables and the browser those of the browser.
pub fn decode(
    bytes: &[u8],
    decoded: impl Fn(Encoding, &[u8]) -> Option<String>,
) -> Result<(Encoding, Cow<'_, str>), UnknownEncoding> {
    let (encoding, rest) = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => (Encoding::Utf8, rest),
        [0xFF, 0xFE, rest @ ..] => (Encoding::Utf16Le, rest),
        [0xFE, 0xFF, rest @ ..] => (Encoding::Utf16Be, rest),
        _ => match bytes.iter().position(|byte| *byte == 0) {
            // The first zero byte is the high half of an ASCII character: of the header's first separator or line end.
            Some(at) if at % 2 == 1 => (Encoding::Utf16Le, bytes),
            Some(_) => (Encoding::Utf16Be, bytes),
            None if std::str::from_utf8(bytes).is_ok() => (Encoding::Utf8, bytes),
            // A damaged UTF-8 file is nearly always valid in GB18030, and would come out as wrong characters throughout.
            None if is_damaged_utf8(bytes) => return Err(UnknownEncoding),
            None => (Encoding::Gb18030, bytes),
        },
    };
    let text = match encoding {
        Encoding::Utf8 => std::str::from_utf8(rest).ok().map(Cow::Borrowed),
        other => decoded(other, rest).map(Cow::Owned),
    };
    // A text without letters may hold any control character but this one: where it stands, the file is no text.
    text.filter(|text| !text.contains('\0'))
        .map(|text| (encoding, text))
        .ok_or(UnknownEncoding)
}

/// Nearly all bytes are valid somehow in GB18030, so a UTF-8 file with one damaged byte would come out of it as wrong
/// Chinese characters throughout. But read as UTF-8 such a file still has many characters for each damage, and a GB18030
/// one nearly nothing but damage.
pub fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    let count = |is: fn(&char) -> bool| text.chars().filter(is).count();
    let ideographs = count(|c| ('\u{4e00}'..='\u{9fff}').contains(c));
    ideographs >= count(|c| *c == char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Result<Encoding, UnknownEncoding>) {
        let decoded = |encoding, _: &[u8]| match encoding {
            Encoding::Gb18030 => (bytes[0] == 0xD3).then(|| "禹".to_owned()),
            _ => (bytes[0] != b'P').then(|| "禹".to_owned()),
        };
        assert_eq!(decode(bytes, decoded).map(|(encoding, _)| encoding), expected);
    }

    #[test]
    fn a_mark_decides_and_strict_utf_8_comes_before_gb18030() {
        check("禹".as_bytes(), Ok(Encoding::Utf8));
        check(b"\xEF\xBB\xBF1", Ok(Encoding::Utf8));
        check(b"\xFF\xFE\x39\x79", Ok(Encoding::Utf16Le));
        check(b"\xFE\xFF\x79\x39", Ok(Encoding::Utf16Be));
        check(b"\x39\x79,\0", Ok(Encoding::Utf16Le));
        check(b"\x79\x39\0,", Ok(Encoding::Utf16Be));
        check(b"\xD3\xED", Ok(Encoding::Gb18030));
    }

    #[test]
    fn what_fits_none_of_them_is_no_text() {
        check(b"\xFF\xFF", Err(UnknownEncoding));
        check(b"PK\x03\x04\0\0", Err(UnknownEncoding));
    }
}
