//! Messages: one row, one numbered entry of a room. Read in `find`, changed in `change`.

mod change;
mod find;
mod latest;
mod place;

use serde::de::DeserializeOwned;
use serde_json::Value;
use tertulia_domain::content::Content;
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_domain::message::{Direction, Sender, Visibility};
use tertulia_domain::span;
use tertulia_domain::{
    AccountId, ChannelSessionId, ConversationId, InboxId, MessageId, RoomId, Timestamp,
};

pub use change::{count_files, record_delivery, rewrite, set_reactions, wipe};
pub use find::{
    Log, Span, by_client_id, by_external_id, delivered, find, has_app_written, page, queued_by_app,
    queued_to, quote,
};
pub use latest::{external_ids, latest, with_attachments};
pub use place::{seq_of, written_at};

use crate::error::Error;
use crate::{Result, WriteTx, params};

/// A message to write; the caller took `seq` from the room under its lock.
#[derive(Debug, Clone, PartialEq)]
pub struct NewMessage<'a> {
    pub room_id: RoomId,
    pub conversation_id: ConversationId,
    pub inbox_id: InboxId,
    pub session_id: Option<ChannelSessionId>,
    pub seq: i64,
    pub direction: Direction,
    pub visibility: Visibility,
    pub sender: &'a Sender,
    pub content: &'a Content,
    pub text: &'a str,
    pub spans: &'a [span::Span],
    pub reply_to: Option<MessageId>,
    pub client_id: Option<&'a str>,
    pub external_id: Option<&'a str>,
    pub attachment_count: i64,
    pub delivery: Option<DeliveryStatus>,
    /// The provider's clock.
    pub sent_at: Option<Timestamp>,
    pub at: Timestamp,
}

/// Writes a message.
pub fn insert(tx: &mut WriteTx<'_>, account: AccountId, new: &NewMessage<'_>) -> Result<MessageId> {
    let content = to_json(new.content)?;
    let delivery_at = new.delivery.map(|_| new.at);
    tx.one(
        "INSERT INTO messages (account_id, room_id, conversation_id, inbox_id, session_id, seq, \
         direction, visibility, sender_kind, sender_id, sender_name, content, text, reply_to_id, \
         client_id, external_id, attachment_count, delivery_status, delivery_at, sent_at, \
         created_at, spans) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, \
         $19, $20, $21, $22) RETURNING id",
        params![
            account,
            new.room_id,
            new.conversation_id,
            new.inbox_id,
            new.session_id,
            new.seq,
            new.direction,
            new.visibility,
            new.sender.kind,
            new.sender.id,
            new.sender.name,
            content,
            new.text,
            new.reply_to,
            new.client_id,
            new.external_id,
            new.attachment_count,
            new.delivery,
            delivery_at,
            new.sent_at,
            new.at,
            spans_json(new.spans)?,
        ],
        |row| row.take(),
    )
}

/// Most texts have no formatting, and then nothing is stored of it.
fn spans_json(spans: &[span::Span]) -> Result<Option<Value>> {
    if spans.is_empty() { Ok(None) } else { to_json(&spans).map(Some) }
}

fn to_json<T: serde::Serialize>(value: &T) -> Result<Value> {
    serde_json::to_value(value).map_err(|e| Error::Refused { reason: e.to_string() })
}

fn from_json<T: DeserializeOwned>(value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(|e| Error::Damaged { reason: e.to_string() })
}
