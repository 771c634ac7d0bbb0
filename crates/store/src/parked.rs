//! Parked items: edits, deletes, reactions and receipts that came before the message they are about.

use serde_json::Value;
use tertulia_domain::{AccountId, InboxId, Timestamp};

use crate::dialect::rows;
use crate::{ReadTx, Result, WriteTx, params};

/// An item whose message has not come.
#[derive(Debug, Clone, PartialEq)]
pub struct Stale {
    pub id: i64,
    pub account_id: AccountId,
    pub inbox_id: InboxId,
    pub item: Value,
}

/// Keeps an item until its message comes.
pub fn park(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    inbox: InboxId,
    external_id: &str,
    item: &Value,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        "INSERT INTO parked (account_id, inbox_id, external_id, item, received_at) \
         VALUES ($1, $2, $3, $4, $5)",
        params![account, inbox, external_id, item, now],
    )?;
    Ok(())
}

/// Takes everything that waits for a message, in order of arrival.
pub fn take(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    inbox: InboxId,
    external_id: &str,
) -> Result<Vec<Value>> {
    let mut items = tx.all(
        "DELETE FROM parked WHERE account_id = $1 AND inbox_id = $2 AND external_id = $3 \
         RETURNING id, item",
        params![account, inbox, external_id],
        |row| Ok((row.take::<i64>()?, row.take::<Value>()?)),
    )?;
    items.sort_by_key(|(id, _)| *id);
    Ok(items.into_iter().map(|(_, item)| item).collect())
}

/// What waits for a message, in order of arrival, with its time; it goes on waiting.
pub fn peek(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    inbox: InboxId,
    external_id: &str,
) -> Result<Vec<(Value, Timestamp)>> {
    tx.all(
        "SELECT item, received_at FROM parked \
         WHERE account_id = $1 AND inbox_id = $2 AND external_id = $3 ORDER BY id",
        params![account, inbox, external_id],
        |row| Ok((row.take()?, row.take()?)),
    )
}

/// What was parked before `before`, over all accounts, oldest first.
pub fn stale(tx: &mut ReadTx<'_>, before: Timestamp, limit: i64) -> Result<Vec<Stale>> {
    tx.all(
        "/* system */ SELECT id, account_id, inbox_id, item FROM parked WHERE received_at < $1 \
         ORDER BY received_at LIMIT $2",
        params![before, limit],
        |row| {
            Ok(Stale {
                id: row.take()?,
                account_id: row.take()?,
                inbox_id: row.take()?,
                item: row.take()?,
            })
        },
    )
}

/// Gives up on an item; false when it is not there any more.
pub fn remove(tx: &mut WriteTx<'_>, account: AccountId, id: i64) -> Result<bool> {
    let sql = "DELETE FROM parked WHERE account_id = $1 AND id = $2";
    Ok(tx.execute(sql, params![account, id])? == 1)
}

/// Makes whoever writes a message and whoever asks for it wait for each other.
pub fn take_turns(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    inbox: InboxId,
    external_id: &str,
) -> Result<()> {
    rows::take_turns(tx, account, &format!("message:{inbox}:{external_id}"))
}
