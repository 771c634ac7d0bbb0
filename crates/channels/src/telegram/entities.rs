//! Telegram's entities and our spans: both count UTF-16 code units.

use serde_json::{Value, json};
use tertulia_domain::span::{Span, SpanKind, fitting};

use super::bot::put;
use super::update::Entity;

/// The formatting of a text that came in. What shows anyway, such as a plain link, needs no mark.
pub(super) fn spans(entities: &[Entity], text: &str) -> Vec<Span> {
    let span = |entity: &Entity| {
        let kind = kind(&entity.kind)?;
        let url = if kind == SpanKind::Link { Some(entity.url.clone()?) } else { None };
        Some(Span { start: entity.offset, length: entity.length, kind, url })
    };
    fitting(entities.iter().filter_map(span).collect(), text)
}

fn kind(entity: &str) -> Option<SpanKind> {
    Some(match entity {
        "bold" => SpanKind::Bold,
        "italic" => SpanKind::Italic,
        "underline" => SpanKind::Underline,
        "strikethrough" => SpanKind::Strike,
        "spoiler" => SpanKind::Spoiler,
        "code" => SpanKind::Code,
        "pre" => SpanKind::Pre,
        "blockquote" | "expandable_blockquote" => SpanKind::Quote,
        "text_link" => SpanKind::Link,
        "mention" | "text_mention" => SpanKind::Mention,
        _ => return None,
    })
}

/// The formatting of a text that goes out.
pub(super) fn entities(spans: &[Span]) -> Vec<Value> {
    let entity = |span: &Span| {
        let kind = match span.kind {
            SpanKind::Bold => "bold",
            SpanKind::Italic => "italic",
            SpanKind::Underline => "underline",
            SpanKind::Strike => "strikethrough",
            SpanKind::Spoiler => "spoiler",
            SpanKind::Code => "code",
            SpanKind::Pre => "pre",
            SpanKind::Quote => "blockquote",
            SpanKind::Link => "text_link",
            // Telegram finds handles by itself.
            SpanKind::Mention => return None,
        };
        let mut entity = json!({"type": kind, "offset": span.start, "length": span.length});
        if let Some(url) = &span.url {
            put(&mut entity, "url", json!(url));
        }
        Some(entity)
    };
    spans.iter().filter_map(entity).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formatting_comes_in_and_goes_out_the_same() {
        let text = "😀 bold link";
        let json = json!([
            {"type": "bold", "offset": 3, "length": 4},
            {"type": "text_link", "offset": 8, "length": 4, "url": "https://example.com/"},
        ]);
        let read: Vec<Entity> = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(Value::from(entities(&spans(&read, text))), json);
    }

    #[test]
    fn what_is_odd_is_left_out_and_the_text_stays() {
        let check = |entity: Value| {
            let read: Vec<Entity> = serde_json::from_value(json!([entity])).unwrap();
            assert!(spans(&read, "text").is_empty(), "{entity}");
        };
        check(json!({"type": "bold", "offset": 3, "length": 4}));
        check(json!({"type": "sparkles", "offset": 0, "length": 4}));
        check(json!({"type": "url", "offset": 0, "length": 4}));
        check(json!({"type": "text_link", "offset": 0, "length": 4}));
        check(json!({"type": "text_link", "offset": 0, "length": 4, "url": "javascript:alert(1)"}));
        check(json!({"type": "text_link", "offset": 0, "length": 4, "url": "tg://user?id=1"}));
    }
}
