//! A message: typed content with a number in its room.

use serde::{Deserialize, Serialize};

use crate::attachment::Attachment;
use crate::closed::closed_enum;
use crate::content::Content;
use crate::delivery::DeliveryStatus;
use crate::span::Span;
use crate::{ChannelSessionId, ConversationId, InboxId, MessageId, RoomId, Timestamp};

closed_enum! {
    /// From the customer or to the customer (notes and activities count as out).
    Direction {
        In = "in",
        Out = "out",
    }
}

closed_enum! {
    /// Who sees a message.
    Visibility {
        /// The customer and the account.
        Public = "public",
        /// People and apps of the account only.
        Note = "note",
        /// A line about what happened; people of the account only.
        Activity = "activity",
    }
}

closed_enum! {
    /// Who wrote a message or reacted to it.
    SenderKind {
        Customer = "customer",
        Agent = "agent",
        Bot = "bot",
        App = "app",
        System = "system",
    }
}

/// Who wrote it, with the name of that moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    pub kind: SenderKind,
    pub id: Option<i64>,
    pub name: String,
}

/// One reaction; a sender has at most one per message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Reaction {
    pub emoji: String,
    pub kind: SenderKind,
    pub id: Option<i64>,
    pub name: String,
}

/// What is quoted by a reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    pub id: MessageId,
    pub seq: i64,
    pub sender_name: String,
    pub text: String,
}

/// Where an outgoing message is on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    pub status: DeliveryStatus,
    /// Stable reason of a failure.
    pub code: Option<String>,
    /// The provider's words.
    pub detail: Option<String>,
    pub at: Timestamp,
}

/// A message as it is stored; `seq` is gap-free within the room.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    pub id: MessageId,
    pub room_id: RoomId,
    pub conversation_id: ConversationId,
    pub inbox_id: InboxId,
    pub session_id: Option<ChannelSessionId>,
    pub seq: i64,
    pub direction: Direction,
    pub visibility: Visibility,
    pub sender: Sender,
    pub content: Content,
    pub text: String,
    /// Formatting of `text`.
    pub spans: Vec<Span>,
    pub reply_to: Option<Quote>,
    /// Made by the writing client; the same value never makes a second message in the room.
    pub client_id: Option<String>,
    /// The provider's id; unique in the inbox.
    pub external_id: Option<String>,
    pub attachments: Vec<Attachment>,
    pub reactions: Vec<Reaction>,
    pub delivery: Option<Delivery>,
    pub edited_at: Option<Timestamp>,
    pub deleted_at: Option<Timestamp>,
    pub created_at: Timestamp,
}
