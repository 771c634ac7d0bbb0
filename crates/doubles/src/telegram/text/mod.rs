//! Texts as Telegram keeps them: plain, with entities whose offsets count UTF-16 code units.

mod detect;
mod html;
mod markdown;

use serde_json::{Map, Value, json};

use super::refusal::Refusal;

/// The longest text of a message, in UTF-16 code units and after the entities were read.
pub(crate) const TEXT_UNITS_MAX: usize = 4_096;
/// The longest caption.
pub(crate) const CAPTION_UNITS_MAX: usize = 1_024;

#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct Formatted {
    pub(crate) text: String,
    pub(crate) entities: Vec<Value>,
}

/// Text that is put together piece by piece, with the offset that the next piece will have.
#[derive(Debug, Default)]
struct Builder {
    text: String,
    units: usize,
    entities: Vec<Value>,
}

impl Builder {
    fn push(&mut self, c: char) {
        self.text.push(c);
        self.units += c.len_utf16();
    }

    /// Closes an entity that began at `start`; an empty one is none.
    fn close(&mut self, start: usize, kind: &str, more: Map<String, Value>) {
        if self.units > start {
            let mut entity = Map::new();
            entity.insert("offset".to_owned(), start.into());
            entity.insert("length".to_owned(), (self.units - start).into());
            entity.insert("type".to_owned(), kind.into());
            entity.extend(more);
            self.entities.push(Value::Object(entity));
        }
    }

    fn done(self) -> Formatted {
        Formatted { text: self.text, entities: self.entities }
    }
}

pub(crate) fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// The text and entities of a request's parameters: `parse_mode` if there is one, `entities` otherwise.
pub(crate) fn formatted(
    text: &str,
    parse_mode: Option<&str>,
    entities: Option<&Value>,
) -> Result<Formatted, Refusal> {
    let parse_mode = parse_mode.unwrap_or_default().to_lowercase();
    let parse = |parsed: Result<Formatted, String>| {
        parsed.map_err(|error| Refusal::bad(&format!("can't parse entities: {error}")))
    };
    let formatted = match parse_mode.as_str() {
        "" | "none" => {
            let entities = entities.and_then(Value::as_array).cloned().unwrap_or_default();
            check(text, &entities)?;
            Formatted { text: text.to_owned(), entities }
        }
        "html" => parse(html::parse(text))?,
        "markdownv2" => parse(markdown::parse(text))?,
        // The old Markdown is not simulated: nothing new should be written in it.
        _ => return Err(Refusal::bad("unsupported parse_mode")),
    };
    let mut formatted = trimmed(formatted);
    detect::add(&mut formatted);
    formatted.entities.sort_by_key(|entity| (start(entity), usize::MAX - length(entity)));
    Ok(formatted)
}

/// Entities must lie in the text, and must not begin or end inside a character.
fn check(text: &str, entities: &[Value]) -> Result<(), Refusal> {
    let mut borders = vec![0];
    for c in text.chars() {
        borders.push(borders.last().copied().unwrap_or_default() + c.len_utf16());
    }
    for entity in entities {
        let (from, to) = (start(entity), start(entity) + length(entity));
        let inside = |border: usize| borders.binary_search(&border).is_ok();
        if length(entity) == 0 || !inside(from) || !inside(to) {
            let text = format!(
                "can't parse entities: entity beginning at UTF-16 offset {from} ends at offset {to}, which is not a place in the text"
            );
            return Err(Refusal::bad(&text));
        }
    }
    Ok(())
}

/// White space around the text is cut off, and the entities move along.
fn trimmed(formatted: Formatted) -> Formatted {
    let text = formatted.text.trim();
    let cut = units(
        formatted
            .text
            .get(..formatted.text.len() - formatted.text.trim_start().len())
            .unwrap_or_default(),
    );
    let end = cut + units(text);
    let moved = |mut entity: Value| {
        let (from, to) = (start(&entity).max(cut), (start(&entity) + length(&entity)).min(end));
        let entity_map = entity.as_object_mut()?;
        entity_map.insert("offset".to_owned(), from.saturating_sub(cut).into());
        entity_map.insert("length".to_owned(), to.checked_sub(from)?.into());
        (to > from).then_some(entity)
    };
    Formatted {
        text: text.to_owned(),
        entities: formatted.entities.into_iter().filter_map(moved).collect(),
    }
}

