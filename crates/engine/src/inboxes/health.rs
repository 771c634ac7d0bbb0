//! How an inbox's connection to its provider is; a change of it is an event.

use tertulia_domain::InboxId;
use tertulia_domain::event::EventKind;
use tertulia_domain::inbox::{Health, HealthState, Inbox};
use tertulia_store::inboxes;

use super::record;
use crate::{Change, Result};

/// Writes how the connection is now. People are told when it is not what it was.
pub(crate) fn note_health(
    change: &mut Change<'_, '_>,
    inbox: InboxId,
    state: HealthState,
    detail: Option<&str>,
) -> Result<()> {
    let account = change.ctx.account_id;
    let Some(found) = inboxes::get(change.tx, account, inbox)? else { return Ok(()) };
    let detail = detail.map(str::to_owned);
    let health = Health { state, detail, checked_at: change.now };
    inboxes::set_health(change.tx, account, inbox, &health)?;
    let known = |before: &Health| before.state == health.state && before.detail == health.detail;
    if found.health.as_ref().is_some_and(known) {
        return Ok(());
    }
    let changed = Inbox { health: Some(health), ..found };
    record(change, EventKind::InboxUpdated, &changed).map(drop)
}
