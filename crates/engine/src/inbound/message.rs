//! A customer's message, into its conversation: the hot path.

use std::time::Duration;

use tertulia_domain::contact::tidy_name;
use tertulia_domain::content::Content;
use tertulia_domain::message::{Direction, Message, Quote, Sender, SenderKind, Visibility};
use tertulia_domain::span::Span;
use tertulia_domain::{ContactId, RoomId, Timestamp};
use tertulia_store::identities::Known;
use tertulia_store::inboxes::Door;
use tertulia_store::{channel_sessions, contacts};

use super::Origin;
use super::thread::{News, thread};
use crate::messages::{Entry, Files, append};
use crate::{Change, Result};

/// What arrived, with its sender known and its room locked.
pub(super) struct Arrival<'a> {
    pub(super) content: &'a Content,
    pub(super) spans: &'a [Span],
    /// Who wrote it, where several people share an address.
    pub(super) author: Option<&'a str>,
    pub(super) client_id: Option<&'a str>,
    pub(super) external_id: Option<&'a str>,
    pub(super) reply_to: Option<Quote>,
    pub(super) files: Files<'a>,
    pub(super) sent_at: Option<Timestamp>,
    pub(super) origin: Origin,
}

/// Writes the message into the conversation that it belongs to.
pub(super) fn receive(
    change: &mut Change<'_, '_>,
    door: &Door,
    known: &Known,
    room: RoomId,
    arrival: Arrival<'_>,
) -> Result<Message> {
    let account = door.account_id;
    let (mut conversation, news) = thread(change, door, room, known.contact_id, arrival.origin)?;
    let place = (door.inbox.id, door.inbox.channel);
    let identity = known.identity_id;
    let session =
        channel_sessions::touch(change.tx, account, conversation.id, place, identity, change.now)?;
    let entry = Entry {
        direction: Direction::In,
        session: Some((session, door.inbox.id)),
        reply_to: arrival.reply_to,
        client_id: arrival.client_id,
        external_id: arrival.external_id,
        files: arrival.files,
        sent_at: arrival.sent_at,
        spans: arrival.spans,
        ..Entry::new(author(known, arrival.author), arrival.content, Visibility::Public)
    };
    let waited = conversation.waiting_since;
    let message = append(change, &mut conversation, entry)?;
    match news {
        News::None => change.advance(&mut conversation, waited)?,
        News::Changed => change.changed(&mut conversation).map(drop)?,
    }
    see(change, known.contact_id, known.last_seen_at)?;
    Ok(message)
}

/// The customer as the writer of a message.
pub(super) fn customer(known: &Known) -> Sender {
    let id = Some(known.contact_id.0);
    Sender { kind: SenderKind::Customer, id, name: known.contact_name.clone() }
}

/// The customer as the writer, by the name of whoever it was.
pub(super) fn author(known: &Known, name: Option<&str>) -> Sender {
    let customer = customer(known);
    match name.and_then(tidy_name) {
        Some(name) => Sender { name, ..customer },
        None => customer,
    }
}

fn see(
    change: &mut Change<'_, '_>,
    contact: ContactId,
    last_seen_at: Option<Timestamp>,
) -> Result<()> {
    let recent =
        |at: Timestamp| change.now.since(at) < Duration::from_secs(channel_sessions::SEEN_SECS);
    if last_seen_at.is_some_and(recent) {
        return Ok(());
    }
    Ok(contacts::seen(change.tx, change.ctx.account_id, contact, change.now)?)
}
