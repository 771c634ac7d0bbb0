//! The last messages of many conversations, and what providers call messages.

use serde_json::Value;
use tertulia_domain::message::Message;
use tertulia_domain::{AccountId, ConversationId, MessageId, RoomId};

use super::find::{SELECT, read, with_files};
use crate::dialect::rows;
use crate::{ReadTx, Result, params};

/// Of each conversation the newest message of all, the newest that is no activity, and the newest that
/// the customer sees; often they are one. In order of their numbers, two statements for any number.
pub fn latest(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    conversations: &[ConversationId],
) -> Result<Vec<Message>> {
    if conversations.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "{SELECT} JOIN conversations c ON c.id = m.conversation_id \
         WHERE m.account_id = $1 AND c.account_id = $1 AND c.id {} AND m.room_id = c.room_id \
         AND m.seq IN (c.last_seq, c.preview_seq, (SELECT p.seq FROM messages p \
            WHERE p.account_id = $1 AND p.room_id = c.room_id AND p.seq <= c.last_seq \
            AND p.conversation_id = c.id AND p.visibility = 'public' \
            ORDER BY p.seq DESC LIMIT 1)) ORDER BY m.seq",
        rows::any_of(tx, "$2")
    );
    let ids = Value::from(conversations.iter().map(|id| id.0).collect::<Vec<_>>());
    let found = tx.all(&sql, params![account, ids], read)?;
    with_files(tx, account, found)
}

/// What the providers call these messages; those that have no such name are left out.
pub fn external_ids(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    ids: &[MessageId],
) -> Result<Vec<(MessageId, String)>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT id, external_id FROM messages \
         WHERE account_id = $1 AND id {} AND external_id IS NOT NULL",
        rows::any_of(tx, "$2")
    );
    let ids = Value::from(ids.iter().map(|id| id.0).collect::<Vec<_>>());
    tx.all(&sql, params![account, ids], |row| Ok((row.take()?, row.take()?)))
}

/// Messages of a conversation that have files, newest first, at most `limit`.
pub fn with_attachments(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    (room, conversation): (RoomId, ConversationId),
    limit: i64,
) -> Result<Vec<Message>> {
    let sql = format!(
        "{SELECT} WHERE m.account_id = $1 AND m.room_id = $2 AND m.conversation_id = $3 \
         AND m.attachment_count > 0 AND m.deleted_at IS NULL ORDER BY m.seq DESC LIMIT $4"
    );
    let found = tx.all(&sql, params![account, room, conversation, limit], read)?;
    with_files(tx, account, found)
}
