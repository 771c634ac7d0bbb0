//! From what a person is said to send to the fields of a message.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use super::acts::Act;
use crate::telegram::methods::new_poll;
use crate::telegram::state::{Chat, Media, NewFile, State};
use crate::telegram::text::{self, formatted};

/// What a file holds if nobody says: something small that no reader takes for anything else.
const SAMPLE: &[u8] = b"A file from the simulated Telegram.\n";
/// The smallest picture: one grey dot.
const SAMPLE_PNG: &str =
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==";

/// Keys that say how, not what.
const NOT_CONTENT: &[&str] = &["reply_to", "quote", "user", "message_id", "parse_mode", "bot"];

/// The fields of a message. What is neither text nor a known kind is taken over as it stands, so that
/// kinds which do not exist yet can be sent.
pub(super) fn build(state: &mut State, bot: i64, what: &Value) -> Act<Map<String, Value>> {
    let what =
        what.as_object().ok_or("a message is a JSON object, such as {\"text\": \"Hello\"}")?;
    let mut message = Map::new();
    for (key, value) in what {
        if let Some(media) = Media::of_field(key) {
            message.extend(file(state, bot, media, value)?);
            continue;
        }
        match key.as_str() {
            "text" | "caption" => {
                let entities = if key == "text" { "entities" } else { "caption_entities" };
                let raw = value.as_str().ok_or_else(|| format!("`{key}` must be text"))?;
                let mode = what.get("parse_mode").and_then(Value::as_str);
                let read = formatted(raw, mode, what.get(entities));
                text::insert(&mut message, key, read.map_err(|refusal| refusal.description)?);
            }
            "poll" => {
                let question = value.get("question").and_then(Value::as_str).unwrap_or("?");
                let options = value.get("options").and_then(Value::as_array);
                let options: Vec<String> = options
                    .into_iter()
                    .flatten()
                    .filter_map(|option| option.as_str().map(str::to_owned))
                    .collect();
                message.insert(key.clone(), new_poll(state.serial(), question, &options));
            }
            "venue" => {
                let location = value.get("location").cloned().unwrap_or_default();
                message.insert("location".to_owned(), location);
                message.insert(key.clone(), value.clone());
            }
            "entities" | "caption_entities" => {}
            _ if NOT_CONTENT.contains(&key.as_str()) => {}
            _ => {
                message.insert(key.clone(), value.clone());
            }
        }
    }
    if message.is_empty() {
        return Err("the message has no content".to_owned());
    }
    Ok(message)
}

/// A file: an id, `true` for a sample, or `{name, mime, base64, size_bytes}` and fields of its object.
fn file(state: &mut State, bot: i64, media: Media, given: &Value) -> Act<Map<String, Value>> {
    let id = match given {
        Value::String(id) if state.file(bot, id).is_some() => id.clone(),
        Value::String(id) => return Err(format!("there is no file `{id}`")),
        given => state.keep_file(bot, media, new_file(media, given)?),
    };
    let mut object = state.media_json(&id);
    let own = ["name", "mime", "base64", "size_bytes"];
    if let (Some(object), Some(given)) = (object.as_object_mut(), given.as_object()) {
        object.extend(given.clone().into_iter().filter(|(key, _)| !own.contains(&key.as_str())));
    }
    let mut message = Map::new();
    if media == Media::Animation {
        message.insert("document".to_owned(), {
            let mut document = object.clone();
            let dropped = ["width", "height", "duration"];
            if let Some(document) = document.as_object_mut() {
                document.retain(|key, _| !dropped.contains(&key.as_str()));
            }
            document
        });
    }
    message.insert(media.field().to_owned(), object);
    Ok(message)
}

pub(super) fn new_file(media: Media, given: &Value) -> Act<NewFile> {
    let text = |key: &str| given.get(key).and_then(Value::as_str).map(str::to_owned);
    let bytes = match text("base64") {
        Some(encoded) => STANDARD.decode(encoded).map_err(|error| format!("base64: {error}"))?,
        None if media == Media::Photo => STANDARD.decode(SAMPLE_PNG).unwrap_or_default(),
        None => SAMPLE.to_vec(),
    };
    let name = match (text("name"), media) {
        (None, Media::Document) => Some("notes.txt".to_owned()),
        (name, _) => name,
    };
    let mime = match (text("mime"), media) {
        (None, Media::Photo) if bytes.starts_with(b"\x89PNG") => Some("image/png".to_owned()),
        (None, Media::Document) => Some("text/plain".to_owned()),
        (mime, _) => mime,
    };
    Ok(NewFile {
        name,
        mime,
        bytes: bytes.into(),
        size_bytes: given.get("size_bytes").and_then(Value::as_i64),
    })
}

/// What is replied to, and the part of it that is quoted.
pub(super) fn replied_to(chat: &Chat, what: &Value) -> Act<Map<String, Value>> {
    let mut message = Map::new();
    let Some(id) = what.get("reply_to").and_then(Value::as_i64) else { return Ok(message) };
    let entry = chat.entry(id).ok_or_else(|| format!("there is no message {id} to reply to"))?;
    let mut original = entry.message.clone();
    original.shift_remove("reply_to_message");
    if let Some(quote) = what.get("quote").and_then(Value::as_str) {
        let whole = original.get("text").or_else(|| original.get("caption"));
        let before = whole.and_then(Value::as_str).and_then(|whole| whole.split_once(quote));
        let (before, _) = before.ok_or_else(|| format!("message {id} does not say `{quote}`"))?;
        let quote = json!({"text": quote, "position": text::units(before), "is_manual": true});
        message.insert("quote".to_owned(), quote);
    }
    message.insert("reply_to_message".to_owned(), Value::Object(original));
    Ok(message)
}
