//! The text of a file from somebody's spreadsheet, whatever encoding that program wrote.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1251};

/// The text and the name of its encoding, or the name of the encoding that it breaks.
///
/// A byte order mark decides; without one it is UTF-8, and what is not UTF-8 is windows-1251.
pub(super) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, &'static str), &'static str> {
    let (encoding, rest) = match Encoding::for_bom(bytes) {
        Some((encoding, mark_bytes)) => (encoding, bytes.get(mark_bytes..).unwrap_or_default()),
        None if std::str::from_utf8(bytes).is_ok() => (UTF_8, bytes),
        None => (WINDOWS_1251, bytes),
    };
    let (text, is_broken) = encoding.decode_without_bom_handling(rest);
    if is_broken { Err(encoding.name()) } else { Ok((text, encoding.name())) }
}
