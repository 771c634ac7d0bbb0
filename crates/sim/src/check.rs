//! The promises, checked by comparing three sets of books: the actors', the provider's and Tertulia's.

use std::collections::{BTreeMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tertulia_domain::delivery::{DeliveryStatus, is_settled};
use tertulia_domain::event::EventKind;
use tertulia_domain::message::{Direction, Message, Visibility};
use tertulia_domain::{AccountId, ConversationId, MessageId, RoomId};
use tertulia_store::conversations::{self, Filter, Page, Sort, Viewer};
use tertulia_store::events::{self, Cursor, Event};
use tertulia_store::messages::{self, Log, Span};
use tertulia_store::{Error, ReadTx, Scope};

use crate::world::World;

/// More than a run can make.
const ROWS_MAX: i64 = 10_000;

/// What Tertulia has at the end.
struct Stored {
    messages: Vec<Message>,
    journal: Vec<Event>,
}

/// Checks everything and answers a digest of the end.
pub(crate) async fn all(world: &World) -> Result<u64> {
    let account = world.account;
    let stored = world.engine.store.read::<_, Error, _>(Scope::System, move |tx| {
        Ok(Stored {
            messages: all_messages(tx, account)?,
            journal: events::after(tx, Cursor::default(), ROWS_MAX)?,
        })
    });
    let stored = stored.await?;
    numbers_have_no_gaps(&stored)?;
    inbound_is_there_once(world, &stored)?;
    outbound_is_there_once(world, &stored)?;
    provider_agrees(world, &stored)?;
    journal_tells_it_all(&stored)?;
    Ok(digest(&stored))
}

pub(crate) fn conversation_ids(
    tx: &mut ReadTx<'_>,
    account: AccountId,
) -> Result<Vec<ConversationId>, Error> {
    let page = Page { sort: Sort::Oldest, after: None, limit: ROWS_MAX };
    let found = conversations::list(tx, account, Viewer::SYSTEM, &Filter::default(), page)?;
    let mut ids: Vec<_> = found.into_iter().map(|shown| shown.conversation.id).collect();
    ids.sort();
    Ok(ids)
}

fn all_messages(tx: &mut ReadTx<'_>, account: AccountId) -> Result<Vec<Message>, Error> {
    let page = Page { sort: Sort::Oldest, after: None, limit: ROWS_MAX };
    let found = conversations::list(tx, account, Viewer::SYSTEM, &Filter::default(), page)?;
    let rooms: std::collections::BTreeSet<RoomId> =
        found.into_iter().map(|shown| shown.conversation.room_id).collect();
    let mut all = Vec::new();
    for room in rooms {
        let log = Log { room, conversation: None, public_only: false };
        let limit = usize::try_from(ROWS_MAX).unwrap_or(usize::MAX);
        all.extend(messages::page(tx, account, log, Span::After(0), limit)?.0);
    }
    Ok(all)
}

/// Promise 3: one total, gap-free `seq` per room.
fn numbers_have_no_gaps(stored: &Stored) -> Result<()> {
    let mut last: BTreeMap<RoomId, i64> = BTreeMap::new();
    for message in &stored.messages {
        let before = last.insert(message.room_id, message.seq).unwrap_or(0);
        ensure!(
            message.seq == before + 1,
            "room {}: {} after {before}",
            message.room_id,
            message.seq
        );
    }
    Ok(())
}

/// Promises 1 and 2: nothing acknowledged is lost, nothing is there twice.
fn inbound_is_there_once(world: &World, stored: &Stored) -> Result<()> {
    let mut rooms: BTreeMap<&str, RoomId> = BTreeMap::new();
    let mut found: BTreeMap<&str, &Message> = BTreeMap::new();
    for message in stored.messages.iter().filter(|m| m.direction == Direction::In) {
        let id = message.external_id.as_deref().context("a message without the provider's id")?;
        ensure!(found.insert(id, message).is_none(), "{id} is there twice");
        let inbound = world.books.inbound.get(id).with_context(|| format!("nobody wrote {id}"))?;
        ensure!(message.text == inbound.text, "{id} says {:?}", message.text);
        let room = *rooms.entry(&inbound.contact).or_insert(message.room_id);
        ensure!(room == message.room_id, "{} has two rooms", inbound.contact);
    }
    for (id, inbound) in &world.books.inbound {
        ensure!(inbound.acknowledged, "{id} was never taken, even in calm weather");
        ensure!(found.contains_key(id.as_str()), "{id} was acknowledged and is lost");
    }
    Ok(())
}

/// Promises 2 and 4 for agents: each acknowledged answer is there once and has come to its end.
fn outbound_is_there_once(world: &World, stored: &Stored) -> Result<()> {
    let mut found: BTreeMap<&str, &Message> = BTreeMap::new();
    for message in stored.messages.iter().filter(|m| is_answer(m)) {
        let id = message.client_id.as_deref().context("an answer without its client id")?;
        ensure!(found.insert(id, message).is_none(), "{id} is there twice");
        let status = message.delivery.as_ref().context("an answer without delivery")?.status;
        ensure!(is_settled(status), "{id} is still {status}");
    }
    for (id, outbound) in &world.books.outbound {
        let message = found.get(id.as_str()).with_context(|| format!("{id} is lost"))?;
        ensure!(outbound.message == Some(message.id), "{id} was acknowledged as another message");
        ensure!(message.text == outbound.text, "{id} says {:?}", message.text);
    }
    ensure!(found.len() == world.books.outbound.len(), "there are answers that nobody wrote");
    Ok(())
}

fn is_answer(message: &Message) -> bool {
    message.direction == Direction::Out && message.visibility == Visibility::Public
}

/// Promise 4 against the provider's books: never sent twice, in order, and no state that is untrue.
fn provider_agrees(world: &World, stored: &Stored) -> Result<()> {
    let entries = world.provider.entries();
    let mut last: BTreeMap<ConversationId, usize> = BTreeMap::new();
    for message in stored.messages.iter().filter(|m| is_answer(m)) {
        let entry = entries.get(&format!("msg_{}", message.id)).cloned().unwrap_or_default();
        let status = message.delivery.as_ref().map(|delivery| delivery.status);
        ensure!(entry.taken <= 1, "{} reached the customer {} times", message.text, entry.taken);
        match status {
            Some(DeliveryStatus::Sent) => {
                ensure!(entry.taken == 1, "{} is sent, the provider never took it", message.text);
            }
            Some(DeliveryStatus::Rejected) => {
                ensure!(entry.taken == 0, "{} is rejected, the provider took it", message.text);
            }
            Some(DeliveryStatus::Uncertain) => {}
            other => anyhow::bail!("{} ended as {other:?}", message.text),
        }
        if entry.taken == 1 {
            ensure!(entry.text == message.text, "the provider took {:?}", entry.text);
            let before = last.insert(message.conversation_id, entry.place).unwrap_or(0);
            ensure!(entry.place > before, "{} overtook an earlier answer", message.text);
        }
    }
    Ok(())
}

/// Promises 3 and 7: the journal has each message once, in the order of its room, and no delivery
/// goes back once it is settled.
fn journal_tells_it_all(stored: &Stored) -> Result<()> {
    let mut created: Vec<MessageId> = Vec::new();
    let mut last: BTreeMap<i64, i64> = BTreeMap::new();
    let mut settled: HashSet<i64> = HashSet::new();
    for event in &stored.journal {
        let data: Value = event.data.read()?;
        let Some(message) = data.get("message") else { continue };
        let field = |name: &str| message.get(name).and_then(Value::as_i64).unwrap_or(-1);
        match event.kind {
            EventKind::MessageCreated => {
                created.push(MessageId(field("id")));
                let before = last.insert(field("room_id"), field("seq")).unwrap_or(0);
                ensure!(field("seq") == before + 1, "journal: {} after {before}", field("seq"));
            }
            EventKind::MessageUpdated => {
                let status = message.pointer("/delivery/status").and_then(Value::as_str);
                let status = status.and_then(|text| text.parse::<DeliveryStatus>().ok());
                if status.is_some_and(is_settled) {
                    settled.insert(field("id"));
                } else if status.is_some() {
                    let id = field("id");
                    ensure!(!settled.contains(&id), "message {id} went back to {status:?}");
                }
            }
            _ => {}
        }
    }
    let mut stored: Vec<MessageId> = stored.messages.iter().map(|message| message.id).collect();
    created.sort();
    stored.sort();
    ensure!(created == stored, "the journal and the rooms have different messages");
    Ok(())
}

fn digest(stored: &Stored) -> u64 {
    let mut hasher = DefaultHasher::new();
    for message in &stored.messages {
        let status = message.delivery.as_ref().map(|delivery| delivery.status);
        (message.room_id, message.seq, &message.text, status).hash(&mut hasher);
    }
    for event in &stored.journal {
        (event.kind, event.conversation_id, event.at).hash(&mut hasher);
    }
    hasher.finish()
}
