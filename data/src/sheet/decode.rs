//! Bytes to text: which encoding they are in, without guessing by frequency.

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

/// The encoding of a file and its text.
///
/// A byte order mark decides; else strict UTF-8, else strict GB18030. `decoded` decodes what the standard library cannot, and
/// answers `None` where a byte does not fit: the server has its own tables and the browser those of the browser.
pub fn decode(
    bytes: &[u8],
    decoded: impl Fn(Encoding, &[u8]) -> Option<String>,
) -> Result<(Encoding, String), UnknownEncoding> {
    let found = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => text_of_utf8(rest).map(|text| (Encoding::Utf8, text)),
        [0xFF, 0xFE, rest @ ..] => decoded(Encoding::Utf16Le, rest).map(|text| (Encoding::Utf16Le, text)),
        [0xFE, 0xFF, rest @ ..] => decoded(Encoding::Utf16Be, rest).map(|text| (Encoding::Utf16Be, text)),
        _ => text_of_utf8(bytes)
            .map(|text| (Encoding::Utf8, text))
            .or_else(|| Some((Encoding::Gb18030, decoded(Encoding::Gb18030, bytes)?))),
    };
    // A text without letters may hold any control character but this one: where it stands, the file is no text.
    found
        .filter(|(_, text)| !text.contains('\0'))
        .ok_or(UnknownEncoding)
}

fn text_of_utf8(bytes: &[u8]) -> Option<String> {
    std::str::from_utf8(bytes).ok().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Result<Encoding, UnknownEncoding>) {
        let decoded =
            |encoding, _: &[u8]| (encoding != Encoding::Gb18030 || bytes[0] == 0xD3).then(|| "禹".to_owned());
        assert_eq!(decode(bytes, decoded).map(|(encoding, _)| encoding), expected);
    }

    #[test]
    fn a_mark_decides_and_strict_utf_8_comes_before_gb18030() {
        check("禹".as_bytes(), Ok(Encoding::Utf8));
        check(b"\xEF\xBB\xBF1", Ok(Encoding::Utf8));
        check(b"\xFF\xFE\x39\x79", Ok(Encoding::Utf16Le));
        check(b"\xFE\xFF\x79\x39", Ok(Encoding::Utf16Be));
        check(b"\xD3\xED", Ok(Encoding::Gb18030));
    }

    #[test]
    fn what_fits_none_of_them_is_no_text() {
        check(b"\xFF\xFF", Err(UnknownEncoding));
        check(b"PK\x03\x04\0\0", Err(UnknownEncoding));
    }
}
