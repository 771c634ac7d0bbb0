//! Inboxes as input meets them: with their account and the account's policy, in one statement.

use tertulia_domain::account::ConversationPolicy;
use tertulia_domain::inbox::Inbox;
use tertulia_domain::{AccountId, InboxId};

use super::{COLUMNS, read};
use crate::{ReadTx, Result, Row, params};

/// An inbox as input meets it: with its account and the account's policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Door {
    pub account_id: AccountId,
    pub policy: ConversationPolicy,
    pub inbox: Inbox,
}

/// The door that a hook's address opens; deleted inboxes have none, disabled ones do.
pub fn door_by_hook(tx: &mut ReadTx<'_>, hook_token: &str) -> Result<Option<Door>> {
    let sql = format!(
        "/* system */ SELECT b.account_id, a.conversation_policy, {COLUMNS} \
         FROM inboxes b JOIN accounts a ON a.id = b.account_id \
         WHERE b.hook_token = $1 AND b.deleted_at IS NULL"
    );
    tx.optional(&sql, params![hook_token], read_door)
}

/// The door of an inbox that is not deleted.
pub fn door(tx: &mut ReadTx<'_>, account: AccountId, inbox: InboxId) -> Result<Option<Door>> {
    let sql = format!(
        "SELECT b.account_id, a.conversation_policy, {COLUMNS} \
         FROM inboxes b JOIN accounts a ON a.id = b.account_id \
         WHERE b.account_id = $1 AND b.id = $2 AND b.deleted_at IS NULL"
    );
    tx.optional(&sql, params![account, inbox], read_door)
}

fn read_door(row: &mut Row<'_>) -> Result<Door> {
    Ok(Door { account_id: row.take()?, policy: row.take()?, inbox: read(row)? })
}
