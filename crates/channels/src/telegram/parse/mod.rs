//! One update, read tolerantly: what is not known becomes a message that says so, what cannot be read
//! an item of its own.

mod about;
mod media;
mod message;

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::update::{CallbackQuery, Message, MessageReaction, MyChatMember};
use crate::inbound::{Inbound, Item, UnreadableItem};

/// Kinds of updates that are asked for. Reactions come only to those who ask.
pub(crate) const ALLOWED_UPDATES: [&str; 5] =
    ["message", "edited_message", "callback_query", "message_reaction", "my_chat_member"];

/// Reads an update. Even a body that is no JSON is kept: Telegram would send it for a day, again and
/// again, until it is taken.
pub(super) fn parse(body: &[u8]) -> Vec<Item> {
    let unreadable = |id: Option<String>, reason: String| {
        vec![Err(UnreadableItem { id, reason, raw: body.to_vec() })]
    };
    let update: Value = match serde_json::from_slice(body) {
        Ok(update) => update,
        Err(error) => return unreadable(None, format!("not JSON: {error}")),
    };
    let Some(update_id) = update.get("update_id").and_then(Value::as_i64) else {
        return unreadable(None, "/update_id: is missing or no number".to_owned());
    };
    match read(&update, update_id) {
        Ok(items) => items.into_iter().map(Ok).collect(),
        Err(reason) => unreadable(Some(update_id.to_string()), reason),
    }
}

fn read(update: &Value, update_id: i64) -> Result<Vec<Inbound>, String> {
    let fields = update.as_object().into_iter().flatten();
    let Some((kind, value)) = fields.into_iter().find(|(name, _)| *name != "update_id") else {
        return Err("an update without content".to_owned());
    };
    match kind.as_str() {
        "message" => message::read(part::<Message>(kind, value)?),
        "edited_message" => about::edit(part::<Message>(kind, value)?, update_id),
        "callback_query" => about::tap(part::<CallbackQuery>(kind, value)?),
        "message_reaction" => about::reaction(part::<MessageReaction>(kind, value)?, update_id),
        "my_chat_member" => about::reach(part::<MyChatMember>(kind, value)?, update_id),
        unknown => match part::<Message>(unknown, value) {
            Ok(message) => message::unsupported(&message, unknown),
            Err(_) => Err(format!("/{unknown}: an update of a kind that is not known")),
        },
    }
}

fn part<T: DeserializeOwned>(name: &str, value: &Value) -> Result<T, String> {
    serde_path_to_error::deserialize(value).map_err(|e| format!("/{name}: {e}"))
}

#[cfg(test)]
mod tests;
