//! Rooms, conversations, channel sessions and participants: where a customer is being served.

use serde_json::{Map, Value};

use crate::closed::closed_enum;
use crate::control::Control;
use crate::inbox::Channel;
use crate::status::Status;
use crate::{
    ChannelSessionId, ContactId, ConversationId, IdentityId, InboxId, ParticipantId, RoomId,
    TeamId, Timestamp, UserId,
};

closed_enum! {
    /// What a room holds.
    RoomKind {
        /// The whole life of one contact.
        Customer = "customer",
        /// An internal chat, group or channel.
        Team = "team",
    }
}

closed_enum! {
    /// How urgent a conversation is.
    Priority {
        None = "none",
        Low = "low",
        Medium = "medium",
        High = "high",
        Urgent = "urgent",
    }
}

closed_enum! {
    /// Who may speak to the customer now.
    HolderKind {
        Nobody = "nobody",
        App = "app",
        Agent = "agent",
    }
}

closed_enum! {
    /// Whether the customer is still reachable on this inbox in this conversation.
    SessionState {
        Started = "started",
        Ended = "ended",
    }
}

closed_enum! {
    /// Who takes part in a conversation.
    ParticipantKind {
        Customer = "customer",
        Bot = "bot",
        Agent = "agent",
        App = "app",
        Controller = "controller",
    }
}

closed_enum! {
    /// As what somebody takes part.
    ParticipantRole {
        Primary = "primary",
        Assistant = "assistant",
        Monitor = "monitor",
        Whisper = "whisper",
    }
}

/// An ordered log of messages; `last_seq` is the number of its newest message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    pub id: RoomId,
    pub kind: RoomKind,
    pub contact_id: Option<ContactId>,
    pub last_seq: i64,
}

/// One episode of service inside a customer room.
#[derive(Debug, Clone, PartialEq)]
pub struct Conversation {
    pub id: ConversationId,
    /// Counts up within the account; the number that people say.
    pub number: i64,
    pub room_id: RoomId,
    pub contact_id: ContactId,
    /// The inbox that the conversation began on.
    pub inbox_id: InboxId,
    pub channel: Channel,
    pub control: Control,
    /// Derived by [`crate::status::derive`] at every change; never set by hand.
    pub status: Status,
    pub priority: Priority,
    pub assignee_id: Option<UserId>,
    pub team_id: Option<TeamId>,
    pub snoozed_until: Option<Timestamp>,
    pub resolved_at: Option<Timestamp>,
    /// The oldest customer message that nobody has answered yet was at this time.
    pub waiting_since: Option<Timestamp>,
    pub first_seq: i64,
    pub last_seq: i64,
    /// How many messages of the customer the conversation has: unread counts are differences of it.
    pub customer_messages: i64,
    /// The newest customer message's `seq`, for `expected_seq`.
    pub last_customer_seq: i64,
    /// The highest watermark of any agent.
    pub agent_read_seq: i64,
    pub contact_read_seq: i64,
    /// The newest message that is not an activity: what a list shows; 0 before there is one.
    pub preview_seq: i64,
    pub attributes: Map<String, Value>,
    /// Page and referrer where the conversation began, as `{url, title, referrer}`.
    pub origin: Option<Value>,
    pub last_activity_at: Timestamp,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// The customer's presence on one inbox inside a conversation; the reply target belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelSession {
    pub id: ChannelSessionId,
    pub conversation_id: ConversationId,
    pub inbox_id: InboxId,
    pub channel: Channel,
    pub identity_id: IdentityId,
    pub state: SessionState,
    pub started_at: Timestamp,
    pub last_seen_at: Timestamp,
}

/// Who takes part in a conversation, and as what. `principal_id` is the contact's, user's or app's id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Participant {
    pub id: ParticipantId,
    pub conversation_id: ConversationId,
    pub kind: ParticipantKind,
    pub principal_id: i64,
    pub role: ParticipantRole,
    pub joined_at: Timestamp,
    pub left_at: Option<Timestamp>,
}
