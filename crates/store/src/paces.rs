//! When a provider may be called again: for one chat, for one bot, or for one message that has its turn.

use tertulia_domain::{AccountId, InboxId, Timestamp};

use crate::dialect::rows;
use crate::{ReadTx, Result, WriteTx, params};

/// Makes those who want a turn of an inbox take it one after the other.
pub fn take_turns(tx: &mut WriteTx<'_>, account: AccountId, inbox: InboxId) -> Result<()> {
    rows::take_turns(tx, account, &format!("pace:{inbox}"))
}

/// From when on a scope may be used.
pub fn at(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    inbox: InboxId,
    scope: &str,
) -> Result<Option<Timestamp>> {
    tx.optional(
        "SELECT at FROM paces WHERE account_id = $1 AND inbox_id = $2 AND scope = $3",
        params![account, inbox, scope],
        |row| row.take(),
    )
}

/// Says from when on a scope may be used; never earlier than was said before.
pub fn set(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    inbox: InboxId,
    scope: &str,
    at: Timestamp,
) -> Result<()> {
    tx.execute(
        "INSERT INTO paces (account_id, inbox_id, scope, at) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (inbox_id, scope) DO UPDATE SET at = excluded.at \
         WHERE paces.account_id = excluded.account_id AND paces.at < excluded.at",
        params![account, inbox, scope, at],
    )?;
    Ok(())
}

/// Forgets a scope.
pub fn remove(tx: &mut WriteTx<'_>, account: AccountId, inbox: InboxId, scope: &str) -> Result<()> {
    let sql = "DELETE FROM paces WHERE account_id = $1 AND inbox_id = $2 AND scope = $3";
    tx.execute(sql, params![account, inbox, scope])?;
    Ok(())
}

/// How many scopes of a kind may not be used yet.
pub fn waiting(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    inbox: InboxId,
    prefix: &str,
    now: Timestamp,
) -> Result<i64> {
    tx.one(
        "SELECT count(*) FROM paces WHERE account_id = $1 AND inbox_id = $2 \
         AND scope LIKE $3 AND at > $4",
        params![account, inbox, format!("{prefix}%"), now],
        |row| row.take(),
    )
}

/// Forgets what was said of times before `before`, over all accounts.
pub fn purge(tx: &mut WriteTx<'_>, before: Timestamp) -> Result<u64> {
    tx.execute("/* system */ DELETE FROM paces WHERE at < $1", params![before])
}
