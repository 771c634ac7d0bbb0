//! What a message says, both ways between our typed content and Chatwoot's text with attributes.
//!
//! | ours | Chatwoot's |
//! |---|---|
//! | text, image, file, audio, video, sticker, location, contact | `text`, with attachments |
//! | buttons | `input_select`; with a link among them `cards` |
//! | cards | `cards`; `article` comes in as cards with links |
//! | form | `form`; with one field named `email` `input_email` |
//! | reply | `text`; for bots `submitted_values` of the message that was answered |
//! | e-mail | `incoming_email` |

mod items;
mod read;
mod submitted;

use serde_json::{Map, Value, json};
use tertulia_domain::content::Content;
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_domain::inbox::{FieldKind, FormField};
use tertulia_engine::views::MessageView;

use super::activity;

pub(crate) use read::{Said, read};
pub(crate) use submitted::submitted;

/// The key of the field that makes a form an `input_email`.
const EMAIL_KEY: &str = "email";
const DELETED: &str = "This message was deleted";
const UNCERTAIN: &str = "It is not known whether this message arrived";

/// Chatwoot's `content_type`.
pub(crate) fn kind(content: &Content) -> &'static str {
    match content {
        Content::Buttons { buttons, .. } if buttons.iter().any(|b| b.url.is_some()) => "cards",
        Content::Buttons { .. } => "input_select",
        Content::Cards { .. } => "cards",
        Content::Form { fields, .. } if is_email(fields) => "input_email",
        Content::Form { .. } => "form",
        Content::Email { .. } => "incoming_email",
        Content::Text { .. }
        | Content::Image { .. }
        | Content::File { .. }
        | Content::Audio { .. }
        | Content::Video { .. }
        // Clients know few types, and this one only some of them.
        | Content::Sticker { .. }
        | Content::Location { .. }
        | Content::Contact { .. }
        | Content::Reply { .. }
        | Content::Template { .. }
        | Content::Unsupported { .. }
        | Content::Activity { .. } => "text",
    }
}

/// Chatwoot's `content`: null for a file without a caption.
pub(crate) fn text(message: &MessageView) -> Option<String> {
    if message.deleted_at.is_some() {
        return Some(DELETED.to_owned());
    }
    let text = match &message.content {
        Content::Activity { action, params } => {
            activity::sentence(*action, params, &message.sender.name)
        }
        // The address of a place and the number of a person are in the attachment.
        Content::Location { title, .. } => title.clone(),
        Content::Email { text, .. } => text.clone(),
        content => content.plain_text(),
    };
    (!text.is_empty()).then_some(text)
}

/// Chatwoot's `content_attributes`, without what came back for it; see [`submitted()`].
pub(crate) fn attributes(message: &MessageView) -> Map<String, Value> {
    let mut attributes = Map::new();
    let mut put = |name: &str, value: Value| drop(attributes.insert(name.to_owned(), value));
    if message.deleted_at.is_some() {
        put("deleted", true.into());
        return attributes;
    }
    if let Some(items) = items::items(&message.content) {
        put("items", items);
    }
    if let Some(quote) = &message.reply_to {
        put("in_reply_to", quote.id.0.into());
    }
    match &message.content {
        Content::Reply { message_id, .. } if message.reply_to.is_none() => {
            put("in_reply_to", (*message_id).into());
        }
        Content::Unsupported { .. } => put("is_unsupported", true.into()),
        Content::Email { subject, text, html, from, to, cc } => {
            let email = json!({
                "subject": subject,
                "from": [from],
                "to": to,
                "cc": cc,
                "text_content": {"full": text},
                "html_content": {"full": html},
            });
            put("email", email);
        }
        _ => {}
    }
    if let Some(delivery) = &message.delivery {
        let failed = status(Some(delivery.status)) == "failed";
        if failed {
            let why = delivery.detail.as_ref().or(delivery.code.as_ref());
            put("external_error", why.map_or("failed", String::as_str).into());
        } else if delivery.status == DeliveryStatus::Uncertain {
            put("external_error", UNCERTAIN.into());
        }
    }
    attributes
}

/// Chatwoot's `status`. What is uncertain did not fail: a client that sends failed messages again would
/// write twice.
pub(crate) fn status(delivery: Option<DeliveryStatus>) -> &'static str {
    use DeliveryStatus as S;
    match delivery {
        None | Some(S::Queued | S::Sending | S::Sent | S::Uncertain) => "sent",
        Some(S::Delivered) => "delivered",
        Some(S::Read) => "read",
        Some(S::Rejected | S::Expired | S::Canceled) => "failed",
    }
}

/// A form that asks for an e-mail address and nothing else.
fn is_email(fields: &[FormField]) -> bool {
    matches!(fields, [field] if field.kind == FieldKind::Email && field.key == EMAIL_KEY)
}

/// Only the items, for tests of both ways.
#[cfg(test)]
fn attributes_of(content: &Content) -> Option<Value> {
    items::items(content)
}
