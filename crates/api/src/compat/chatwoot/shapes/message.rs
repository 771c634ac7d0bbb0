//! A message in the three forms that Chatwoot has of one.

use serde_json::{Map, Value, json};
use tertulia_domain::UserId;
use tertulia_domain::message::{Direction, SenderKind, Visibility};
use tertulia_engine::views::{ConversationView, MessageView};

use super::{
    Cast, account, attachment, bot, contact, content, conversation, inbox, iso, secs, user,
};

/// In REST.
pub(crate) fn rest(cast: &Cast, message: &MessageView) -> Value {
    let mut shape = json!({
        "id": message.id,
        "content": content::text(message),
        "inbox_id": message.inbox_id,
        "conversation_id": number(cast, message),
        "message_type": kind(message).number(),
        "content_type": content::kind(&message.content),
        "status": content::status(message.delivery.as_ref().map(|d| d.status)),
        "content_attributes": attributes(cast, message),
        "created_at": secs(message.created_at),
        "private": message.visibility == Visibility::Note,
        "source_id": cast.external_ids.get(&message.id),
    });
    put(&mut shape, "sender", sender(cast, message));
    put_attachments(cast, message, &mut shape);
    shape
}

/// In lists of conversations, in real time, and as `messages` of a conversation in webhooks.
pub(crate) fn push(cast: &Cast, message: &MessageView, of: Option<&ConversationView>) -> Value {
    let text = content::text(message);
    let around = cast.around.get(&message.conversation_id);
    let mut shape = json!({
        "id": message.id,
        "content": text,
        "account_id": cast.account.id,
        "inbox_id": message.inbox_id,
        "conversation_id": number(cast, message),
        "message_type": kind(message).number(),
        "created_at": secs(message.created_at),
        "updated_at": iso(updated_at(message)),
        "private": message.visibility == Visibility::Note,
        "status": content::status(message.delivery.as_ref().map(|d| d.status)),
        "source_id": cast.external_ids.get(&message.id),
        "content_type": content::kind(&message.content),
        "content_attributes": attributes(cast, message),
        "sender_type": sender_type(message.sender.kind),
        "sender_id": message.sender.id,
        "external_source_ids": {},
        "additional_attributes": {},
        "processed_message_content": text,
        "sentiment": {},
        "conversation": {
            "assignee_id": of.and_then(|c| c.assignee.as_ref()).map(|assignee| assignee.id),
            "unread_count": around.map_or(0, |around| around.unread_count),
            "last_activity_at": secs(of.map_or(message.created_at, |c| c.last_activity_at)),
            "contact_inbox": {
                "source_id": around.and_then(|a| a.address.as_ref()).map(|a| &a.address),
            },
        },
    });
    put(&mut shape, "sender", sender(cast, message));
    put_attachments(cast, message, &mut shape);
    shape
}

/// In webhooks; the event's name comes to it. Activities are never sent.
pub(crate) fn webhook(cast: &Cast, message: &MessageView, of: &ConversationView) -> Value {
    let mut shape = json!({
        "id": message.id,
        "content": content::text(message),
        "content_type": content::kind(&message.content),
        "content_attributes": attributes(cast, message),
        "additional_attributes": {},
        "message_type": kind(message).name(),
        "private": message.visibility == Visibility::Note,
        "source_id": cast.external_ids.get(&message.id),
        "created_at": iso(message.created_at),
        "account": account::brief(cast),
        "inbox": inbox::brief(cast, message.inbox_id),
        "sender": webhook_sender(cast, message),
        "conversation": conversation::push(cast, of),
    });
    put_attachments(cast, message, &mut shape);
    shape
}

/// What Chatwoot calls the direction of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Incoming,
    Outgoing,
    Activity,
    /// Written by the platform itself, such as a greeting.
    Template,
}

impl Kind {
    pub(crate) fn number(self) -> i64 {
        match self {
            Self::Incoming => 0,
            Self::Outgoing => 1,
            Self::Activity => 2,
            Self::Template => 3,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Incoming => "incoming",
            Self::Outgoing => "outgoing",
            Self::Activity => "activity",
            Self::Template => "template",
        }
    }
}

/// What kind of message it is for Chatwoot.
pub(crate) fn kind(message: &MessageView) -> Kind {
    match (message.visibility, message.direction, message.sender.kind) {
        (Visibility::Activity, _, _) => Kind::Activity,
        (Visibility::Public | Visibility::Note, Direction::In, _) => Kind::Incoming,
        (Visibility::Public, Direction::Out, SenderKind::System) => Kind::Template,
        (Visibility::Public | Visibility::Note, Direction::Out, _) => Kind::Outgoing,
    }
}

fn attributes(cast: &Cast, message: &MessageView) -> Map<String, Value> {
    let mut attributes = content::attributes(message);
    if let (Some(values), None) = (cast.answers.get(&message.id), message.deleted_at) {
        attributes.extend(content::submitted(&message.content, values));
    }
    attributes
}

fn number(cast: &Cast, message: &MessageView) -> Option<i64> {
    cast.around.get(&message.conversation_id).map(|around| around.number)
}

fn updated_at(message: &MessageView) -> tertulia_domain::Timestamp {
    let delivered = message.delivery.as_ref().map(|delivery| delivery.at);
    let changed = [message.edited_at, message.deleted_at, delivered];
    changed.into_iter().flatten().fold(message.created_at, Ord::max)
}

fn sender_type(kind: SenderKind) -> Option<&'static str> {
    match kind {
        SenderKind::Customer => Some("Contact"),
        SenderKind::Agent => Some("User"),
        SenderKind::Bot | SenderKind::App => Some("AgentBot"),
        SenderKind::System => None,
    }
}

fn sender(cast: &Cast, message: &MessageView) -> Option<Value> {
    let (kind, id) = (message.sender.kind, message.sender.id?);
    match kind {
        SenderKind::Customer => {
            cast.contacts.get(&tertulia_domain::ContactId(id)).map(contact::push)
        }
        SenderKind::Agent => Some(user::push(cast, UserId(id), &message.sender.name)),
        SenderKind::Bot | SenderKind::App => Some(bot::push(id, &message.sender.name)),
        SenderKind::System => None,
    }
}

fn webhook_sender(cast: &Cast, message: &MessageView) -> Option<Value> {
    let (kind, id) = (message.sender.kind, message.sender.id?);
    match kind {
        SenderKind::Customer => {
            let found = cast.contacts.get(&tertulia_domain::ContactId(id));
            found.map(|found| contact::webhook(cast, found))
        }
        SenderKind::Agent => Some(user::webhook(cast, UserId(id), &message.sender.name)),
        SenderKind::Bot | SenderKind::App => Some(bot::webhook(id, &message.sender.name)),
        SenderKind::System => None,
    }
}

/// Chatwoot leaves the key out where there is nothing.
fn put(shape: &mut Value, name: &str, value: Option<Value>) {
    if let (Value::Object(shape), Some(value)) = (shape, value) {
        shape.insert(name.to_owned(), value);
    }
}

fn put_attachments(cast: &Cast, message: &MessageView, shape: &mut Value) {
    let all = attachment::all(cast, message);
    put(shape, "attachments", (!all.is_empty()).then(|| all.into()));
}
