//! What a file is, by its content; what its sender claims counts for nothing.

use tertulia_domain::attachment::MediaKind;

/// What browsers show or play inside a page, with the types that have no scripts in them.
const INLINE: &[(&str, MediaKind)] = &[
    ("image/png", MediaKind::Image),
    ("image/jpeg", MediaKind::Image),
    ("image/gif", MediaKind::Image),
    ("image/webp", MediaKind::Image),
    ("audio/mpeg", MediaKind::Audio),
    ("audio/ogg", MediaKind::Audio),
    ("audio/opus", MediaKind::Audio),
    ("audio/x-wav", MediaKind::Audio),
    ("audio/m4a", MediaKind::Audio),
    ("audio/aac", MediaKind::Audio),
    ("audio/x-flac", MediaKind::Audio),
    ("video/mp4", MediaKind::Video),
    ("video/webm", MediaKind::Video),
    ("video/quicktime", MediaKind::Video),
];

/// What a browser would run: never named as such, so that nobody opens it by a double click.
const ACTIVE: &[&str] = &["text/html", "text/xml", "image/svg+xml", "text/x-shellscript"];
const UNKNOWN: &str = "application/octet-stream";

/// The media type and how to present it.
pub(super) fn sniff(bytes: &[u8]) -> (&'static str, MediaKind) {
    let Some(found) = infer::get(bytes) else {
        let is_text = std::str::from_utf8(bytes).is_ok_and(|text| !text.contains(['\0', '<']));
        return (if is_text { "text/plain" } else { UNKNOWN }, MediaKind::File);
    };
    let found = found.mime_type();
    match INLINE.iter().find(|(media_type, _)| *media_type == found) {
        Some(known) => *known,
        None if ACTIVE.contains(&found) => (UNKNOWN, MediaKind::File),
        None => (found, MediaKind::File),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bad_input_050_content_decides() {
        for (bytes, expected) in [
            (&b"\x89PNG\r\n\x1a\n...."[..], ("image/png", MediaKind::Image)),
            (b"<!DOCTYPE html><script>alert(1)</script>", (UNKNOWN, MediaKind::File)),
            (b"<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", (UNKNOWN, MediaKind::File)),
            (b"<?xml version='1.0'?><svg/>", (UNKNOWN, MediaKind::File)),
            (b"%PDF-1.7", ("application/pdf", MediaKind::File)),
            (b"just text", ("text/plain", MediaKind::File)),
            (b"MZ\x90\x00", ("application/vnd.microsoft.portable-executable", MediaKind::File)),
        ] {
            assert_eq!(sniff(bytes), expected, "{:?}", String::from_utf8_lossy(bytes));
        }
    }
}
