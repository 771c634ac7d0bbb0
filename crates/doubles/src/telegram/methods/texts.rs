//! `sendMessage`, and texts and captions for all others.

use serde_json::{Map, Value};

use super::sending::{deliver, target};
use super::{Call, Outcome};
use crate::telegram::refusal::Refusal;
use crate::telegram::text::{self, CAPTION_UNITS_MAX, Formatted, TEXT_UNITS_MAX};

pub(super) fn send(call: &mut Call<'_>) -> Outcome {
    let formatted = body(call)?;
    let chat = target(call)?;
    let mut content = Map::new();
    text::insert(&mut content, "text", formatted);
    if let Some(options) = call.params.get("link_preview_options") {
        content.insert("link_preview_options".to_owned(), options.clone());
    }
    Ok(deliver(call, chat, content)?.into())
}

/// The text of `sendMessage` and `editMessageText`.
pub(super) fn body(call: &Call<'_>) -> Result<Formatted, Refusal> {
    let raw = call.text("text").unwrap_or_default();
    let formatted = text::formatted(raw, call.text("parse_mode"), call.params.get("entities"))?;
    if formatted.text.is_empty() {
        return Err(Refusal::bad("message text is empty"));
    }
    if text::units(&formatted.text) > TEXT_UNITS_MAX {
        return Err(Refusal::bad("message is too long"));
    }
    Ok(formatted)
}

/// The caption in `fields`, which are the parameters of a method or an item of an album.
pub(super) fn caption(fields: &Map<String, Value>) -> Result<Option<Formatted>, Refusal> {
    let Some(raw) = fields.get("caption").and_then(Value::as_str) else { return Ok(None) };
    let parse_mode = fields.get("parse_mode").and_then(Value::as_str);
    let formatted = text::formatted(raw, parse_mode, fields.get("caption_entities"))?;
    if text::units(&formatted.text) > CAPTION_UNITS_MAX {
        return Err(Refusal::bad("message caption is too long"));
    }
    Ok(Some(formatted).filter(|formatted| !formatted.text.is_empty()))
}
