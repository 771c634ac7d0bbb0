//! Provider events that were taken in: a unique key is what makes redelivery harmless.

use tertulia_domain::{AccountId, InboxId, Timestamp};

use crate::{Result, WriteTx, params};

/// Notes an event; false when it was noted before. A concurrent redelivery waits for this one's commit.
pub fn take_in(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    inbox: InboxId,
    event_key: &str,
    now: Timestamp,
) -> Result<bool> {
    let inserted = tx.execute(
        "INSERT INTO receipts (account_id, inbox_id, event_key, received_at) \
         VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        params![account, inbox, event_key, now],
    )?;
    Ok(inserted == 1)
}
