//! `getChat` and `sendChatAction`.

use serde_json::{Value, json};

use super::sending::{named, target};
use super::{Call, Outcome};
use crate::telegram::refusal::Refusal;

/// How long an action is shown.
const SHOWN_MS: i64 = 5_000;

const ACTIONS: &[&str] = &[
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
];

pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let chat = named(call, "chat_id")?;
    // Someone who never wrote to this bot is unknown to it.
    let started = call.state.chats.get(&(call.bot, chat)).is_some_and(|chat| chat.started);
    if !started {
        return Err(Refusal::bad("chat not found"));
    }
    let mut full = call.state.chat_json(call.bot, chat);
    let photo = call.state.people.get(&chat).and_then(|person| person.photos.first()).cloned();
    let photo = photo.map(|id| (call.state.media_json(&id), id));
    if let Some(full) = full.as_object_mut() {
        full.insert("accent_color_id".to_owned(), json!(chat.rem_euclid(7)));
        full.insert("max_reaction_count".to_owned(), json!(11));
        let gifts = json!({
            "unlimited_gifts": true, "limited_gifts": true, "unique_gifts": true,
            "premium_subscription": true, "gifts_from_channels": true,
        });
        full.insert("accepted_gift_types".to_owned(), gifts);
        if let Some((sizes, id)) = photo {
            let unique = sizes.get(1).and_then(|size| size.get("file_unique_id")).cloned();
            let unique = unique.unwrap_or(Value::Null);
            let photo = json!({
                "small_file_id": id, "small_file_unique_id": unique,
                "big_file_id": id, "big_file_unique_id": unique,
            });
            full.insert("photo".to_owned(), photo);
        }
    }
    Ok(full.into())
}

pub(super) fn action(call: &mut Call<'_>) -> Outcome {
    let action = call.text("action").unwrap_or_default().to_owned();
    if !ACTIONS.contains(&action.as_str()) {
        return Err(Refusal::bad("wrong parameter action in request"));
    }
    let chat = target(call)?;
    let until = call.state.now_ms + SHOWN_MS;
    if let Some(chat) = call.state.chats.get_mut(&(call.bot, chat)) {
        chat.action = Some((action, until));
    }
    Ok(true.into())
}
