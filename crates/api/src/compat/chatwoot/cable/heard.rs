//! The hub's frames, read back: `/cable` is one more client of our own stream.

use serde::Deserialize;
use tertulia_domain::user::PresenceState;
use tertulia_domain::{ContactId, ConversationId, UserId};
use tertulia_engine::views::EventView;
use tertulia_live::{Frame, Typist};

/// A frame of the hub, as far as Chatwoot has a word for it.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
pub(super) enum Heard {
    Event {
        event: Box<EventView>,
    },
    Typing {
        conversation_id: ConversationId,
        who: Typist,
        on: bool,
    },
    Presence {
        user_id: Option<UserId>,
        contact_id: Option<ContactId>,
        state: PresenceState,
    },
    /// Who looks at what, and what only our own clients need.
    #[serde(other)]
    Other,
}

impl Heard {
    pub(super) fn read(frame: &Frame) -> Self {
        // The hub writes what is read here; a frame that cannot be read says nothing to anybody.
        serde_json::from_slice(&frame.bytes()).unwrap_or(Self::Other)
    }
}
