//! Participants: who takes part in a conversation, and as what.

use tertulia_domain::conversation::{Participant, ParticipantKind, ParticipantRole};
use tertulia_domain::{AccountId, ConversationId, Timestamp};

use crate::{ReadTx, Result, Row, WriteTx, params};

/// Somebody joins, or comes back, or changes role.
pub fn join(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    conversation: ConversationId,
    who: (ParticipantKind, i64),
    role: ParticipantRole,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        "INSERT INTO participants (account_id, conversation_id, kind, principal_id, role, joined_at) \
         VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (conversation_id, kind, principal_id) \
         DO UPDATE SET role = excluded.role, left_at = NULL \
         WHERE participants.account_id = excluded.account_id \
         AND (participants.role <> excluded.role OR participants.left_at IS NOT NULL)",
        params![account, conversation, who.0, who.1, role, now],
    )?;
    Ok(())
}

/// Somebody leaves; false when they were not there.
pub fn leave(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    conversation: ConversationId,
    who: (ParticipantKind, i64),
    now: Timestamp,
) -> Result<bool> {
    let changed = tx.execute(
        "UPDATE participants SET left_at = $5 WHERE account_id = $1 AND conversation_id = $2 \
         AND kind = $3 AND principal_id = $4 AND left_at IS NULL",
        params![account, conversation, who.0, who.1, now],
    )?;
    Ok(changed > 0)
}

/// Who takes part or took part, in order of joining.
pub fn of_conversation(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    conversation: ConversationId,
) -> Result<Vec<Participant>> {
    tx.all(
        "SELECT id, conversation_id, kind, principal_id, role, joined_at, left_at \
         FROM participants WHERE account_id = $1 AND conversation_id = $2 ORDER BY id",
        params![account, conversation],
        read,
    )
}

fn read(row: &mut Row<'_>) -> Result<Participant> {
    Ok(Participant {
        id: row.take()?,
        conversation_id: row.take()?,
        kind: row.take()?,
        principal_id: row.take()?,
        role: row.take()?,
        joined_at: row.take()?,
        left_at: row.take()?,
    })
}
