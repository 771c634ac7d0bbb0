//! Watermarks: how far each person has read each conversation.

use tertulia_domain::{AccountId, ConversationId, RoomId, Timestamp, UserId};

use crate::{ReadTx, Result, WriteTx, params};

/// A person has read up to `seq`. Only moves forward; false when it was there already.
pub fn advance(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    conversation: ConversationId,
    user: UserId,
    mark: Mark,
) -> Result<bool> {
    let changed = tx.execute(
        "INSERT INTO reads (account_id, conversation_id, user_id, seq, customer_messages, at) \
         VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (conversation_id, user_id) DO UPDATE \
         SET seq = excluded.seq, customer_messages = excluded.customer_messages, at = excluded.at \
         WHERE excluded.seq > reads.seq AND reads.account_id = excluded.account_id",
        params![account, conversation, user, mark.seq, mark.customer_messages, mark.at],
    )?;
    Ok(changed == 1)
}

/// A watermark with the number of customer messages up to it, which makes unread a difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub seq: i64,
    pub customer_messages: i64,
    pub at: Timestamp,
}

/// Customer messages of the conversation after `seq`.
pub fn customer_messages_after(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    room: RoomId,
    conversation: ConversationId,
    seq: i64,
) -> Result<i64> {
    tx.one(
        "SELECT count(*) FROM messages WHERE account_id = $1 AND room_id = $2 \
         AND conversation_id = $3 AND seq > $4 AND direction = 'in'",
        params![account, room, conversation, seq],
        |row| row.take(),
    )
}
