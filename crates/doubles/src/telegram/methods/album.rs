//! `sendMediaGroup`: two to ten messages that are shown as one.

use serde_json::{Map, Value};

use super::sending::{extras, place, target};
use super::{Call, Outcome, media, texts};
use crate::telegram::refusal::Refusal;
use crate::telegram::state::Media;
use crate::telegram::text;

const ITEMS_MIN: usize = 2;
const ITEMS_MAX: usize = 10;

pub(super) fn send(call: &mut Call<'_>) -> Outcome {
    let items = call.list("media").to_vec();
    let kinds = check(&items)?;
    let chat = target(call)?;
    let extras = extras(call, chat)?;
    let mut contents = Vec::new();
    for (item, kind) in items.iter().zip(kinds) {
        let fields = item.as_object().cloned().unwrap_or_default();
        let caption = texts::caption(&fields)?;
        let given = fields.get("media").and_then(Value::as_str).unwrap_or_default();
        let file = media::file(call, kind, given)?;
        let mut content = media::content(call, kind, &file, &fields);
        if let Some(caption) = caption {
            text::insert(&mut content, "caption", caption);
        }
        contents.push(content);
    }
    call.state.admit(call.bot, chat, contents.len())?;
    let group = call.state.serial();
    let group = format!("{}", 13_000_000_000_000_000 + group);
    let mut messages = Vec::new();
    for mut content in contents {
        content.insert("media_group_id".to_owned(), group.as_str().into());
        messages.push(Value::Object(place(call, chat, content, Map::clone(&extras))));
    }
    Ok(Value::Array(messages).into())
}

/// Photos and videos go together; documents and audio only with their own kind.
fn check(items: &[Value]) -> Result<Vec<Media>, Refusal> {
    if items.len() < ITEMS_MIN {
        return Err(Refusal::bad("too few media to send as an album"));
    }
    if items.len() > ITEMS_MAX {
        return Err(Refusal::bad("too many messages to send as an album"));
    }
    let kind = |item: &Value| item.get("type").and_then(Value::as_str).and_then(Media::of_field);
    let kinds: Option<Vec<Media>> = items.iter().map(kind).collect();
    let kinds = kinds
        .ok_or_else(|| Refusal::bad("can't use the media of the specified type in the album"))?;
    for (kind, name) in [(Media::Document, "Document"), (Media::Audio, "Audio")] {
        let count = kinds.iter().filter(|found| **found == kind).count();
        if count > 0 && count < kinds.len() {
            return Err(Refusal::bad(&format!("{name} can't be mixed with other media types")));
        }
    }
    match kinds.iter().any(|kind| {
        matches!(kind, Media::Animation | Media::Voice | Media::Sticker | Media::VideoNote)
    }) {
        true => Err(Refusal::bad("can't use the media of the specified type in the album")),
        false => Ok(kinds),
    }
}
