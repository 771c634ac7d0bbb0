//! Inboxes by their ids, for showing what belongs to them.

use serde_json::Value;
use tertulia_domain::inbox::Inbox;
use tertulia_domain::{AccountId, InboxId};

use super::{COLUMNS, read};
use crate::dialect::rows;
use crate::{ReadTx, Result, params};

/// These inboxes, also those that were deleted, because what was said on them is still shown.
pub fn of_ids(tx: &mut ReadTx<'_>, account: AccountId, ids: &[InboxId]) -> Result<Vec<Inbox>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM inboxes b WHERE b.account_id = $1 AND b.id {}",
        rows::any_of(tx, "$2")
    );
    let ids = Value::from(ids.iter().map(|id| id.0).collect::<Vec<_>>());
    tx.all(&sql, params![account, ids], read)
}
