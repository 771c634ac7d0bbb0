//! `sendPhoto` and its seven sisters: a file by id, by address or with the request.

use serde_json::{Map, Value};

use super::sending::{deliver, target};
use super::{Call, Outcome, texts};
use crate::telegram::refusal::Refusal;
use crate::telegram::state::{Media, NewFile};
use crate::telegram::text;

const PHOTO_BYTES_MAX: usize = 10 * 1024 * 1024;

/// Parameters that describe the file and become part of its object.
const DESCRIBING: &[&str] = &["duration", "width", "height", "length", "performer", "title"];

pub(super) fn send(call: &mut Call<'_>) -> Outcome {
    let media = match call.method {
        "sendAnimation" => Media::Animation,
        "sendAudio" => Media::Audio,
        "sendPhoto" => Media::Photo,
        "sendSticker" => Media::Sticker,
        "sendVideo" => Media::Video,
        "sendVideoNote" => Media::VideoNote,
        "sendVoice" => Media::Voice,
        _ => Media::Document,
    };
    let caption = texts::caption(&call.params)?;
    let chat = target(call)?;
    let params = call.params.clone();
    let given = call.text(media.field()).unwrap_or_default().to_owned();
    let file = file(call, media, &given)?;
    let mut content = content(call, media, &file, &params);
    if let Some(caption) = caption {
        text::insert(&mut content, "caption", caption);
    }
    Ok(deliver(call, chat, content)?.into())
}

/// The fields that a file makes in a message.
pub(super) fn content(
    call: &Call<'_>,
    media: Media,
    file: &str,
    fields: &Map<String, Value>,
) -> Map<String, Value> {
    let mut json = call.state.media_json(file);
    if let Some(json) = json.as_object_mut() {
        let described = DESCRIBING.iter().filter_map(|key| fields.get_key_value(*key));
        let known: Vec<_> = described
            .filter(|(key, _)| json.contains_key(*key) || media == Media::Audio)
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        json.extend(known);
    }
    let mut content = Map::new();
    if media == Media::Animation {
        // Clients from before animations see a document.
        let mut document = json.clone();
        if let Some(document) = document.as_object_mut() {
            document.retain(|key, _| !["width", "height", "duration"].contains(&key.as_str()));
        }
        content.insert("document".to_owned(), document);
    }
    content.insert(media.field().to_owned(), json);
    for (param, field) in [
        ("has_spoiler", "has_media_spoiler"),
        ("show_caption_above_media", "show_caption_above_media"),
    ] {
        if fields.get(param) == Some(&Value::Bool(true)) {
            content.insert(field.to_owned(), true.into());
        }
    }
    content
}

/// The id of the file that `given` names, kept now if it came with the request.
pub(super) fn file(call: &mut Call<'_>, media: Media, given: &str) -> Result<String, Refusal> {
    let name = given.strip_prefix("attach://").unwrap_or(given);
    let Some(upload) = call.uploads.get(name) else {
        return known(call, media, given);
    };
    if upload.bytes.is_empty() {
        return Err(Refusal::bad("file must be non-empty"));
    }
    if media == Media::Photo && upload.bytes.len() > PHOTO_BYTES_MAX {
        return Err(Refusal::bad("file is too big for a photo"));
    }
    let file = NewFile {
        name: upload.name.clone(),
        mime: upload.mime.clone(),
        bytes: upload.bytes.clone(),
        size_bytes: None,
    };
    Ok(call.state.keep_file(call.bot, media, file))
}

fn known(call: &Call<'_>, media: Media, given: &str) -> Result<String, Refusal> {
    if given.starts_with("attach://") {
        return Err(Refusal::bad(&format!("there is no {} in the request", media.field())));
    }
    if given.starts_with("http://") || given.starts_with("https://") {
        // What could be fetched is among the uploads.
        return Err(Refusal::bad("failed to get HTTP URL content"));
    }
    let Some(file) = call.state.file(call.bot, given) else {
        return Err(Refusal::bad("wrong file identifier/HTTP URL specified"));
    };
    if file.media != media {
        let (found, wanted) = (file.media.name(), media.name());
        return Err(Refusal::bad(&format!("can't use file of type {found} as {wanted}")));
    }
    Ok(given.to_owned())
}
