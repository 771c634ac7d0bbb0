//! An album: one message that comes in several pieces, in any order, each on its own.
//!
//! Every piece is stored as it comes and brings a job along. The job that finds no piece younger than
//! the pause makes one message of all; whatever comes later is added to it.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tertulia_channels::{Inbound, InboundFile, InboundMessage};
use tertulia_domain::attachment::Attachment;
use tertulia_domain::event::EventKind;
use tertulia_domain::{AccountId, InboxId, MessageId};
use tertulia_store::inboxes::{self, Door};
use tertulia_store::jobs::{self, NewJob};
use tertulia_store::message_parts::{self, Part};
use tertulia_store::{Scope, attachments, messages, parked};

use super::Outcome;
use super::process::{Processed, order_files, places, take_in, write};
use super::sender::{enter, resolve};
use crate::messages::{record, rewrite};
use crate::{Access, Change, Ctx, Engine, Error, Result};

/// The kind of the job that puts an album together.
pub const ALBUM: &str = "inbound.album";
/// How long after the last piece an album is complete.
const PAUSE: Duration = Duration::from_millis(800);
/// How long after the first piece it is shown in any case.
const PATIENCE: Duration = Duration::from_secs(5);
/// Pieces of one album; Telegram has ten.
const PIECES_MAX: usize = 50;

/// The payload of a job.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Order {
    inbox: InboxId,
    album: String,
}

/// Keeps a piece until the album is complete.
pub(super) fn keep(
    change: &mut Change<'_, '_>,
    door: &Door,
    item: &Inbound,
    album: &str,
) -> Result<Processed> {
    let (account, inbox) = (door.account_id, door.inbox.id);
    if take_in(change, door, item)? {
        let order = Order { inbox, album: name(album) };
        let piece = serde_json::to_value(item)
            .map_err(|e| Error::Internal(format!("a piece of an album: {e}")))?;
        parked::park(change.tx, account, inbox, &order.album, &piece, change.now)?;
        let lane = format!("album:{inbox}:{}", order.album);
        let job = NewJob {
            account: Some(account),
            kind: ALBUM,
            lane: Some(&lane),
            pool: None,
            payload: &json!(order),
            run_at: change.now.plus(PAUSE),
            now: change.now,
        };
        jobs::enqueue(change.tx, &job)?;
    }
    Ok(Processed { outcome: Outcome::Accepted, message_id: None })
}

/// Puts the album of a job's payload together, if it is complete.
pub async fn put_together(engine: &Engine, account: AccountId, payload: &Value) -> Result<()> {
    let read = |e: serde_json::Error| Error::Internal(format!("payload of an album: {e}"));
    let order = Order::deserialize(payload).map_err(read)?;
    let found = engine
        .store
        .read::<_, Error, _>(Scope::Account(account), {
            let order = order.clone();
            move |tx| {
                let door = inboxes::door(tx, account, order.inbox)?;
                Ok((door, parked::peek(tx, account, order.inbox, &order.album)?))
            }
        })
        .await?;
    let (Some(door), pieces) = found else { return Ok(()) };
    let now = engine.clock.now();
    let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return Ok(()) };
    // The youngest piece has a job of its own.
    if now.since(last.1) < PAUSE && now.since(first.1) < PATIENCE {
        return Ok(());
    }
    // Places for files are made outside of the transaction, which may run again.
    let mut reserved = Vec::new();
    for (piece, _) in pieces.iter().take(PIECES_MAX) {
        let item: Inbound = serde_json::from_value(piece.clone()).map_err(unreadable)?;
        reserved.extend(places(engine, account, &item));
    }
    let access = Access::Channel { inbox: door.inbox.id };
    let ctx = Ctx::new(account, access, door.inbox.name.clone());
    engine.transact(&ctx, move |change| join(change, &door, &order.album, &reserved)).await
}

