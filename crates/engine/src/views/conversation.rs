//! How a conversation is shown.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tertulia_domain::conversation::{HolderKind, Priority, SessionState};
use tertulia_domain::inbox::Channel;
use tertulia_domain::message::{Direction, Visibility};
use tertulia_domain::status::Status;
use tertulia_domain::{ChannelSessionId, ConversationId, InboxId, RoomId, TeamId, Timestamp};
use utoipa::ToSchema;

use super::{ContactBrief, UserBrief};

/// A conversation with what a list needs to show it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = Conversation)]
pub struct ConversationView {
    pub id: ConversationId,
    /// Counts up within the account; the number that people say.
    pub number: i64,
    pub room_id: RoomId,
    pub inbox_id: InboxId,
    pub channel: Channel,
    pub contact: ContactBrief,
    pub status: Status,
    pub priority: Priority,
    pub assignee: Option<UserBrief>,
    pub team: Option<TeamBrief>,
    pub labels: Vec<String>,
    pub control: ControlView,
    pub sessions: Vec<SessionView>,
    pub last_seq: i64,
    pub last_message: Option<LastMessageView>,
    /// Customer messages above the reader's watermark; 0 in events, where every client counts its own.
    pub unread_count: i64,
    /// The highest watermark of any agent: what the customer sees as read.
    pub agent_read_seq: i64,
    pub contact_read_seq: i64,
    /// The customer has waited for an answer since then.
    pub waiting_since: Option<Timestamp>,
    pub snoozed_until: Option<Timestamp>,
    /// `{url, title, referrer}` of the page where it began.
    pub origin: Option<Value>,
    pub attributes: Map<String, Value>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub last_activity_at: Timestamp,
    pub resolved_at: Option<Timestamp>,
}

/// A team inside another thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct TeamBrief {
    pub id: TeamId,
    pub name: String,
}

/// Who may speak to the customer now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Control)]
pub struct ControlView {
    pub holder: HolderView,
    pub epoch: i64,
}

/// The holder of control.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Holder)]
pub struct HolderView {
    pub kind: HolderKind,
    pub id: Option<i64>,
    pub name: Option<String>,
}

/// The customer's presence on one inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = ChannelSession)]
pub struct SessionView {
    pub id: ChannelSessionId,
    pub inbox_id: InboxId,
    pub channel: Channel,
    pub state: SessionState,
    pub last_seen_at: Timestamp,
}

/// The newest message, for the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = LastMessage)]
pub struct LastMessageView {
    pub seq: i64,
    pub text: String,
    pub direction: Direction,
    pub visibility: Visibility,
    pub sender_name: String,
    pub at: Timestamp,
}
