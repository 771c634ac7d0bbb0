//! The newest word of a provider on something, whatever order its words come in.

use tertulia_domain::{AccountId, InboxId};

use crate::{Result, WriteTx, params};

/// Notes a word; false when a newer one, or the same, was there before.
pub fn supersede(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    inbox: InboxId,
    subject: &str,
    rank: i64,
) -> Result<bool> {
    let newest = tx.execute(
        "INSERT INTO latest (account_id, inbox_id, subject, rank) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (inbox_id, subject) DO UPDATE SET rank = excluded.rank \
         WHERE latest.account_id = excluded.account_id AND latest.rank < excluded.rank",
        params![account, inbox, subject, rank],
    )?;
    Ok(newest == 1)
}
