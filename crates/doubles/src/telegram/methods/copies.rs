//! `copyMessage` and `forwardMessage`.

use serde_json::{Map, Value, json};

use super::sending::{deliver, named, target};
use super::{Call, Outcome, texts};
use crate::telegram::refusal::Refusal;
use crate::telegram::text;

/// What belongs to the message's place rather than to its content.
const OF_THE_PLACE: &[&str] = &[
    "message_id",
    "from",
    "chat",
    "date",
    "edit_date",
    "reply_to_message",
    "quote",
    "reply_markup",
    "media_group_id",
    "forward_origin",
    "has_protected_content",
];

pub(super) fn copy(call: &mut Call<'_>) -> Outcome {
    let original = original(call, "message to copy not found")?;
    let mut content = content_of(&original);
    if ["poll", "dice"].iter().any(|key| content.contains_key(*key)) && content.contains_key("poll")
    {
        return Err(Refusal::bad("message can't be copied"));
    }
    let is_text = content.contains_key("text");
    if !is_text && call.params.contains_key("caption") {
        content.retain(|key, _| key != "caption" && key != "caption_entities");
        if let Some(caption) = texts::caption(&call.params)? {
            text::insert(&mut content, "caption", caption);
        }
    }
    let chat = target(call)?;
    let message = deliver(call, chat, content)?;
    Ok(json!({"message_id": message.get("message_id")}).into())
}

pub(super) fn forward(call: &mut Call<'_>) -> Outcome {
    let original = original(call, "message to forward not found")?;
    let mut content = content_of(&original);
    let origin = original.get("forward_origin").cloned().unwrap_or_else(|| {
        json!({
            "type": "user", "sender_user": original.get("from"), "date": original.get("date"),
        })
    });
    content.insert("forward_origin".to_owned(), origin);
    let chat = target(call)?;
    Ok(deliver(call, chat, content)?.into())
}

fn original(call: &Call<'_>, otherwise: &str) -> Result<Map<String, Value>, Refusal> {
    let from = named(call, "from_chat_id")?;
    let id = call.int("message_id").unwrap_or_default();
    let entry = call.state.chats.get(&(call.bot, from)).and_then(|chat| chat.entry(id));
    let entry = entry.ok_or_else(|| Refusal::bad(otherwise))?;
    if entry.message.get("has_protected_content") == Some(&Value::Bool(true)) {
        return Err(Refusal::bad("message has protected content and can't be forwarded"));
    }
    Ok(entry.message.clone())
}

/// The message without its place.
pub(crate) fn content_of(message: &Map<String, Value>) -> Map<String, Value> {
    let mut content = message.clone();
    content.retain(|key, _| !OF_THE_PLACE.contains(&key.as_str()));
    content
}
