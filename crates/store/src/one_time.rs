//! One-time links: found by the hash of their secret, spent by the first who brings it.

use tertulia_domain::user::OneTimePurpose;
use tertulia_domain::{Timestamp, UserId};

use crate::{ReadTx, Result, WriteTx, params};

/// Whom a link is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Whom {
    /// `None`: for whoever has it.
    pub user_id: Option<UserId>,
}

/// Adds a link.
pub fn create(
    tx: &mut WriteTx<'_>,
    token_hash: &str,
    purpose: OneTimePurpose,
    whom: Whom,
    expires_at: Timestamp,
) -> Result<()> {
    tx.execute(
        "INSERT INTO one_time_tokens (token_hash, purpose, user_id, expires_at) \
         VALUES ($1, $2, $3, $4)",
        params![token_hash, purpose, whom.user_id, expires_at],
    )?;
    Ok(())
}

/// Spends it; `None` when it is unknown, spent or too old.
pub fn spend(
    tx: &mut WriteTx<'_>,
    token_hash: &str,
    purpose: OneTimePurpose,
    now: Timestamp,
) -> Result<Option<Whom>> {
    tx.optional(
        "UPDATE one_time_tokens SET used_at = $3 WHERE token_hash = $1 AND purpose = $2 \
         AND used_at IS NULL AND expires_at > $3 RETURNING user_id",
        params![token_hash, purpose, now],
        |row| Ok(Whom { user_id: row.take()? }),
    )
}

/// Whom it is for, while it can still be spent.
pub fn find(
    tx: &mut ReadTx<'_>,
    token_hash: &str,
    purpose: OneTimePurpose,
    now: Timestamp,
) -> Result<Option<Whom>> {
    tx.optional(
        "SELECT user_id FROM one_time_tokens WHERE token_hash = $1 AND purpose = $2 \
         AND used_at IS NULL AND expires_at > $3",
        params![token_hash, purpose, now],
        |row| Ok(Whom { user_id: row.take()? }),
    )
}

/// Makes the unspent ones of a purpose useless: all, or those for one person.
pub fn revoke(
    tx: &mut WriteTx<'_>,
    purpose: OneTimePurpose,
    user: Option<UserId>,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        "UPDATE one_time_tokens SET used_at = $3 WHERE purpose = $1 AND used_at IS NULL \
         AND coalesce(user_id, 0) = $2",
        params![purpose, user.unwrap_or(UserId(0)), now],
    )?;
    Ok(())
}

/// Forgets those that ended before a moment; says how many.
pub fn purge(tx: &mut WriteTx<'_>, before: Timestamp) -> Result<u64> {
    tx.execute("DELETE FROM one_time_tokens WHERE expires_at <= $1", params![before])
}
