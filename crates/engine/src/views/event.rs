//! How a row of the journal is shown: feed, real time and webhooks.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use serde_json::value::RawValue;
use tertulia_domain::actor::ActorKind;
use tertulia_domain::event::{Audience, EventKind};
use tertulia_domain::{ConversationId, Timestamp};
use tertulia_store::events;
use utoipa::ToSchema;

use super::visitor;

/// Something that happened. `cursor` is the place behind it; the feed and the stream go on from there.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = Event)]
pub struct EventView {
    pub cursor: String,
    #[serde(rename = "type")]
    pub kind: EventKind,
    pub at: Timestamp,
    pub actor: ActorView,
    pub conversation_id: Option<ConversationId>,
    /// The changed things, each in its one shape.
    pub data: Value,
}

/// Who did it, by the name of that moment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Actor)]
pub struct ActorView {
    pub kind: ActorKind,
    pub id: Option<i64>,
    pub name: String,
}

impl From<&events::Event> for EventView {
    fn from(event: &events::Event) -> Self {
        Self {
            cursor: event.cursor.to_string(),
            kind: event.kind,
            at: event.at,
            actor: ActorView {
                kind: event.actor.kind,
                id: event.actor.id,
                name: event.actor.name.clone(),
            },
            conversation_id: event.conversation_id,
            // The journal takes nothing but JSON.
            data: event.data.read().unwrap_or_default(),
        }
    }
}

/// The same with data as it stands in the journal: what real time sends to every socket.
#[derive(Serialize)]
struct Borrowed<'a> {
    cursor: String,
    #[serde(rename = "type")]
    kind: EventKind,
    at: Timestamp,
    actor: &'a ActorView,
    conversation_id: Option<ConversationId>,
    data: &'a RawValue,
}

/// The JSON text of an event for people and programs of the account.
#[must_use]
pub fn staff_event(event: &events::Event) -> Option<String> {
    let actor =
        ActorView { kind: event.actor.kind, id: event.actor.id, name: event.actor.name.clone() };
    text(event, &actor, event.data.read().ok()?)
}

/// The JSON text of an event for the customer of its room; `None` when it is not for customers.
#[must_use]
pub fn visitor_event(event: &events::Event) -> Option<String> {
    if event.audience != Audience::Everyone {
        return None;
    }
    let data = visitor::event_data(event.kind, &event.data)?;
    let data = serde_json::value::to_raw_value(&data).ok()?;
    text(event, &visitor::actor(event), &data)
}

fn text(event: &events::Event, actor: &ActorView, data: &RawValue) -> Option<String> {
    let view = Borrowed {
        cursor: event.cursor.to_string(),
        kind: event.kind,
        at: event.at,
        actor,
        conversation_id: event.conversation_id,
        data,
    };
    // Texts, numbers and JSON values always have a JSON form.
    serde_json::to_string(&view).ok()
}
