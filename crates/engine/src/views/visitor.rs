//! What a customer sees: public messages, read marks, the state of its own conversation, and no ids of staff.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tertulia_domain::actor::ActorKind;
use tertulia_domain::content::Content;
use tertulia_domain::event::EventKind;
use tertulia_domain::message::{Direction, Reaction, SenderKind, Visibility};
use tertulia_domain::status::Status;
use tertulia_domain::{ContactId, ConversationId, MessageId, RoomId, Timestamp};
use tertulia_store::Json;
use tertulia_store::events::Event;
use utoipa::ToSchema;

use super::{
    ActorView, AttachmentView, ConversationView, DeliveryView, MessageView, QuoteView, SenderView,
};

/// A message as its customer sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = WidgetMessage)]
pub struct WidgetMessageView {
    pub id: MessageId,
    pub conversation_id: ConversationId,
    pub room_id: RoomId,
    pub seq: i64,
    pub client_id: Option<String>,
    pub direction: Direction,
    pub visibility: Visibility,
    /// The id is there for customers only.
    pub sender: SenderView,
    pub content: Content,
    /// Plain text of the content, for previews.
    pub text: String,
    pub reply_to: Option<QuoteView>,
    pub attachments: Vec<AttachmentView>,
    pub reactions: Vec<Reaction>,
    /// Always `null`: how a message reaches the customer is the team's affair.
    pub delivery: Option<DeliveryView>,
    pub edited_at: Option<Timestamp>,
    pub deleted_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

/// A conversation as its customer sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = WidgetConversation)]
pub struct WidgetConversationView {
    pub id: ConversationId,
    pub status: Status,
    pub agent_read_seq: i64,
    pub contact_read_seq: i64,
    pub last_seq: i64,
    /// Messages of the team above the customer's watermark; 0 in events, where every client counts its own.
    pub unread_count: i64,
}

/// A visitor of a website.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Visitor)]
pub struct VisitorView {
    pub id: ContactId,
    pub name: String,
    pub email: Option<String>,
    /// The website has proven who it is.
    pub verified: bool,
}

impl WidgetMessageView {
    /// The customer's side of a message; `None` for notes and activities.
    #[must_use]
    pub fn new(message: MessageView) -> Option<Self> {
        if message.visibility != Visibility::Public {
            return None;
        }
        let is_own = message.direction == Direction::In;
        let sender =
            SenderView { id: shown(message.sender.kind, message.sender.id), ..message.sender };
        let reactions = message
            .reactions
            .into_iter()
            .map(|reaction| Reaction { id: shown(reaction.kind, reaction.id), ..reaction });
        Some(Self {
            id: message.id,
            conversation_id: message.conversation_id,
            room_id: message.room_id,
            seq: message.seq,
            client_id: message.client_id.filter(|_| is_own),
            direction: message.direction,
            visibility: message.visibility,
            sender,
            content: message.content,
            text: message.text,
            reply_to: message.reply_to,
            attachments: message.attachments,
            reactions: reactions.collect(),
            delivery: None,
            edited_at: message.edited_at,
            deleted_at: message.deleted_at,
            created_at: message.created_at,
        })
    }
}

impl WidgetConversationView {
    /// The customer's side of a conversation, without its unread count.
    #[must_use]
    pub fn new(conversation: &ConversationView) -> Self {
        Self {
            id: conversation.id,
            status: conversation.status,
            agent_read_seq: conversation.agent_read_seq,
            contact_read_seq: conversation.contact_read_seq,
            last_seq: conversation.last_seq,
            unread_count: 0,
        }
    }
}

/// The data of an event about a message.
#[derive(Deserialize)]
struct MessageData {
    message: MessageView,
}

/// The data of an event about a conversation.
#[derive(Deserialize)]
struct ConversationData {
    conversation: ConversationView,
}

/// The customer's side of an event's data. What cannot be read is not shown.
pub(super) fn event_data(kind: EventKind, data: &Json) -> Option<Value> {
    if matches!(kind, EventKind::MessageCreated | EventKind::MessageUpdated) {
        let MessageData { message } = data.read().ok()?;
        return Some(json!({ "message": WidgetMessageView::new(message)? }));
    }
    if matches!(kind, EventKind::ConversationCreated | EventKind::ConversationUpdated) {
        let ConversationData { conversation } = data.read().ok()?;
        return Some(json!({ "conversation": WidgetConversationView::new(&conversation) }));
    }
    if kind == EventKind::ConversationRead {
        let data: Value = data.read().ok()?;
        return Some(json!({
            "conversation_id": data.get("conversation_id")?,
            "reader": data.get("reader")?,
            "user_id": null,
            "seq": data.get("seq")?,
        }));
    }
    None
}

/// Who did it, as far as the customer may know: people by name, programs not at all.
pub(super) fn actor(event: &Event) -> ActorView {
    let name = event.actor.name.clone();
    match event.actor.kind {
        ActorKind::Contact => ActorView { kind: ActorKind::Contact, id: event.actor.id, name },
        ActorKind::User => ActorView { kind: ActorKind::User, id: None, name },
        ActorKind::System | ActorKind::Token | ActorKind::Inbox | ActorKind::App => {
            ActorView { kind: ActorKind::System, id: None, name: String::new() }
        }
    }
}

fn shown(kind: SenderKind, id: Option<i64>) -> Option<i64> {
    id.filter(|_| kind == SenderKind::Customer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(visibility: &str, direction: &str, sender: &Value) -> Value {
        json!({ "message": {
            "id": 1, "conversation_id": 2, "room_id": 3, "inbox_id": 4, "seq": 5,
            "client_id": "c-1", "direction": direction, "visibility": visibility,
            "sender": sender, "content": {"type": "text", "text": "Hello"}, "text": "Hello",
            "reply_to": null, "attachments": [],
            "reactions": [{"emoji": "👍", "kind": "agent", "id": 77, "name": "Ana"}],
            "delivery": {"status": "rejected", "code": "E7", "detail": "provider words",
                         "at": "2026-01-31T12:00:00Z"},
            "edited_at": null, "deleted_at": null, "created_at": "2026-01-31T12:00:00Z",
        }})
    }

    fn agent() -> Value {
        json!({"kind": "agent", "id": 77, "name": "Ana", "avatar_url": "/files/a"})
    }

    #[test]
    fn no_id_of_staff_and_nothing_of_delivery_reaches_the_customer() {
        let data = message("public", "out", &agent());
        let seen = event_data(EventKind::MessageCreated, &Json::from(data.clone())).unwrap();
        let text = seen.to_string();
        assert!(!text.contains("77") && !text.contains("provider") && !text.contains("inbox_id"));
        assert_eq!(seen["message"]["sender"]["name"], "Ana");
        assert_eq!(seen["message"]["sender"]["avatar_url"], "/files/a");
        assert_eq!(seen["message"]["client_id"], Value::Null);
    }

    #[test]
    fn own_messages_keep_what_the_client_needs_to_know_them_again() {
        let me = json!({"kind": "customer", "id": 9, "name": "Bia", "avatar_url": null});
        let seen = event_data(EventKind::MessageUpdated, &Json::from(message("public", "in", &me)))
            .unwrap();
        assert_eq!(seen["message"]["client_id"], "c-1");
        assert_eq!(seen["message"]["sender"]["id"], 9);
    }

    #[test]
    fn notes_activities_and_other_kinds_never_reach_the_customer() {
        for visibility in ["note", "activity"] {
            let data = message(visibility, "out", &agent());
            assert_eq!(
                event_data(EventKind::MessageCreated, &Json::from(data.clone())),
                None,
                "{visibility}"
            );
        }
        for &kind in EventKind::ALL {
            let data = json!({ "contact": {}, "id": 1, "user": {} });
            assert_eq!(event_data(kind, &Json::from(data.clone())), None, "{kind}");
        }
    }

    #[test]
    fn a_read_mark_does_not_say_who_read() {
        let data = json!({"conversation_id": 2, "reader": "agent", "user_id": 77, "seq": 5});
        let seen = event_data(EventKind::ConversationRead, &Json::from(data.clone())).unwrap();
        assert_eq!(
            seen,
            json!({"conversation_id": 2, "reader": "agent", "user_id": null, "seq": 5})
        );
    }
}
