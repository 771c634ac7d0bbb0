//! Ends several sessions of a person at once, inside the transaction that makes it necessary.

use serde_json::json;
use tertulia_domain::event::EventKind;
use tertulia_domain::{SessionId, UserId};
use tertulia_store::sessions;

use crate::{Change, Fact, Result};

/// Ends all sessions of a person, in all accounts, except `keep`.
pub(crate) fn end_others(
    change: &mut Change<'_, '_>,
    user: UserId,
    keep: Option<SessionId>,
) -> Result<()> {
    let ended = sessions::delete_others(change.tx, user, keep)?;
    record(change, user, ended)
}

/// Ends the sessions of a person in the account of the change.
pub(crate) fn end_in_account(change: &mut Change<'_, '_>, user: UserId) -> Result<()> {
    let ended = sessions::delete_in_account(change.tx, change.ctx.account_id, user)?;
    record(change, user, ended)
}

fn record(change: &mut Change<'_, '_>, user: UserId, ended: Vec<SessionId>) -> Result<()> {
    for session in ended {
        let data = json!({"session_id": session, "user_id": user});
        change.record(&Fact::new(EventKind::SessionRevoked, data).about(session.0))?;
    }
    Ok(())
}
