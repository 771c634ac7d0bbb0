//! Inboxes: the configured connections of channels.

use serde_json::Value;
use tertulia_domain::account::ConversationPolicy;
use tertulia_domain::inbox::{Channel, Inbox, InboxSettings};
use tertulia_domain::{AccountId, InboxId};

use crate::error::Error;
use crate::{ReadTx, Result, Row, params};

/// Columns of an inbox `b`, in the order of [`read`].
pub(crate) const COLUMNS: &str = "b.id, b.name, b.channel, b.enabled, b.hook_token, b.secret, \
     b.reopen_window_secs, b.greeting, b.settings, b.created_at";

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

pub(crate) fn read(row: &mut Row<'_>) -> Result<Inbox> {
    let (id, name) = (row.take()?, row.take()?);
    let channel: Channel = row.take()?;
    Ok(Inbox {
        id,
        name,
        channel,
        enabled: row.take()?,
        hook_token: row.take()?,
        secret: row.take()?,
        reopen_window_secs: row.take()?,
        greeting: row.take()?,
        settings: settings(channel, row.take()?)?,
        created_at: row.take()?,
    })
}

fn settings(channel: Channel, stored: Value) -> Result<InboxSettings> {
    let settings = match channel {
        Channel::Widget => serde_json::from_value(stored).map(InboxSettings::Widget),
        Channel::Api => serde_json::from_value(stored).map(InboxSettings::Api),
    };
    settings.map_err(|e| Error::Damaged { reason: format!("settings of an inbox: {e}") })
}
