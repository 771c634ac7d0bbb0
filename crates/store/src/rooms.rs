//! Rooms: the ordered logs. A room's row is the lock that makes `seq` gap-free and its order total.

use tertulia_domain::conversation::{Room, RoomKind};
use tertulia_domain::{AccountId, ContactId, ConversationId, RoomId, Timestamp};

use crate::dialect::rows;
use crate::{Result, Row, WriteTx, params};

/// Locks a room until the commit. Call it before the first write of the transaction: on PostgreSQL
/// the journal is ordered by the moment of that write, and only this order keeps it in step with `seq`.
pub fn lock(tx: &mut WriteTx<'_>, account: AccountId, room: RoomId) -> Result<Option<Room>> {
    let sql = format!(
        "SELECT r.id, r.kind, r.contact_id, r.last_seq FROM rooms r \
         WHERE r.account_id = $1 AND r.id = $2{}",
        rows::for_update_of(tx, "r")
    );
    tx.optional(&sql, params![account, room], read)
}

/// Locks the room of a conversation, like [`lock`].
pub fn lock_of_conversation(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    conversation: ConversationId,
) -> Result<Option<Room>> {
    let sql = format!(
        "SELECT r.id, r.kind, r.contact_id, r.last_seq \
         FROM conversations c JOIN rooms r ON r.id = c.room_id \
         WHERE c.account_id = $1 AND c.id = $2{}",
        rows::for_update_of(tx, "r")
    );
    tx.optional(&sql, params![account, conversation], read)
}

/// The room of a contact, made when there is none yet; locked like [`lock`].
pub fn lock_of_contact(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    contact: ContactId,
    now: Timestamp,
) -> Result<Room> {
    let sql = format!(
        "SELECT r.id, r.kind, r.contact_id, r.last_seq FROM rooms r \
         WHERE r.account_id = $1 AND r.contact_id = $2{}",
        rows::for_update_of(tx, "r")
    );
    if let Some(room) = tx.optional(&sql, params![account, contact], read)? {
        return Ok(room);
    }
    rows::take_turns(tx, account, &format!("room:{contact}"))?;
    if let Some(room) = tx.optional(&sql, params![account, contact], read)? {
        return Ok(room);
    }
    tx.one(
        "INSERT INTO rooms (account_id, kind, contact_id, created_at) VALUES ($1, $2, $3, $4) \
         RETURNING id, kind, contact_id, last_seq",
        params![account, RoomKind::Customer, contact, now],
        read,
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

fn read(row: &mut Row<'_>) -> Result<Room> {
    Ok(Room { id: row.take()?, kind: row.take()?, contact_id: row.take()?, last_seq: row.take()? })
}
