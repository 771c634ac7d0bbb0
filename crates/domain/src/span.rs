//! Formatting of a text: marks over ranges, so that whoever does not know them still has the text.

use serde::{Deserialize, Serialize};

use crate::closed::closed_enum;
use crate::content::{ContentError, ContentProblem, link};

/// Most marks of one text.
pub const SPANS_MAX: usize = 1_000;

closed_enum! {
    /// What a mark does to its range.
    SpanKind {
        Bold = "bold",
        Italic = "italic",
        Underline = "underline",
        Strike = "strike",
        Spoiler = "spoiler",
        Code = "code",
        Pre = "pre",
        Quote = "quote",
        /// A link whose address is not the text.
        Link = "link",
        /// Somebody's name or handle.
        Mention = "mention",
    }
}

/// A mark over a part of a message's `text`. `start` and `length` count UTF-16 code units, as browsers
/// and most providers do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Span {
    pub start: u32,
    pub length: u32,
    pub kind: SpanKind,
    /// Where a link leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

impl Span {
    /// The first code unit behind the range.
    #[must_use]
    pub fn end(&self) -> u32 {
        self.start.saturating_add(self.length)
    }
}

/// Code units of a text, as spans count them.
#[must_use]
pub fn utf16_len(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX)
}

/// Checks marks that somebody wrote for a text.
pub fn validate(spans: &[Span], text: &str) -> Result<(), ContentError> {
    let refuse = |pointer: String, problem| Err(ContentError { pointer, problem });
    if spans.len() > SPANS_MAX {
        let problem =
            ContentProblem::TooLong { limit: SPANS_MAX, length: spans.len(), unit: "spans" };
        return refuse("/spans".to_owned(), problem);
    }
    let length = utf16_len(text);
    for (index, span) in spans.iter().enumerate() {
        let pointer = format!("/spans/{index}");
        if span.length == 0 || span.end() > length {
            return refuse(pointer, ContentProblem::Invalid("is not inside the text"));
        }
        if (span.kind == SpanKind::Link) != span.url.is_some() {
            let problem = ContentProblem::Invalid("a link has a url, and nothing else has one");
            return refuse(pointer, problem);
        }
        link(&format!("{pointer}/url"), span.url.as_deref())?;
    }
    Ok(())
}

/// The marks that lie inside a text; the others belong to something that is not there any more.
#[must_use]
pub fn fitting(spans: Vec<Span>, text: &str) -> Vec<Span> {
    let length = utf16_len(text);
    let fits = |span: &Span| {
        span.length > 0 && span.end() <= length && link("", span.url.as_deref()).is_ok()
    };
    spans.into_iter().filter(fits).take(SPANS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: u32, length: u32, kind: SpanKind, url: Option<&str>) -> Span {
        Span { start, length, kind, url: url.map(str::to_owned) }
    }

    #[test]
    fn marks_count_utf16_units_and_stay_inside_their_text() {
        // The emoji has two code units.
        let text = "a😀b";
        assert_eq!(utf16_len(text), 4);
        let check = |span: Span| validate(&[span], text).map_err(|e| e.pointer);
        assert_eq!(check(span(3, 1, SpanKind::Bold, None)), Ok(()));
        assert_eq!(check(span(3, 2, SpanKind::Bold, None)), Err("/spans/0".to_owned()));
        assert_eq!(check(span(0, 0, SpanKind::Bold, None)), Err("/spans/0".to_owned()));
        assert_eq!(check(span(u32::MAX, 2, SpanKind::Bold, None)), Err("/spans/0".to_owned()));
        assert_eq!(check(span(0, 1, SpanKind::Link, None)), Err("/spans/0".to_owned()));
        let script = span(0, 1, SpanKind::Link, Some("javascript:alert(1)"));
        assert_eq!(check(script.clone()), Err("/spans/0/url".to_owned()));
        assert_eq!(fitting(vec![script, span(0, 1, SpanKind::Code, None)], text).len(), 1);
    }
}
