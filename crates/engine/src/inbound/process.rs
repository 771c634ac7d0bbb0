//! One item of a provider in one transaction. A repeated item changes nothing.

use serde_json::json;
use tertulia_channels::{Inbound, InboundFile, InboundMessage};
use tertulia_domain::attachment::{Attachment, AttachmentState};
use tertulia_domain::message::{Message, Quote};
use tertulia_domain::{AccountId, MessageId, RoomId};
use tertulia_store::identities::Known;
use tertulia_store::inboxes::Door;
use tertulia_store::{messages, parked, receipts};

use super::about::{self, apply};
use super::message::{Arrival, receive};
use super::sender::{enter, resolve};
use super::{Outcome, album, reach, relocate, tap};
use crate::attachments::{clean, order, reserve};
use crate::messages::Files;
use crate::{Change, Engine, Error, Result};

/// What became of an item that could be used.
pub(super) struct Processed {
    pub(super) outcome: Outcome,
    pub(super) message_id: Option<MessageId>,
}

/// Places for the files that an item only names: made outside of the transaction, which may run again.
pub(super) fn places(engine: &Engine, account: AccountId, item: &Inbound) -> Vec<Attachment> {
    let Inbound::Message(message) = item else { return Vec::new() };
    let names = message.files.iter().filter_map(|file| match file {
        InboundFile::Remote { name, .. } => Some(clean(name)),
        InboundFile::Uploaded { .. } => None,
    });
    names.map(|name| Attachment { name, ..reserve(engine, account) }).collect()
}

/// Applies an item.
pub(super) fn process(
    change: &mut Change<'_, '_>,
    door: &Door,
    item: &Inbound,
    places: &[Attachment],
) -> Result<Processed> {
    match item {
        Inbound::Message(new) => match &new.album {
            Some(album) => album::keep(change, door, item, album),
            None => message(change, door, item, new, places),
        },
        Inbound::Tap(tapped) => tap::process(change, door, item, tapped),
        Inbound::Reach(news) => reach::process(change, door, item, news),
        Inbound::Move(moved) => relocate::process(change, door, item, moved),
        Inbound::Edit(_) | Inbound::Delete(_) | Inbound::Reaction(_) | Inbound::Receipt(_) => {
            about::process(change, door, item)
        }
        Inbound::Typing(_) => Err(Error::Internal("typing is never stored".to_owned())),
    }
}

pub(super) fn message(
    change: &mut Change<'_, '_>,
    door: &Door,
    item: &Inbound,
    new: &InboundMessage,
    places: &[Attachment],
) -> Result<Processed> {
    let (account, inbox) = (door.account_id, door.inbox.id);
    let known = resolve(change, door, &new.contact)?;
    let room = enter(change, &known)?;
    // An edit that overtook its message waits here until the message is there, or parks before it.
    parked::take_turns(change.tx, account, inbox, &new.id)?;
    if !take_in(change, door, item)? {
        let stored = messages::by_external_id(change.tx, account, inbox, &new.id)?;
        let message_id = stored.map(|message| message.id);
        return Ok(Processed { outcome: Outcome::Accepted, message_id });
    }
    let message_id = Some(write(change, door, (&known, room), new, places)?);
    Ok(Processed { outcome: Outcome::Accepted, message_id })
}

/// Writes a message of a sender whose room is locked, and applies what waited for it.
pub(super) fn write(
    change: &mut Change<'_, '_>,
    door: &Door,
    (known, room): (&Known, RoomId),
    new: &InboundMessage,
    places: &[Attachment],
) -> Result<MessageId> {
    let (account, inbox) = (door.account_id, door.inbox.id);
    if known.blocked {
        return Err(Error::conflict("contact_blocked", "the contact is blocked"));
    }
    let reply_to = quote(change, door, new.reply_to.as_deref())?;
    let tokens = uploads(&new.files);
    let arrival = Arrival {
        content: &new.content,
        spans: &new.spans,
        author: new.author.as_deref(),
        client_id: None,
        external_id: Some(&new.id),
        reply_to,
        files: Files { owner: None, tokens: &tokens, named: places },
        sent_at: new.sent_at,
        origin: new.start.as_ref().map(|start| json!({ "start": start })),
    };
    let message = receive(change, door, known, room, arrival)?;
    order_files(change, &message, &new.files)?;
    for waiting in parked::take(change.tx, account, inbox, &new.id)? {
        let waiting: Inbound = serde_json::from_value(waiting)
            .map_err(|e| Error::Internal(format!("a parked item: {e}")))?;
        apply(change, door, message.id, &waiting)?;
    }
    Ok(message.id)
}

/// Notes the item; false when it was noted before.
pub(super) fn take_in(change: &mut Change<'_, '_>, door: &Door, item: &Inbound) -> Result<bool> {
    let Some(key) = item.key() else { return Ok(true) };
    Ok(receipts::take_in(change.tx, door.account_id, door.inbox.id, &key, change.now)?)
}

/// A quote of something that never came here is left out: the message itself matters more.
fn quote(
    change: &mut Change<'_, '_>,
    door: &Door,
    external_id: Option<&str>,
) -> Result<Option<Quote>> {
    let Some(id) = external_id else { return Ok(None) };
    let found = about::named(change, door, id)?;
    Ok(found.map(|message| Quote {
        id: message.id,
        seq: message.seq,
        sender_name: message.sender.name,
        text: message.text,
    }))
}

fn uploads(files: &[InboundFile]) -> Vec<String> {
    let tokens = files.iter().filter_map(|file| match file {
        InboundFile::Uploaded { token } => Some(token.clone()),
        InboundFile::Remote { .. } => None,
    });
    tokens.collect()
}

/// Has the files fetched that the message only names.
pub(super) fn order_files(
    change: &mut Change<'_, '_>,
    message: &Message,
    files: &[InboundFile],
) -> Result<()> {
    let references = files.iter().filter_map(|file| match file {
        InboundFile::Remote { reference, .. } => Some(reference),
        InboundFile::Uploaded { .. } => None,
    });
    let awaited = message.attachments.iter().filter(|f| f.state == AttachmentState::Fetching);
    for (file, reference) in awaited.zip(references) {
        order(change, message, file, reference)?;
    }
    Ok(())
}
