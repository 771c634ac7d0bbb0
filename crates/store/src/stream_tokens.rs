//! What stream tokens are derived from: the stored half of a session, of an API token, or of an inbox.

use tertulia_domain::{AccountId, IdentityId, SessionId, TokenId, UserId};

use crate::{ReadTx, Result, params};

/// The person behind a session, and the hash of its cookie.
pub fn of_session(tx: &mut ReadTx<'_>, session: SessionId) -> Result<Option<(UserId, String)>> {
    tx.optional(
        "/* system */ SELECT s.user_id, s.token_hash FROM sessions s WHERE s.id = $1",
        params![session],
        |row| Ok((row.take()?, row.take()?)),
    )
}

/// The person behind an API token that was not revoked, and the token's hash.
pub fn of_token(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    token: TokenId,
) -> Result<Option<(UserId, String)>> {
    tx.optional(
        "SELECT created_by, token_hash FROM tokens \
         WHERE account_id = $1 AND id = $2 AND revoked_at IS NULL",
        params![account, token],
        |row| Ok((row.take()?, row.take()?)),
    )
}

/// The hook token of the API inbox that an identity is on.
pub fn of_identity(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    identity: IdentityId,
) -> Result<Option<String>> {
    tx.optional(
        "SELECT b.hook_token FROM identities i \
         JOIN inboxes b ON b.id = i.inbox_id AND b.account_id = i.account_id \
         WHERE i.account_id = $1 AND i.id = $2 AND b.channel = 'api' AND b.enabled \
         AND b.deleted_at IS NULL",
        params![account, identity],
        |row| row.take(),
    )
}
