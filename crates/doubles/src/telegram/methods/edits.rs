//! Edits of the bot's own messages: text, caption, media, inline keyboard.

use serde_json::{Map, Value};

use super::sending::target;
use super::{Call, Outcome, keyboards, media, texts};
use crate::telegram::refusal::Refusal;
use crate::telegram::state::{Entry, Media};
use crate::telegram::text;

const NOT_MODIFIED: &str = "message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message";

pub(super) fn text(call: &mut Call<'_>) -> Outcome {
    if !call.params.contains_key("text") {
        return Err(Refusal::bad("message text is empty"));
    }
    let formatted = texts::body(call)?;
    edit(call, |_, message| {
        if !message.contains_key("text") {
            return Err(Refusal::bad("there is no text in the message to edit"));
        }
        text::insert(message, "text", formatted);
        Ok(())
    })
}

pub(super) fn caption(call: &mut Call<'_>) -> Outcome {
    let caption = texts::caption(&call.params)?;
    edit(call, |_, message| {
        if !Media::ALL.iter().any(|media| message.contains_key(media.field())) {
            return Err(Refusal::bad("there is no caption in the message to edit"));
        }
        message.retain(|key, _| key != "caption" && key != "caption_entities");
        if let Some(caption) = caption {
            text::insert(message, "caption", caption);
        }
        Ok(())
    })
}

pub(super) fn media(call: &mut Call<'_>) -> Outcome {
    let fields = call.params.get("media").and_then(Value::as_object).cloned().unwrap_or_default();
    let kind = fields.get("type").and_then(Value::as_str).and_then(Media::of_field);
    let kind =
        kind.ok_or_else(|| Refusal::bad("can't parse input media: Field \"type\" is unknown"))?;
    let caption = texts::caption(&fields)?;
    edit(call, |call, message| {
        let is_of_album = message.contains_key("media_group_id");
        let had = Media::ALL.into_iter().find(|media| message.contains_key(media.field()));
        if is_of_album && had != Some(kind) {
            return Err(Refusal::bad("can't use the media of the specified type in the album"));
        }
        let given = fields.get("media").and_then(Value::as_str).unwrap_or_default();
        let file = media::file(call, kind, given)?;
        message.retain(|key, _| {
            Media::of_field(key).is_none()
                && !["text", "entities", "caption", "caption_entities"].contains(&key.as_str())
        });
        message.extend(media::content(call, kind, &file, &fields));
        if let Some(caption) = caption {
            text::insert(message, "caption", caption);
        }
        Ok(())
    })
}

pub(super) fn reply_markup(call: &mut Call<'_>) -> Outcome {
    edit(call, |_, _| Ok(()))
}

/// Applies a change to the message that the parameters name. A keyboard that is not given is taken away.
fn edit(
    call: &mut Call<'_>,
    change: impl FnOnce(&mut Call<'_>, &mut Map<String, Value>) -> Result<(), Refusal>,
) -> Outcome {
    if call.params.contains_key("inline_message_id") || !call.params.contains_key("message_id") {
        // The double has no inline mode, so no message of one exists.
        return Err(Refusal::bad("message identifier is not specified"));
    }
    let markup = call.params.get("reply_markup").cloned();
    markup.iter().try_for_each(keyboards::check)?;
    let chat = target(call)?;
    let id = call.int("message_id").unwrap_or_default();
    let entry = |call: &Call<'_>| -> Option<Entry> {
        call.state.chats.get(&(call.bot, chat))?.entry(id).cloned()
    };
    let entry = entry(call).ok_or_else(|| Refusal::bad("message to edit not found"))?;
    if entry.author.is_some() {
        return Err(Refusal::bad("message can't be edited"));
    }
    let mut message = entry.message.clone();
    change(call, &mut message)?;
    message.retain(|key, _| key != "reply_markup");
    let buttons = |markup: &Value| {
        let rows = markup.get("inline_keyboard").and_then(Value::as_array);
        rows.is_some_and(|rows| !rows.is_empty())
    };
    message.extend(markup.filter(buttons).map(|markup| ("reply_markup".to_owned(), markup)));
    if same(&message, &entry.message) {
        return Err(Refusal::bad(NOT_MODIFIED));
    }
    message.insert("edit_date".to_owned(), call.state.now_secs().into());
    let chat = call.state.chats.get_mut(&(call.bot, chat));
    if let Some(entry) = chat.and_then(|chat| chat.entry_mut(id)) {
        entry.edit(message.clone());
    }
    Ok(message.into())
}

fn same(new: &Map<String, Value>, old: &Map<String, Value>) -> bool {
    let content = |message: &Map<String, Value>| {
        let mut message = message.clone();
        message.retain(|key, _| key != "edit_date");
        Value::Object(message)
    };
    content(new) == content(old)
}
