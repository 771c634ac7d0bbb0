//! What is known around conversations that no list of ours shows, in one statement for any number of
//! them: when each side looked last, when it was first answered, by which address it began.

use serde_json::Value;
use tertulia_domain::{AccountId, ContactId, ConversationId, IdentityId, InboxId, Timestamp};

use crate::dialect::rows;
use crate::{ReadTx, Result, Row, params};

/// What is around one conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    pub conversation_id: ConversationId,
    pub number: i64,
    /// Customer messages that nobody of the account has read.
    pub unread_count: i64,
    /// When anybody of the account read on.
    pub agents_seen_at: Option<Timestamp>,
    /// When the newest message that the customer has read was written.
    pub contact_seen_at: Option<Timestamp>,
    /// When a person or an app first answered.
    pub first_reply_at: Option<Timestamp>,
    /// The address on the inbox that the conversation began on.
    pub address: Option<Address>,
}

/// An identity as the way into a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    pub identity_id: IdentityId,
    pub inbox_id: InboxId,
    pub contact_id: ContactId,
    pub address: String,
    pub verified: bool,
    pub created_at: Timestamp,
}

/// What is around these conversations, in no order.
pub fn around(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    ids: &[ConversationId],
) -> Result<Vec<Around>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT c.id, c.number, \
         c.customer_messages - coalesce((SELECT max(r.customer_messages) FROM reads r \
            WHERE r.account_id = $1 AND r.conversation_id = c.id), 0), \
         (SELECT max(r.at) FROM reads r WHERE r.account_id = $1 AND r.conversation_id = c.id), \
         (SELECT m.created_at FROM messages m WHERE m.account_id = $1 AND m.room_id = c.room_id \
            AND m.seq = c.contact_read_seq), \
         (SELECT m.created_at FROM messages m WHERE m.account_id = $1 AND m.room_id = c.room_id \
            AND m.seq BETWEEN c.first_seq AND c.last_seq AND m.conversation_id = c.id \
            AND m.visibility = 'public' AND m.sender_kind IN ('agent', 'bot', 'app') \
            ORDER BY m.seq LIMIT 1), \
         i.id, i.inbox_id, i.contact_id, i.address, i.verified, i.created_at \
         FROM conversations c LEFT JOIN identities i ON i.account_id = $1 AND i.id = \
            (SELECT s.identity_id FROM channel_sessions s WHERE s.account_id = $1 \
             AND s.conversation_id = c.id AND s.inbox_id = c.inbox_id ORDER BY s.id DESC LIMIT 1) \
         WHERE c.account_id = $1 AND c.id {}",
        rows::any_of(tx, "$2")
    );
    let ids = Value::from(ids.iter().map(|id| id.0).collect::<Vec<_>>());
    tx.all(&sql, params![account, ids], read)
}

fn read(row: &mut Row<'_>) -> Result<Around> {
    let mut around = Around {
        conversation_id: row.take()?,
        number: row.take()?,
        unread_count: row.take::<i64>()?.max(0),
        agents_seen_at: row.take()?,
        contact_seen_at: row.take()?,
        first_reply_at: row.take()?,
        address: None,
    };
    if let Some(identity_id) = row.take::<Option<IdentityId>>()? {
        around.address = Some(Address {
            identity_id,
            inbox_id: row.take()?,
            contact_id: row.take()?,
            address: row.take()?,
            verified: row.take()?,
            created_at: row.take()?,
        });
    }
    Ok(around)
}
