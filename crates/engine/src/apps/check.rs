//! Checks of what an administrator says about an app.

use tertulia_domain::access::Permission;
use tertulia_domain::app::{ACK_SECS_MAX, ContractKind};

use crate::{Ctx, Error, Result};

/// What an agent bot of Chatwoot's contract may do, unless an administrator says otherwise: it works on
/// conversations of the whole account, and reads who the customers are.
pub const AGENT_BOT_SCOPES: &[Permission] = &[
    Permission::ConversationsRead,
    Permission::ConversationsWrite,
    Permission::ContactsRead,
    Permission::InboxesAll,
];
/// What a native app may do when nothing is said: only on the inboxes that it works on.
const SCOPES: &[Permission] =
    &[Permission::ConversationsRead, Permission::ConversationsWrite, Permission::ContactsRead];

/// The scopes of an app; nobody gives away what is not theirs.
pub(super) fn scopes(
    ctx: &Ctx,
    contract: ContractKind,
    wanted: Option<Vec<Permission>>,
) -> Result<Vec<Permission>> {
    let mut scopes = match (wanted, contract) {
        (Some(scopes), _) => scopes,
        (None, ContractKind::Chatwoot) => AGENT_BOT_SCOPES.to_vec(),
        (None, ContractKind::Tertulia) => SCOPES.to_vec(),
    };
    if scopes.is_empty() {
        return Err(Error::invalid("/scopes", "names nothing that the app may do"));
    }
    scopes.sort_unstable();
    scopes.dedup();
    for &scope in &scopes {
        ctx.require(scope)?;
    }
    Ok(scopes)
}

/// How long the endpoint may take to acknowledge an event.
pub(super) fn ack_secs(secs: i64) -> Result<i64> {
    if (1..=ACK_SECS_MAX).contains(&secs) {
        return Ok(secs);
    }
    Err(Error::invalid("/ack_secs", format!("takes 1 to {ACK_SECS_MAX} seconds")))
}
