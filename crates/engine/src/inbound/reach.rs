//! The customer has turned the channel off, or on again.

use tertulia_channels::{Inbound, InboundReach};
use tertulia_store::inboxes::Door;
use tertulia_store::{identities, latest};

use super::Outcome;
use super::process::{Processed, take_in};
use crate::outbound::{lose, regain};
use crate::{Change, Result, secret};

/// What people read at the messages that were called back.
const TURNED_OFF: &str = "the customer has blocked the bot, or removed it from the group";

/// Applies the news, unless newer ones were there before. Of somebody who never wrote nothing is kept.
pub(super) fn process(
    change: &mut Change<'_, '_>,
    door: &Door,
    item: &Inbound,
    reach: &InboundReach,
) -> Result<Processed> {
    let done = Processed { outcome: Outcome::Accepted, message_id: None };
    let (account, inbox) = (door.account_id, door.inbox.id);
    let Some(known) = identities::resolve(change.tx, account, inbox, &reach.address)? else {
        return Ok(done);
    };
    super::enter(change, &known)?;
    let subject = format!("reach:{}", secret::hash(&reach.address));
    let is_news = take_in(change, door, item)?
        && latest::supersede(change.tx, account, inbox, &subject, reach.rank)?;
    if is_news && reach.reachable {
        regain(change, inbox, &known)?;
    } else if is_news {
        lose(change, inbox, &known, TURNED_OFF)?;
    }
    Ok(done)
}
