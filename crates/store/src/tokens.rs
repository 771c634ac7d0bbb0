//! API tokens of an account, found by the hash of their secret.

use serde_json::Value;
use tertulia_domain::access::Permission;
use tertulia_domain::user::{Role, Token};
use tertulia_domain::{AccountId, Timestamp, TokenId, UserId};

use crate::{Error, ReadTx, Result, Row, WriteTx, params};

/// A token to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken<'a> {
    pub name: &'a str,
    pub created_by: UserId,
    pub token_hash: &'a str,
    pub scopes: &'a [Permission],
    pub expires_at: Option<Timestamp>,
    pub now: Timestamp,
}

/// A token with what decides the rights of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bearer {
    pub account_id: AccountId,
    pub token: Token,
    /// The role, today, of the person who made it.
    pub role: Role,
}

const COLUMNS: &str =
    "t.id, t.name, t.created_by, t.scopes, t.expires_at, t.last_used_at, t.created_at";

/// Adds a token.
pub fn create(tx: &mut WriteTx<'_>, account: AccountId, token: &NewToken<'_>) -> Result<TokenId> {
    let scopes: Value = token.scopes.iter().map(|scope| scope.as_str()).collect();
    tx.one(
        "INSERT INTO tokens (account_id, name, created_by, token_hash, scopes, expires_at, \
         created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        params![
            account,
            token.name,
            token.created_by,
            token.token_hash,
            scopes,
            token.expires_at,
            token.now,
        ],
        |row| row.take(),
    )
}

/// One token that was not revoked.
pub fn get(tx: &mut ReadTx<'_>, account: AccountId, token: TokenId) -> Result<Option<Token>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM tokens t \
         WHERE t.account_id = $1 AND t.id = $2 AND t.revoked_at IS NULL"
    );
    tx.optional(&sql, params![account, token], read)
}

/// Tokens with ids above `after` that were not revoked, by id, at most `limit`.
pub fn list(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    after: TokenId,
    limit: i64,
) -> Result<Vec<Token>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM tokens t WHERE t.account_id = $1 AND t.id > $2 \
         AND t.revoked_at IS NULL ORDER BY t.id LIMIT $3"
    );
    tx.all(&sql, params![account, after, limit], read)
}

/// Takes a token's force; false when it had none.
pub fn revoke(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    token: TokenId,
    now: Timestamp,
) -> Result<bool> {
    let sql = "UPDATE tokens SET revoked_at = $3 \
               WHERE account_id = $1 AND id = $2 AND revoked_at IS NULL";
    Ok(tx.execute(sql, params![account, token, now])? == 1)
}

/// The token of a secret, when it is in force and its maker may still enter the account.
pub fn by_hash(tx: &mut ReadTx<'_>, token_hash: &str) -> Result<Option<Bearer>> {
    let sql = format!(
        "/* system */ SELECT {COLUMNS}, t.account_id, m.role FROM tokens t \
         JOIN memberships m ON m.account_id = t.account_id AND m.user_id = t.created_by \
         WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND m.active AND m.deleted_at IS NULL"
    );
    tx.optional(&sql, params![token_hash], |row| {
        Ok(Bearer { token: read(row)?, account_id: row.take()?, role: row.take()? })
    })
}

/// Notes that the token was used.
pub fn touch(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    token: TokenId,
    now: Timestamp,
) -> Result<()> {
    let sql = "UPDATE tokens SET last_used_at = $3 WHERE account_id = $1 AND id = $2";
    tx.execute(sql, params![account, token, now]).map(drop)
}

fn read(row: &mut Row<'_>) -> Result<Token> {
    Ok(Token {
        id: row.take()?,
        name: row.take()?,
        created_by: row.take()?,
        scopes: scopes(&row.take::<Value>()?)?,
        expires_at: row.take()?,
        last_used_at: row.take()?,
        created_at: row.take()?,
    })
}

fn scopes(stored: &Value) -> Result<Vec<Permission>> {
    let texts = stored.as_array().into_iter().flatten().filter_map(Value::as_str);
    texts
        .map(|text| text.parse().map_err(|e| Error::Damaged { reason: format!("a scope: {e}") }))
        .collect()
}
