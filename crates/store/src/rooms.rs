//! Rooms: the ordered logs. The lock of a room makes `seq` gap-free and its order total.
//!
//! On PostgreSQL the journal is ordered by transaction number, which is handed out at the first
//! write, and a row lock counts as one. So a room is locked by an advisory lock, before anything is
//! written: whoever waits for it has no number yet, and the journal stays in step with `seq`.

use tertulia_domain::conversation::RoomKind;
use tertulia_domain::{AccountId, ContactId, ConversationId, RoomId, Timestamp};

use crate::dialect::rows;
use crate::{Result, WriteTx, params};

/// Locks a room until the commit. Call it before the first write of the transaction.
pub fn lock(tx: &mut WriteTx<'_>, account: AccountId, room: RoomId) -> Result<()> {
    rows::take_turns(tx, account, &format!("room:{room}"))
}

/// Locks the room of a conversation, like [`lock`]; `None` when there is no such conversation.
pub fn lock_of_conversation(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    conversation: ConversationId,
) -> Result<Option<RoomId>> {
    let room = tx.optional(
        "SELECT room_id FROM conversations WHERE account_id = $1 AND id = $2",
        params![account, conversation],
        |row| row.take(),
    )?;
    if let Some(room) = room {
        lock(tx, account, room)?;
    }
    Ok(room)
}

/// The room of a contact, made when there is none yet; locked like [`lock`].
pub fn lock_of_contact(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    contact: ContactId,
    now: Timestamp,
) -> Result<RoomId> {
    let mut found = of_contact(tx, account, contact)?;
    if found.is_none() {
        rows::take_turns(tx, account, &format!("room of contact:{contact}"))?;
        found = of_contact(tx, account, contact)?;
    }
    if let Some(room) = found {
        lock(tx, account, room)?;
        return Ok(room);
    }
    tx.one(
        "INSERT INTO rooms (account_id, kind, contact_id, created_at) VALUES ($1, $2, $3, $4) \
         RETURNING id",
        params![account, RoomKind::Customer, contact, now],
        |row| row.take(),
    )
}

/// Takes the next number of the room's log.
pub fn next_seq(tx: &mut WriteTx<'_>, account: AccountId, room: RoomId) -> Result<i64> {
    tx.one(
        "UPDATE rooms SET last_seq = last_seq + 1 WHERE account_id = $1 AND id = $2 \
         RETURNING last_seq",
        params![account, room],
        |row| row.take(),
    )
}

fn of_contact(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    contact: ContactId,
) -> Result<Option<RoomId>> {
    tx.optional(
        "SELECT id FROM rooms WHERE account_id = $1 AND contact_id = $2",
        params![account, contact],
        |row| row.take(),
    )
}
