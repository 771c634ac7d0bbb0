//! `Content-Disposition` and `Range`, as RFC 6266 and RFC 9110 write them.

use std::fmt::Write;
use std::ops::Range;

/// The header's value for a name: plain ASCII for old clients, UTF-8 for the others.
pub(super) fn disposition(is_inline: bool, name: &str) -> String {
    let kind = if is_inline { "inline" } else { "attachment" };
    let plain: String = name
        .chars()
        .map(|c| if c.is_ascii_graphic() && !"\"\\%;".contains(c) || c == ' ' { c } else { '_' })
        .collect();
    let mut encoded = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

/// What a `Range` header asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Asked {
    All,
    Part(Range<u64>),
    /// Nothing of it is in the file.
    Nothing,
}

/// Reads one range; several at once, or another unit, are answered with the whole file.
pub(super) fn asked(header: Option<&str>, size_bytes: u64) -> Asked {
    let Some((from, to)) = header.and_then(|h| h.strip_prefix("bytes=")?.split_once('-')) else {
        return Asked::All;
    };
    let range = match (from.parse::<u64>(), to.parse::<u64>()) {
        (Ok(from), Ok(to)) if from <= to => from..to.saturating_add(1).min(size_bytes),
        (Ok(from), Err(_)) if to.is_empty() => from..size_bytes,
        (Err(_), Ok(last)) if from.is_empty() => size_bytes.saturating_sub(last)..size_bytes,
        _ => return Asked::All,
    };
    if range.is_empty() { Asked::Nothing } else { Asked::Part(range) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_end_the_header() {
        assert_eq!(
            disposition(false, "a\"; x=\u{044f}.txt"),
            "attachment; filename=\"a__ x=_.txt\"; filename*=UTF-8''a%22%3B%20x%3D%D1%8F.txt"
        );
    }

    #[test]
    fn ranges_are_cut_to_the_file() {
        for (header, expected) in [
            (None, Asked::All),
            (Some("bytes=0-3"), Asked::Part(0..4)),
            (Some("bytes=2-"), Asked::Part(2..10)),
            (Some("bytes=-3"), Asked::Part(7..10)),
            (Some("bytes=8-99999"), Asked::Part(8..10)),
            (Some("bytes=10-"), Asked::Nothing),
            (Some("bytes=-0"), Asked::Nothing),
            (Some("bytes=0-1,4-5"), Asked::All),
            (Some("lines=1-2"), Asked::All),
            (Some("bytes=5-2"), Asked::All),
        ] {
            assert_eq!(asked(header, 10), expected, "{header:?}");
        }
    }
}
