//! How a row of the journal is shown: feed, real time and webhooks.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tertulia_domain::actor::ActorKind;
use tertulia_domain::event::EventKind;
use tertulia_domain::{ConversationId, Timestamp};
use tertulia_store::events;
use utoipa::ToSchema;

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
            data: event.data.clone(),
        }
    }
}
