//! API tokens. A token is found by the hash of its secret, before the account is known.

use serde_json::Value;
use tertulia_domain::user::Role;
use tertulia_domain::{AccountId, Timestamp, TokenId, UserId};

use crate::{ReadTx, Result, params};

/// A token that was not revoked, with what its maker is in the account.
#[derive(Debug, Clone, PartialEq)]
pub struct Bearer {
    pub token_id: TokenId,
    pub account_id: AccountId,
    pub user_id: UserId,
    pub name: String,
    pub role: Role,
    pub scopes: Value,
    pub expires_at: Option<Timestamp>,
}

/// The token of a secret, if its maker is an active member of the account.
pub fn by_secret(tx: &mut ReadTx<'_>, secret_hash: &str) -> Result<Option<Bearer>> {
    tx.optional(
        "/* system */ SELECT t.id, t.account_id, t.created_by, t.name, m.role, t.scopes, \
         t.expires_at FROM tokens t \
         JOIN memberships m ON m.user_id = t.created_by AND m.account_id = t.account_id \
         WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND m.active AND m.deleted_at IS NULL",
        params![secret_hash],
        |row| {
            Ok(Bearer {
                token_id: row.take()?,
                account_id: row.take()?,
                user_id: row.take()?,
                name: row.take()?,
                role: row.take()?,
                scopes: row.take()?,
                expires_at: row.take()?,
            })
        },
    )
}