fn start(entity: &Value) -> usize {
    number(entity, "offset")
}

fn length(entity: &Value) -> usize {
    number(entity, "length")
}

fn number(entity: &Value, key: &str) -> usize {
    let number = entity.get(key).and_then(Value::as_u64);
    // A negative number is no place in any text.
    number.and_then(|number| usize::try_from(number).ok()).unwrap_or(usize::MAX / 4)
}

/// Puts text and entities into a message under their two keys.
pub(crate) fn insert(message: &mut Map<String, Value>, key: &str, formatted: Formatted) {
    let entities_key = if key == "text" { "entities" } else { "caption_entities" };
    message.insert(key.to_owned(), formatted.text.into());
    if formatted.entities.is_empty() {
        message.remove(entities_key);
    } else {
        message.insert(entities_key.to_owned(), json!(formatted.entities));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::formatted;

    #[track_caller]
    fn check(text: &str, parse_mode: &str, expected: &str, entities: Value) {
        let formatted = formatted(text, Some(parse_mode), None).unwrap();
        assert_eq!(formatted.text, expected);
        assert_eq!(json!(formatted.entities), entities);
    }

    #[track_caller]
    fn refuses(text: &str, parse_mode: &str, expected: &str) {
        let refusal = formatted(text, Some(parse_mode), None).unwrap_err();
        assert_eq!(refusal.description, format!("Bad Request: can't parse entities: {expected}"));
    }

    #[test]
    fn offsets_count_utf16() {
        check(
            "  👋 <b>hi &amp; <i>you</i></b>\n",
            "HTML",
            "👋 hi & you",
            json!([
                {"offset": 3, "length": 8, "type": "bold"},
                {"offset": 8, "length": 3, "type": "italic"},
            ]),
        );
        check(
            "*a* [b](https://example.org/x) `c\\`\\.` \\.",
            "MarkdownV2",
            "a b c`. .",
            json!([
                {"offset": 0, "length": 1, "type": "bold"},
                {"offset": 2, "length": 1, "type": "text_link", "url": "https://example.org/x"},
                {"offset": 4, "length": 3, "type": "code"},
            ]),
        );
    }

    #[test]
    fn broken_markup_is_refused_with_telegrams_words() {
        refuses("<b>x", "HTML", "Can't find end tag corresponding to start tag \"b\"");
        refuses("a < b", "HTML", "Unsupported start tag \"\" at byte offset 2");
        refuses("<h1>x</h1>", "HTML", "Unsupported start tag \"h1\" at byte offset 0");
        refuses(
            "<b>x</i>",
            "HTML",
            "Unmatched end tag at byte offset 4, expected \"</b>\", found \"</i>\"",
        );
        refuses(
            "Hello.",
            "MarkdownV2",
            "Character '.' is reserved and must be escaped with the preceding '\\'",
        );
        refuses("*x", "MarkdownV2", "Can't find end of Bold entity at byte offset 0");
        refuses("[x](http", "MarkdownV2", "Can't find end of a URL at byte offset 8");
    }

    #[test]
    fn entities_that_lie_outside_or_split_a_character_are_refused() {
        let check = |offset: i64, length: i64| {
            let entities = json!([{"type": "bold", "offset": offset, "length": length}]);
            formatted("👋 hi", None, Some(&entities)).is_ok()
        };
        assert!(check(0, 2));
        assert!(check(3, 2));
        assert!(!check(1, 2));
        assert!(!check(3, 3));
        assert!(!check(-1, 2));
        assert!(!check(0, 0));
    }

    #[test]
    fn commands_mentions_and_addresses_are_found() {
        let formatted = formatted("/start x @ana https://example.org", None, None).unwrap();
        let kinds: Vec<&Value> = formatted.entities.iter().map(|entity| &entity["type"]).collect();
        assert_eq!(kinds, ["bot_command", "mention", "url"]);
    }
}
