//! Parked items: edits, deletes, reactions and receipts that came before the message they are about.

use serde_json::Value;
use tertulia_domain::{AccountId, InboxId, Timestamp};

use crate::{Result, WriteTx, params};

/// An item whose message never came.
#[derive(Debug, Clone, PartialEq)]
pub struct Stale {
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

/// Takes what was parked before `before`, over all accounts.
pub fn take_stale(tx: &mut WriteTx<'_>, before: Timestamp) -> Result<Vec<Stale>> {
    tx.all(
        "/* system */ DELETE FROM parked WHERE received_at < $1 \
         RETURNING account_id, inbox_id, item",
        params![before],
        |row| Ok(Stale { account_id: row.take()?, inbox_id: row.take()?, item: row.take()? }),
    )
}
