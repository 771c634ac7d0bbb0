//! Where in a log a message is.

use tertulia_domain::{AccountId, MessageId, RoomId, Timestamp};

use crate::{ReadTx, Result, params};

/// The number of the message; of one that is not in this room, that of the newest one before it.
pub fn seq_of(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    room: RoomId,
    id: MessageId,
) -> Result<Option<i64>> {
    let values = params![account, room, id];
    let exact = "SELECT seq FROM messages WHERE account_id = $1 AND room_id = $2 AND id = $3";
    if let Some(seq) = tx.optional(exact, values, |row| row.take())? {
        return Ok(Some(seq));
    }
    // Ids and numbers of one room grow together, because both are given under its lock.
    let before = "SELECT seq FROM messages WHERE account_id = $1 AND room_id = $2 AND id < $3 \
                  ORDER BY seq DESC LIMIT 1";
    tx.optional(before, values, |row| row.take())
}

/// When the message with this number was written.
pub fn written_at(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    room: RoomId,
    seq: i64,
) -> Result<Option<Timestamp>> {
    tx.optional(
        "SELECT created_at FROM messages WHERE account_id = $1 AND room_id = $2 AND seq = $3",
        params![account, room, seq],
        |row| row.take(),
    )
}
