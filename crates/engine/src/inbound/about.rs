//! Items about a message that is there, or that will come: edits, deletes, reactions, receipts.

use tertulia_channels::{Inbound, InboundReceipt};
use tertulia_domain::MessageId;
use tertulia_domain::delivery::Report;
use tertulia_domain::message::{Direction, Message, Visibility};
use tertulia_store::inboxes::Door;
use tertulia_store::{identities, latest, message_parts, messages, parked, rooms};

use super::Outcome;
use super::message::author;
use super::process::{Processed, take_in};
use crate::messages::{rewrite, set_reaction, wipe};
use crate::outbound::{Words, report_with};
use crate::{Change, Error, Result};

/// Applies the item to its message, or parks it until that comes.
pub(super) fn process(
    change: &mut Change<'_, '_>,
    door: &Door,
    item: &Inbound,
) -> Result<Processed> {
    let name = about(item);
    let mut found = find(change, door, item, &name)?;
    if found.is_none() {
        parked::take_turns(change.tx, door.account_id, door.inbox.id, &name)?;
        found = find(change, door, item, &name)?;
    }
    let Some(message) = found else { return park(change, door, item, &name) };
    rooms::lock(change.tx, door.account_id, message.room_id)?;
    if take_in(change, door, item)? {
        apply(change, door, message.id, item)?;
    }
    Ok(Processed { outcome: Outcome::Accepted, message_id: Some(message.id) })
}

fn park(change: &mut Change<'_, '_>, door: &Door, item: &Inbound, name: &str) -> Result<Processed> {
    if take_in(change, door, item)? {
        let json = serde_json::to_value(item)
            .map_err(|e| Error::Internal(format!("an item to park: {e}")))?;
        let (account, inbox) = (door.account_id, door.inbox.id);
        parked::park(change.tx, account, inbox, name, &json, change.now)?;
    }
    Ok(Processed { outcome: Outcome::Parked, message_id: None })
}

/// The message that the item is about; receipts name it by our id, the others mostly by theirs.
fn find(
    change: &mut Change<'_, '_>,
    door: &Door,
    item: &Inbound,
    name: &str,
) -> Result<Option<Message>> {
    match item {
        Inbound::Receipt(receipt) => ours(change, door, MessageId(receipt.message_id)),
        Inbound::Message(_)
        | Inbound::Edit(_)
        | Inbound::Delete(_)
        | Inbound::Reaction(_)
        | Inbound::Tap(_)
        | Inbound::Reach(_)
        | Inbound::Move(_)
        | Inbound::Typing(_) => named(change, door, name),
    }
}

/// The message that the other side calls so: by its own id, or by our id of a message of ours.
pub(super) fn named(
    change: &mut Change<'_, '_>,
    door: &Door,
    name: &str,
) -> Result<Option<Message>> {
    let (account, inbox) = (door.account_id, door.inbox.id);
    if let Some(message) = messages::by_external_id(change.tx, account, inbox, name)? {
        return Ok(Some(message));
    }
    if let Some(id) = message_parts::find(change.tx, account, inbox, name)? {
        return Ok(messages::find(change.tx, account, id)?);
    }
    name.parse().map_or(Ok(None), |id| ours(change, door, id))
}

/// A message of ours that went out on this inbox.
fn ours(change: &mut Change<'_, '_>, door: &Door, id: MessageId) -> Result<Option<Message>> {
    let went_out = |message: &Message| {
        message.inbox_id == door.inbox.id
            && message.direction == Direction::Out
            && message.visibility == Visibility::Public
    };
    Ok(messages::find(change.tx, door.account_id, id)?.filter(went_out))
}

/// Applies the item to a message whose room is locked.
pub(super) fn apply(
    change: &mut Change<'_, '_>,
    door: &Door,
    id: MessageId,
    item: &Inbound,
) -> Result<()> {
    // Loaded again: it may have changed while we waited for the room.
    let Some(mut message) = messages::find(change.tx, door.account_id, id)? else { return Ok(()) };
    let is_customers = message.direction == Direction::In && message.deleted_at.is_none();
    match item {
        Inbound::Edit(edit) if is_customers => {
            let seen = (&message.text, &message.spans) == (&edit.text, &edit.spans);
            if seen || !is_newest(change, door, "edit", &edit.message_id, edit.rank)? {
                return Ok(());
            }
            rewrite(change, message, &edit.text, &edit.spans).map(drop)
        }
        Inbound::Delete(_) if is_customers => wipe(change, message).map(drop),
        Inbound::Reaction(reaction) if message.deleted_at.is_none() => {
            let (account, inbox) = (door.account_id, door.inbox.id);
            let known = identities::resolve(change.tx, account, inbox, &reaction.address)?;
            let known = known
                .ok_or_else(|| Error::invalid("/contact_id", "has never written to this inbox"))?;
            let sender = author(&known, reaction.author.as_deref());
            let what = format!("reaction of {}", known.identity_id);
            if !is_newest(change, door, &what, &reaction.message_id, reaction.rank)? {
                return Ok(());
            }
            set_reaction(change, message, &sender, reaction.emoji.as_deref()).map(drop)
        }
        Inbound::Receipt(receipt) => deliver(change, &mut message, receipt),
        // What was deleted, or was never the customer's, stays as it is.
        Inbound::Edit(_) | Inbound::Delete(_) | Inbound::Reaction(_) => Ok(()),
        Inbound::Message(_)
        | Inbound::Tap(_)
        | Inbound::Reach(_)
        | Inbound::Move(_)
        | Inbound::Typing(_) => Ok(()),
    }
}

/// Whether no newer word on it was there before. Without ranks the order of arrival counts.
fn is_newest(
    change: &mut Change<'_, '_>,
    door: &Door,
    what: &str,
    message_id: &str,
    rank: Option<i64>,
) -> Result<bool> {
    let Some(rank) = rank else { return Ok(true) };
    let (subject, inbox) = (format!("{what}:{message_id}"), door.inbox.id);
    Ok(latest::supersede(change.tx, door.account_id, inbox, &subject, rank)?)
}

fn deliver(
    change: &mut Change<'_, '_>,
    message: &mut Message,
    receipt: &InboundReceipt,
) -> Result<()> {
    let words = Words { code: receipt.code.clone(), detail: receipt.detail.clone() };
    report_with(change, message, Report::Known(receipt.status), words).map(drop)
}

/// What the message that the item is about is called while it is not there.
fn about(item: &Inbound) -> String {
    match item {
        Inbound::Message(message) => message.id.clone(),
        Inbound::Edit(edit) => edit.message_id.clone(),
        Inbound::Delete(delete) => delete.message_id.clone(),
        Inbound::Reaction(reaction) => reaction.message_id.clone(),
        Inbound::Receipt(receipt) => format!("our:{}", receipt.message_id),
        Inbound::Tap(tap) => tap.id.clone(),
        Inbound::Reach(reach) => reach.id.clone(),
        Inbound::Move(moved) => moved.id.clone(),
        Inbound::Typing(typing) => typing.address.clone(),
    }
}
