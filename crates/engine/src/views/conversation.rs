//! How a conversation is shown.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tertulia_domain::conversation::{ChannelSession, HolderKind, Priority, SessionState};
use tertulia_domain::inbox::Channel;
use tertulia_domain::message::{Direction, Visibility};
use tertulia_domain::status::Status;
use tertulia_domain::{ChannelSessionId, ConversationId, InboxId, RoomId, TeamId, Timestamp};
use tertulia_store::conversations::{Preview, Shown};
use utoipa::ToSchema;

use super::{ContactBrief, UserBrief};

/// Where a conversation began: on a page, or behind a link into a messenger.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(default)]
#[schema(as = Origin)]
pub struct OriginView {
    pub url: Option<String>,
    pub title: Option<String>,
    pub referrer: Option<String>,
    /// What a link into a messenger carried along: the start parameter of a bot, for example.
    pub start: Option<String>,
}

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
    pub origin: Option<OriginView>,
    pub attributes: Map<String, Value>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub last_activity_at: Timestamp,
    pub resolved_at: Option<Timestamp>,
}

impl From<&Shown> for ConversationView {
    fn from(shown: &Shown) -> Self {
        let c = &shown.conversation;
        Self {
            id: c.id,
            number: c.number,
            room_id: c.room_id,
            inbox_id: c.inbox_id,
            channel: c.channel,
            contact: contact_brief(shown),
            status: c.status,
            priority: c.priority,
            assignee: c.assignee_id.zip(shown.assignee_name.clone()).map(|(id, name)| UserBrief {
                id,
                name,
                avatar_url: None,
            }),
            team: c.team_id.zip(shown.team_name.clone()).map(|(id, name)| TeamBrief { id, name }),
            labels: shown.labels.clone(),
            control: control(shown),
            sessions: shown.sessions.iter().map(SessionView::from).collect(),
            last_seq: c.last_seq,
            last_message: shown.preview.as_ref().map(LastMessageView::from),
            unread_count: shown.unread_count,
            agent_read_seq: c.agent_read_seq,
            contact_read_seq: c.contact_read_seq,
            waiting_since: c.waiting_since,
            snoozed_until: c.snoozed_until,
            origin: c.origin.clone().and_then(|stored| serde_json::from_value(stored).ok()),
            attributes: c.attributes.clone(),
            created_at: c.created_at,
            updated_at: c.updated_at,
            last_activity_at: c.last_activity_at,
            resolved_at: c.resolved_at,
        }
    }
}

fn contact_brief(shown: &Shown) -> ContactBrief {
    ContactBrief {
        id: shown.conversation.contact_id,
        name: shown.contact_name.clone(),
        avatar_url: None,
        email: shown.contact_email.clone(),
        phone: shown.contact_phone.clone(),
        verified: shown.contact_verified,
        blocked: shown.contact_blocked,
    }
}

fn control(shown: &Shown) -> ControlView {
    let control = shown.conversation.control;
    let (kind, id) = control.holder.parts();
    ControlView {
        holder: HolderView { kind, id, name: shown.holder_name.clone() },
        epoch: control.epoch,
        offered_at: control.offered_at,
    }
}

impl From<&ChannelSession> for SessionView {
    fn from(session: &ChannelSession) -> Self {
        Self {
            id: session.id,
            inbox_id: session.inbox_id,
            channel: session.channel,
            state: session.state,
            last_seen_at: session.last_seen_at,
        }
    }
}

impl From<&Preview> for LastMessageView {
    fn from(preview: &Preview) -> Self {
        Self {
            seq: preview.seq,
            text: preview.text.clone(),
            direction: preview.direction,
            visibility: preview.visibility,
            sender_name: preview.sender_name.clone(),
            at: preview.at,
        }
    }
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
    /// Since then the app in control has been asking for people.
    pub offered_at: Option<Timestamp>,
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
