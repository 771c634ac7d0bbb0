//! A file of a message, and the places and people that Chatwoot shows as files.

use serde_json::{Value, json};
use tertulia_domain::MessageId;
use tertulia_domain::attachment::MediaKind;
use tertulia_domain::content::Content;
use tertulia_engine::views::{AttachmentView, MessageView};

use super::Cast;

/// All attachments of a message.
pub(crate) fn all(cast: &Cast, message: &MessageView) -> Vec<Value> {
    let files = message.attachments.iter().map(|file| self::file(cast, message.id, file));
    files.chain(from_content(cast, message)).collect()
}

/// A file.
pub(crate) fn file(cast: &Cast, message: MessageId, file: &AttachmentView) -> Value {
    let mut shape = json!({
        "id": file.id,
        "message_id": message,
        "file_type": file.kind,
        "account_id": cast.account.id,
        "extension": extension(&file.name),
        "data_url": cast.link(&file.url),
        "thumb_url": thumbnail(cast, file),
        "file_size": file.size_bytes,
        "content_type": file.content_type,
        "width": file.width,
        "height": file.height,
    });
    if let (MediaKind::Audio, Value::Object(shape)) = (file.kind, &mut shape) {
        shape.insert("transcribed_text".to_owned(), "".into());
    }
    shape
}

/// Small pictures are their own thumbnails.
fn thumbnail(cast: &Cast, file: &AttachmentView) -> String {
    let small = (file.kind == MediaKind::Image).then_some(&file.url);
    file.thumbnail_url.as_ref().or(small).map(|url| cast.link(url)).unwrap_or_default()
}

fn extension(name: &str) -> Option<&str> {
    name.rsplit_once('.').map(|(_, extension)| extension).filter(|text| !text.is_empty())
}

/// A place or a person as the attachment that Chatwoot makes of it. It has no row of its own, so it
/// goes by the id of its message.
fn from_content(cast: &Cast, message: &MessageView) -> Option<Value> {
    let (id, account) = (message.id, cast.account.id);
    match &message.content {
        Content::Location { latitude, longitude, title, address } => Some(json!({
            "id": id,
            "message_id": id,
            "file_type": "location",
            "account_id": account,
            "coordinates_lat": latitude,
            "coordinates_long": longitude,
            "fallback_title": if title.is_empty() { address } else { title },
            "data_url": format!("geo:{latitude},{longitude}"),
        })),
        Content::Contact { name, phones, emails } => Some(json!({
            "id": id,
            "message_id": id,
            "file_type": "contact",
            "account_id": account,
            "data_url": "",
            "fallback_title": phones.first().or(emails.first()).unwrap_or(name),
            "meta": {"firstName": name, "lastName": ""},
        })),
        _ => None,
    }
}
