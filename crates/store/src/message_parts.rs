//! What the provider calls the parts of a message.

use tertulia_domain::{AccountId, InboxId, MessageId};

use crate::{ReadTx, Result, WriteTx, params};

/// The provider's name of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Which of our calls it went out by; 0 for what came in.
    pub call: i64,
    pub external_id: String,
}

/// Notes a part; once more changes nothing.
pub fn insert(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    inbox: InboxId,
    message: MessageId,
    part: &Part,
) -> Result<()> {
    tx.execute(
        "INSERT INTO message_parts (account_id, inbox_id, message_id, call, external_id) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        params![account, inbox, message, part.call, part.external_id],
    )?;
    Ok(())
}

/// The parts of a message, in the order in which they became known.
pub fn list(tx: &mut ReadTx<'_>, account: AccountId, message: MessageId) -> Result<Vec<Part>> {
    tx.all(
        "SELECT call, external_id FROM message_parts WHERE account_id = $1 AND message_id = $2 \
         ORDER BY call, length(external_id), external_id",
        params![account, message],
        |row| Ok(Part { call: row.take()?, external_id: row.take()? }),
    )
}

/// The message that has a part of this name.
pub fn find(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    inbox: InboxId,
    external_id: &str,
) -> Result<Option<MessageId>> {
    tx.optional(
        "SELECT message_id FROM message_parts \
         WHERE account_id = $1 AND inbox_id = $2 AND external_id = $3",
        params![account, inbox, external_id],
        |row| row.take(),
    )
}
