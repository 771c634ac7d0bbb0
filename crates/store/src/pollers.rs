//! Which node asks a provider for news: a lease that ends by itself.

use tertulia_domain::{AccountId, InboxId, Timestamp};

use crate::{Result, WriteTx, params};

/// Takes or prolongs the lease of an inbox; false while another holder has it.
pub fn hold(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    inbox: InboxId,
    holder: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<bool> {
    let held = tx.execute(
        "INSERT INTO pollers (account_id, inbox_id, holder, until) VALUES ($1, $2, $3, $5) \
         ON CONFLICT (inbox_id) DO UPDATE SET holder = excluded.holder, until = excluded.until \
         WHERE pollers.account_id = excluded.account_id \
         AND (pollers.holder = excluded.holder OR pollers.until < $4)",
        params![account, inbox, holder, now, until],
    )?;
    Ok(held == 1)
}

/// Gives the lease back, if the holder still has it.
pub fn release(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    inbox: InboxId,
    holder: &str,
) -> Result<()> {
    let sql = "DELETE FROM pollers WHERE account_id = $1 AND inbox_id = $2 AND holder = $3";
    tx.execute(sql, params![account, inbox, holder])?;
    Ok(())
}
