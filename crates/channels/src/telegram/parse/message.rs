//! A message of a customer: who wrote, what it says, what it answers.

use serde_json::{Map, Value};
use tertulia_domain::content::{Content, ContentProblem, LINE_CHARS_MAX};

use super::super::entities::spans;
use super::super::names;
use super::super::update::{Chat, Message, User};
use super::media;
use crate::inbound::{Inbound, InboundContact, InboundMessage, InboundMove};

/// What a bot's deep link makes the customer send.
const START: &str = "/start ";
/// Fields of a message that say how it came, not what it is.
const MANNERS: [&str; 24] = [
    "author_signature",
    "business_connection_id",
    "direct_messages_topic",
    "effect_id",
    "external_reply",
    "forward_origin",
    "forward_date",
    "forward_from",
    "forward_from_chat",
    "forward_sender_name",
    "has_media_spoiler",
    "has_protected_content",
    "is_automatic_forward",
    "is_from_offline",
    "is_topic_message",
    "link_preview_options",
    "message_thread_id",
    "paid_star_count",
    "quote",
    "reply_markup",
    "reply_to_story",
    "sender_boost_count",
    "show_caption_above_media",
    "via_bot",
];

pub(super) fn read(message: Message) -> Result<Vec<Inbound>, String> {
    if let Some(moved) = moved(&message) {
        return Ok(vec![moved]);
    }
    let (content, files) = media::read(&message);
    let Some(content) = content else {
        let kind = kind_of(&message);
        return unsupported(&message, &kind);
    };
    let mut inbound = around(&message, harmless(content)?);
    inbound.spans = match (&message.text, &message.caption) {
        (Some(text), _) => spans(&message.entities, text),
        (None, Some(caption)) => spans(&message.caption_entities, caption),
        (None, None) => Vec::new(),
    };
    // Marks belong to the words as they came.
    if inbound.content.plain_text()
        != message.text.as_deref().or(message.caption.as_deref()).unwrap_or_default()
    {
        inbound.spans = Vec::new();
    }
    inbound.files = files;
    inbound.album = message.media_group_id.clone();
    Ok(vec![Inbound::Message(Box::new(inbound))])
}

/// A message that cannot be shown, but is there.
pub(super) fn unsupported(message: &Message, kind: &str) -> Result<Vec<Inbound>, String> {
    let text = message.text.clone().or_else(|| message.caption.clone()).unwrap_or_default();
    let kind = kind.chars().take(LINE_CHARS_MAX).collect();
    let content = harmless(Content::Unsupported { kind, text })?;
    Ok(vec![Inbound::Message(Box::new(around(message, content)))])
}

/// A group that became a supergroup has another number; both chats tell so.
fn moved(message: &Message) -> Option<Inbound> {
    let (from, to) = match (message.migrate_to_chat_id, message.migrate_from_chat_id) {
        (Some(to), _) => (message.chat.id, to),
        (None, Some(from)) => (from, message.chat.id),
        (None, None) => return None,
    };
    let id = names::message(from, to);
    Some(Inbound::Move(InboundMove { id, from: from.to_string(), to: to.to_string() }))
}

fn around(message: &Message, content: Content) -> InboundMessage {
    let chat = &message.chat;
    let id = names::message(chat.id, message.message_id);
    let start = message.text.as_deref().and_then(|text| text.strip_prefix(START));
    let replied = message.reply_to_message.as_ref();
    InboundMessage {
        author: author(message),
        start: start.map(|payload| payload.trim().to_owned()).filter(|p| !p.is_empty()),
        reply_to: replied.map(|other| names::message(other.chat.id, other.message_id)),
        sent_at: (message.date > 0).then(|| names::at(message.date)),
        ..InboundMessage::new(id, contact(chat, message.from.as_ref()), content)
    }
}

/// Who of a group it was: the group is the contact.
fn author(message: &Message) -> Option<String> {
    if message.chat.is_private() {
        return None;
    }
    let chat = message.sender_chat.as_ref().and_then(|chat| chat.title.clone());
    chat.or_else(|| message.from.as_ref().map(name_of))
}

/// The contact behind a chat: a person, or a group as a whole.
pub(super) fn contact(chat: &Chat, from: Option<&User>) -> InboundContact {
    let address = chat.id.to_string();
    let mut attributes = Map::new();
    let mut attribute = |name: &str, value: Option<&String>| {
        if let Some(value) = value {
            attributes.insert(name.to_owned(), Value::from(clean(value)));
        }
    };
    if !chat.is_private() {
        attribute("telegram_username", chat.username.as_ref());
        return InboundContact {
            name: chat.title.clone(),
            picture: Some(format!("chat:{address}")),
            attributes,
            address,
            ..InboundContact::default()
        };
    }
    attribute(
        "telegram_username",
        chat.username.as_ref().or(from.and_then(|u| u.username.as_ref())),
    );
    let own = full_name(chat.first_name.as_deref().unwrap_or_default(), chat.last_name.as_deref());
    let name = from.map(name_of).or(Some(own)).filter(|name| !name.is_empty());
    InboundContact {
        name,
        locale: from.and_then(|user| user.language_code.as_deref()).map(clean),
        picture: Some(format!("user:{address}")),
        attributes,
        address,
        ..InboundContact::default()
    }
}

/// What a person is called.
pub(super) fn name_of(user: &User) -> String {
    full_name(&user.first_name, user.last_name.as_deref())
}

fn full_name(first: &str, last: Option<&str>) -> String {
    [first, last.unwrap_or_default()].join(" ").trim().to_owned()
}

/// NUL is the one character that cannot be stored.
pub(super) fn clean(text: &str) -> String {
    text.replace('\0', "\u{FFFD}")
}

/// Content within our limits. A text with nothing visible in it is kept as something that cannot be
/// shown.
fn harmless(content: Content) -> Result<Content, String> {
    match content.validate() {
        Ok(()) => Ok(content),
        Err(error) if error.problem == ContentProblem::Empty => Ok(Content::Unsupported {
            kind: format!("blank_{}", content.kind()),
            text: String::new(),
        }),
        Err(error) => Err(format!("/content{error}")),
    }
}

/// The name of what is in a message of a kind that is not known.
fn kind_of(message: &Message) -> String {
    let mut names = message.rest.keys().map(String::as_str);
    names.find(|name| !MANNERS.contains(name)).unwrap_or("message").to_owned()
}
