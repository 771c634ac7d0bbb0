//! Signed-in browsers. A session is found by the hash of its secret, before the account is known.

use tertulia_domain::user::Role;
use tertulia_domain::{AccountId, SessionId, Timestamp, UserId};

use crate::{ReadTx, Result, params};

/// A session that is good, with what its holder is in its current account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedIn {
    pub session_id: SessionId,
    pub account_id: AccountId,
    pub user_id: UserId,
    pub name: String,
    pub role: Role,
    pub last_seen_at: Timestamp,
    pub expires_at: Timestamp,
}

/// The session of a secret, if its holder is an active member of the account it is in.
pub fn by_secret(tx: &mut ReadTx<'_>, secret_hash: &str) -> Result<Option<SignedIn>> {
    tx.optional(
        "/* system */ SELECT s.id, s.current_account, s.user_id, u.name, m.role, s.last_seen_at, \
         s.expires_at FROM sessions s JOIN users u ON u.id = s.user_id \
         JOIN memberships m ON m.user_id = s.user_id AND m.account_id = s.current_account \
         WHERE s.token_hash = $1 AND m.active AND m.deleted_at IS NULL",
        params![secret_hash],
        |row| {
            Ok(SignedIn {
                session_id: row.take()?,
                account_id: row.take()?,
                user_id: row.take()?,
                name: row.take()?,
                role: row.take()?,
                last_seen_at: row.take()?,
                expires_at: row.take()?,
            })
        },
    )
}
