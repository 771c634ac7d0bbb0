//! What all methods that send have in common: whether the chat may be written to, what is replied to,
//! the keyboard, the limits, and the entry in the books.

use serde_json::{Map, Value, json};

use super::{Call, keyboards};
use crate::telegram::refusal::Refusal;
use crate::telegram::state::{Delivered, Kind, State};

/// The chat that a parameter names, if the bot may write there.
pub(super) fn target(call: &Call<'_>) -> Result<i64, Refusal> {
    let chat = named(call, "chat_id")?;
    writable(call.state, call.bot, chat)?;
    Ok(chat)
}

/// The chat that a parameter names, if the bot knows it.
pub(super) fn named(call: &Call<'_>, param: &str) -> Result<i64, Refusal> {
    let chat = match call.params.get(param) {
        Some(Value::Number(number)) => number.as_i64(),
        Some(Value::String(name)) if name.is_empty() => {
            return Err(Refusal::bad("chat_id is empty"));
        }
        // Only public groups have names, and the double's groups are private.
        _ => None,
    };
    let known = |chat: &i64| {
        call.state.chats.contains_key(&(call.bot, *chat)) || call.state.people.contains_key(chat)
    };
    let chat = chat.filter(known).ok_or_else(|| Refusal::bad("chat not found"))?;
    match call.state.chats.get(&(call.bot, chat)).and_then(|chat| chat.migrated_to) {
        Some(to) => Err(Refusal::migrated(to)),
        None => Ok(chat),
    }
}

fn writable(state: &State, bot: i64, chat: i64) -> Result<(), Refusal> {
    let Some(chat) = state.chats.get(&(bot, chat)).filter(|chat| chat.started) else {
        return Err(Refusal::forbidden("bot can't initiate conversation with a user"));
    };
    match chat.kind {
        Kind::Private if chat.barred => Err(Refusal::forbidden("bot was blocked by the user")),
        Kind::Group if chat.barred => Err(Refusal::forbidden("bot was kicked from the group chat")),
        Kind::Supergroup if chat.barred => {
            Err(Refusal::forbidden("bot was kicked from the supergroup chat"))
        }
        Kind::Private | Kind::Group | Kind::Supergroup => Ok(()),
    }
}

/// Sends one message and writes it into the books.
pub(super) fn deliver(
    call: &mut Call<'_>,
    chat: i64,
    content: Map<String, Value>,
) -> Result<Map<String, Value>, Refusal> {
    let extras = extras(call, chat)?;
    call.state.admit(call.bot, chat, 1)?;
    Ok(place(call, chat, content, extras))
}

/// What stands around the content: what is replied to, and the keyboard.
pub(super) fn extras(call: &Call<'_>, chat: i64) -> Result<Map<String, Value>, Refusal> {
    let mut extras = Map::new();
    if let Some(reply) = call.params.get("reply_parameters") {
        extras.extend(replied_to(call, chat, reply)?);
    }
    if call.flag("protect_content") {
        extras.insert("has_protected_content".to_owned(), true.into());
    }
    if let Some(markup) = call.params.get("reply_markup") {
        keyboards::check(markup)?;
        extras.insert("reply_markup".to_owned(), markup.clone());
    }
    Ok(extras)
}

fn replied_to(call: &Call<'_>, chat: i64, reply: &Value) -> Result<Map<String, Value>, Refusal> {
    let message_id = reply.get("message_id").and_then(Value::as_i64).unwrap_or_default();
    let of_chat = reply.get("chat_id").and_then(Value::as_i64).unwrap_or(chat);
    let entry = call.state.chats.get(&(call.bot, of_chat)).and_then(|chat| chat.entry(message_id));
    let mut extras = Map::new();
    let Some(entry) = entry else {
        if reply.get("allow_sending_without_reply") == Some(&Value::Bool(true)) {
            return Ok(extras);
        }
        return Err(Refusal::bad("message to be replied not found"));
    };
    let mut original = entry.message.clone();
    original.shift_remove("reply_to_message");
    if let Some(quote) = reply.get("quote").and_then(Value::as_str) {
        let text = original.get("text").or_else(|| original.get("caption"));
        let before = text.and_then(Value::as_str).and_then(|text| text.split_once(quote));
        let Some((before, _)) = before else { return Err(Refusal::bad("QUOTE_TEXT_INVALID")) };
        let position = crate::telegram::text::units(before);
        extras.insert("quote".to_owned(), json!({"text": quote, "position": position}));
    }
    extras.insert("reply_to_message".to_owned(), Value::Object(original));
    Ok(extras)
}

/// Posts into a chat that was checked, and notes that people now have the message.
pub(super) fn place(
    call: &mut Call<'_>,
    chat: i64,
    mut content: Map<String, Value>,
    mut extras: Map<String, Value>,
) -> Map<String, Value> {
    // Only inline keyboards are part of the message; the others belong to the person's screen.
    let markup = extras.shift_remove("reply_markup");
    let (inline, screen) = match markup {
        Some(markup) if markup.get("inline_keyboard").is_some() => (Some(markup), None),
        markup => (None, markup),
    };
    content.extend(extras);
    content.extend(inline.map(|markup| ("reply_markup".to_owned(), markup)));
    let message = call.state.post(call.bot, chat, None, content);
    let message_id = message.get("message_id").and_then(Value::as_i64).unwrap_or_default();
    let (at_ms, bot, method) = (call.state.now_ms, call.bot, call.method.to_owned());
    if let Some(chat) = call.state.chats.get_mut(&(call.bot, chat)) {
        chat.action = None;
        chat.keyboard = screen.or_else(|| chat.keyboard.take());
    }
    call.state.delivered.push(Delivered {
        at_ms,
        bot,
        chat_id: chat,
        message_id,
        method,
        message: Value::Object(message.clone()),
        request: call.request,
    });
    message
}
