//! `getFile` and `getUserProfilePhotos`.

use serde_json::{Value, json};

use super::{Call, Outcome};
use crate::telegram::refusal::Refusal;

/// What bots may fetch from Telegram's own server.
const FETCHED_BYTES_MAX: i64 = 20 * 1024 * 1024;

pub(super) fn get(call: &mut Call<'_>) -> Outcome {
    let id = call.text("file_id").unwrap_or_default();
    if id.is_empty() {
        return Err(Refusal::bad("file_id not specified"));
    }
    let file = call.state.file(call.bot, id).ok_or_else(|| Refusal::bad("invalid file_id"))?;
    if file.size_bytes > FETCHED_BYTES_MAX {
        return Err(Refusal::bad("file is too big"));
    }
    Ok(json!({
        "file_id": id, "file_unique_id": file.unique_id,
        "file_size": file.size_bytes, "file_path": file.path,
    })
    .into())
}

pub(super) fn profile_photos(call: &mut Call<'_>) -> Outcome {
    let person = call.int("user_id").unwrap_or_default();
    if person == call.bot {
        // A bot may ask for its own picture; those of the double have none.
        return Ok(json!({"total_count": 0, "photos": []}).into());
    }
    let known = call.state.chats.contains_key(&(call.bot, person));
    let person = call.state.people.get(&person).filter(|_| known);
    let person = person.ok_or_else(|| Refusal::bad("user not found"))?;
    let offset = usize::try_from(call.int("offset").unwrap_or_default()).unwrap_or_default();
    let limit = usize::try_from(call.int("limit").unwrap_or(100).clamp(1, 100)).unwrap_or(100);
    let photos = person.photos.iter().skip(offset).take(limit);
    let photos: Vec<Value> = photos.map(|id| call.state.media_json(id)).collect();
    Ok(json!({"total_count": person.photos.len(), "photos": photos}).into())
}