/// What is parked under the album becomes a message, or part of the one that is there.
fn join(
    change: &mut Change<'_, '_>,
    door: &Door,
    album: &str,
    places: &[Attachment],
) -> Result<()> {
    let (account, inbox) = (door.account_id, door.inbox.id);
    let mut pieces = Vec::new();
    for (item, _) in parked::peek(change.tx, account, inbox, album)? {
        match serde_json::from_value(item).map_err(unreadable)? {
            Inbound::Message(piece) => pieces.push(*piece),
            _ => return Err(Error::Internal("an album has something else in it".to_owned())),
        }
    }
    // More came while the places were made; their own job brings places for all.
    let files: usize = pieces.iter().map(|piece| piece.files.len()).sum();
    if pieces.is_empty() || files > places.len() {
        return Ok(());
    }
    let before = message_parts::find(change.tx, account, inbox, album)?;
    let known = {
        let Some(first) = pieces.first() else { return Ok(()) };
        resolve(change, door, &first.contact)?
    };
    let room = enter(change, &known)?;
    // Taken only now, under the room's lock, so that two workers do not join the same pieces.
    if parked::take(change.tx, account, inbox, album)?.len() != pieces.len() {
        return Err(Error::conflict("conflict", "another worker has put the album together"));
    }
    pieces.sort_by(|a, b| (a.id.len(), &a.id).cmp(&(b.id.len(), &b.id)));
    let names: Vec<String> = pieces.iter().map(|piece| piece.id.clone()).collect();
    let whole = merged(pieces);
    let message = match before {
        Some(id) => add_files(change, id, &whole, places)?,
        None => Some(write(change, door, (&known, room), &whole, places)?),
    };
    let Some(message) = message else { return Ok(()) };
    for external_id in names.into_iter().chain([album.to_owned()]) {
        let part = Part { call: 0, external_id };
        message_parts::insert(change.tx, account, inbox, message, &part)?;
    }
    Ok(())
}

/// All files, and the words of the piece that has some.
fn merged(mut pieces: Vec<InboundMessage>) -> InboundMessage {
    let words = |piece: &InboundMessage| !piece.content.plain_text().is_empty();
    let spoken = pieces.iter().position(words).unwrap_or(0);
    let files: Vec<InboundFile> = pieces.iter().flat_map(|piece| piece.files.clone()).collect();
    let (id, reply_to) =
        pieces.first().map(|first| (first.id.clone(), first.reply_to.clone())).unwrap_or_default();
    let spoken = pieces.swap_remove(spoken);
    InboundMessage { id, reply_to, files, album: None, ..spoken }
}

/// A piece that came too late is added to the message, unless that was deleted.
fn add_files(
    change: &mut Change<'_, '_>,
    id: MessageId,
    late: &InboundMessage,
    places: &[Attachment],
) -> Result<Option<MessageId>> {
    let account = change.ctx.account_id;
    let found = messages::find(change.tx, account, id)?;
    let Some(message) = found.filter(|message| message.deleted_at.is_none()) else {
        return Ok(None);
    };
    let earlier = message.attachments.len();
    for place in places {
        let file = Attachment { message_id: Some(id), ..place.clone() };
        attachments::create(change.tx, &file, &change.ctx.principal())?;
    }
    messages::count_files(change.tx, account, id)?;
    let words = late.content.plain_text();
    if message.text.is_empty() && !words.is_empty() {
        rewrite(change, message, &words, &late.spans)?;
    }
    let Some(mut message) = messages::find(change.tx, account, id)? else { return Ok(None) };
    record(change, EventKind::MessageUpdated, &message)?;
    // Only what is new is fetched.
    message.attachments.drain(..earlier.min(message.attachments.len()));
    order_files(change, &message, &late.files)?;
    Ok(Some(id))
}

/// What an album is called among the names of messages.
fn name(album: &str) -> String {
    format!("album:{album}")
}

fn unreadable(error: serde_json::Error) -> Error {
    Error::Internal(format!("a piece of an album: {error}"))
}
