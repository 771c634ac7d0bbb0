//! A customer whose address has changed: a group that Telegram has made a larger one.

use tertulia_channels::InboundMove;
use tertulia_domain::InboxId;
use tertulia_store::identities;
use tertulia_store::inboxes::Door;

use super::Outcome;
use super::process::{Processed, take_in};
use super::sender::enter;
use crate::contacts::join_into;
use crate::{Change, Result};

/// Applies the news.
pub(super) fn process(
    change: &mut Change<'_, '_>,
    door: &Door,
    item: &tertulia_channels::Inbound,
    moved: &InboundMove,
) -> Result<Processed> {
    if take_in(change, door, item)? {
        relocate(change, door.inbox.id, &moved.from, &moved.to)?;
    }
    Ok(Processed { outcome: Outcome::Accepted, message_id: None })
}

/// Gives the customer of one address another one. If somebody wrote from there already, the two are one
/// from now on, and nothing of either is lost.
pub(crate) fn relocate(
    change: &mut Change<'_, '_>,
    inbox: InboxId,
    from: &str,
    to: &str,
) -> Result<()> {
    let account = change.ctx.account_id;
    for address in [from, to] {
        identities::take_turns(change.tx, account, inbox, address)?;
    }
    let Some(known) = identities::resolve(change.tx, account, inbox, from)? else {
        return Ok(());
    };
    enter(change, &known)?;
    match identities::resolve(change.tx, account, inbox, to)? {
        None => Ok(identities::readdress(change.tx, account, known.identity_id, to)?),
        Some(other) if other.contact_id == known.contact_id => Ok(()),
        Some(other) => join_into(change, other.contact_id, known.contact_id).map(drop),
    }
}
