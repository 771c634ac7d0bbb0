//! Quarantine: input that could not be read or used, kept and shown, never dropped.

use tertulia_domain::{AccountId, InboxId, QuarantineId, Timestamp};

use crate::{ReadTx, Result, WriteTx, params};

/// One input that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quarantined {
    pub id: QuarantineId,
    pub inbox_id: InboxId,
    pub reason: String,
    pub body: Vec<u8>,
    pub received_at: Timestamp,
}

/// Keeps an input with the reason why it could not be used.
pub fn keep(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    inbox: InboxId,
    reason: &str,
    body: &[u8],
    now: Timestamp,
) -> Result<QuarantineId> {
    tx.one(
        "INSERT INTO quarantine (account_id, inbox_id, reason, body, received_at) \
         VALUES ($1, $2, $3, $4, $5) RETURNING id",
        params![account, inbox, reason, body, now],
        |row| row.take(),
    )
}

/// The newest inputs that were kept, at most `limit`.
pub fn newest(tx: &mut ReadTx<'_>, account: AccountId, limit: i64) -> Result<Vec<Quarantined>> {
    tx.all(
        "SELECT id, inbox_id, reason, body, received_at FROM quarantine \
         WHERE account_id = $1 ORDER BY id DESC LIMIT $2",
        params![account, limit],
        |row| {
            Ok(Quarantined {
                id: row.take()?,
                inbox_id: row.take()?,
                reason: row.take()?,
                body: row.take()?,
                received_at: row.take()?,
            })
        },
    )
}
