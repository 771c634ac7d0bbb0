//! `deleteMessage` and `deleteMessages`. A bot may delete for everyone within 48 hours.

use serde_json::Value;

use super::sending::target;
use super::{Call, Outcome};
use crate::telegram::refusal::Refusal;

const DELETABLE_SECS: i64 = 48 * 60 * 60;
const IDS_MAX: usize = 100;

pub(super) fn delete_one(call: &mut Call<'_>) -> Outcome {
    let chat = target(call)?;
    let id = call.int("message_id").unwrap_or_default();
    delete(call, chat, id)?;
    Ok(true.into())
}

pub(super) fn delete_many(call: &mut Call<'_>) -> Outcome {
    let ids: Vec<i64> = call.list("message_ids").iter().filter_map(Value::as_i64).collect();
    if ids.is_empty() {
        return Err(Refusal::bad("message identifiers are not specified"));
    }
    if ids.len() > IDS_MAX {
        return Err(Refusal::bad("too many message identifiers specified"));
    }
    let chat = target(call)?;
    for id in ids {
        // What cannot be found or deleted is passed over, as the Bot API says.
        drop(delete(call, chat, id));
    }
    Ok(true.into())
}

fn delete(call: &mut Call<'_>, chat: i64, id: i64) -> Result<(), Refusal> {
    let now = call.state.now_secs();
    let missing = || Refusal::bad("message to delete not found");
    let chat = call.state.chats.get_mut(&(call.bot, chat)).ok_or_else(missing)?;
    let in_group = chat.is_group();
    let entry = chat.entry_mut(id).ok_or_else(missing)?;
    let date = entry.message.get("date").and_then(Value::as_i64).unwrap_or_default();
    if in_group && entry.author.is_some() {
        // Only administrators delete what others wrote, and the double's bots are none.
        return Err(Refusal::bad("message can't be deleted"));
    }
    if now - date > DELETABLE_SECS {
        return Err(Refusal::bad("message can't be deleted for everyone"));
    }
    entry.deleted = true;
    Ok(())
}
