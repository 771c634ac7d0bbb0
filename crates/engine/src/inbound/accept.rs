//! The door for providers: find the inbox, verify, parse, and process each item on its own.

use serde::Serialize;
use tertulia_channels::{self as channels, Inbound, InboundTyping, Item, Request, UnreadableItem};
use tertulia_domain::{AccountId, ConversationId, MessageId};
use tertulia_net::HeaderMap;
use tertulia_store::inboxes::{self, Door};
use tertulia_store::sockets::Place;
use tertulia_store::{Scope, conversations, identities};
use utoipa::ToSchema;

use super::process::{Processed, places, process};
use super::quarantine::quarantine;
use crate::{Access, Ctx, Engine, Error, Result};

/// What became of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepted {
    pub account_id: AccountId,
    /// One answer per item, in the order of the request.
    pub answers: Vec<Answer>,
    /// Who types where: never stored, only passed on.
    pub typing: Vec<TypingSignal>,
}

/// What became of one item. A repeated item gets the same answer again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Answer {
    /// The other side's id of the item.
    pub id: Option<String>,
    pub outcome: Outcome,
    /// The message that came of it, or that it was about.
    pub message_id: Option<MessageId>,
    /// Why it is in quarantine.
    pub detail: Option<String>,
}

/// How an item ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is stored and applied.
    Accepted,
    /// It is about a message that has not come yet, and waits for it for a day.
    Parked,
    /// It cannot be read or used; it is kept and shown to people.
    Quarantined,
}

/// The customer types, or has stopped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypingSignal {
    pub conversation_id: ConversationId,
    pub place: Place,
    pub contact_name: String,
    pub on: bool,
}

/// Takes in a provider's request. When this answers `Ok`, every item is stored.
pub async fn accept(
    engine: &Engine,
    hook_token: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Accepted> {
    let door = open(engine, hook_token).await?;
    let channel = channels::of(door.inbox.channel);
    let request = Request { headers, body };
    if let Err(refused) = channel.verify(request, &door.inbox.secret, engine.clock.now()) {
        tracing::warn!(inbox.id = door.inbox.id.0, reason = %refused, "a hook was refused");
        let detail = "the request is not signed with the inbox's secret".to_owned();
        return Err(Error::Unauthenticated { code: "signature_invalid", detail });
    }
    take(engine, &door, body).await
}

/// Takes in what is known to come from the provider. When this answers `Ok`, every item is stored.
pub(crate) async fn take(engine: &Engine, door: &Door, body: &[u8]) -> Result<Accepted> {
    let channel = channels::of(door.inbox.channel);
    let items = channel.parse(body).map_err(|e| Error::invalid("/events", e.reason))?;
    let access = Access::Channel { inbox: door.inbox.id };
    let ctx = Ctx::new(door.account_id, access, door.inbox.name.clone());
    let mut accepted =
        Accepted { account_id: door.account_id, answers: Vec::new(), typing: Vec::new() };
    for item in items {
        match item {
            Ok(Inbound::Typing(typing)) => {
                accepted.typing.extend(typing_signal(engine, door, typing).await?);
                accepted.answers.push(Answer::new(None, Outcome::Accepted));
            }
            item => accepted.answers.push(one(engine, &ctx, door, item).await?),
        }
    }
    Ok(accepted)
}

impl Answer {
    fn new(id: Option<String>, outcome: Outcome) -> Self {
        Self { id, outcome, message_id: None, detail: None }
    }
}

async fn open(engine: &Engine, hook_token: &str) -> Result<Door> {
    let token = hook_token.to_owned();
    let found = engine
        .store
        .read(Scope::System, move |tx| inboxes::door_by_hook(tx, &token).map_err(Error::from))
        .await?;
    found.filter(|door| door.inbox.enabled).ok_or(Error::NotFound("hook"))
}

/// One item in its own transaction; what cannot be used goes into quarantine in another one.
async fn one(engine: &Engine, ctx: &Ctx, door: &Door, item: Item) -> Result<Answer> {
    let inbound = match item {
        Ok(inbound) => inbound,
        Err(unreadable) => return keep(engine, ctx, door, unreadable).await,
    };
    let id = inbound.id().map(str::to_owned);
    let raw = serde_json::to_vec(&inbound).unwrap_or_default();
    let processed = engine.transact(ctx, {
        let door = door.clone();
        let places = places(engine, door.account_id, &inbound);
        move |change| process(change, &door, &inbound, &places)
    });
    match processed.await {
        Ok(Processed { outcome, message_id }) => {
            Ok(Answer { message_id, ..Answer::new(id, outcome) })
        }
        // Nothing is acknowledged that is not stored: the provider tries again.
        Err(Error::Storage(error @ tertulia_store::Error::Unavailable { .. }))
        | Err(Error::Storage(error @ tertulia_store::Error::Contention)) => {
            Err(Error::Storage(error))
        }
        Err(error) => {
            let reason = error.to_string();
            keep(engine, ctx, door, UnreadableItem { id, reason, raw }).await
        }
    }
}

async fn keep(engine: &Engine, ctx: &Ctx, door: &Door, item: UnreadableItem) -> Result<Answer> {
    let (id, detail) = (item.id.clone(), item.reason.clone());
    let inbox = door.inbox.id;
    engine.transact(ctx, move |change| quarantine(change, inbox, &item.reason, &item.raw)).await?;
    Ok(Answer { detail: Some(detail), ..Answer::new(id, Outcome::Quarantined) })
}

/// Typing of somebody who has no open conversation is of no interest to anybody.
async fn typing_signal(
    engine: &Engine,
    door: &Door,
    typing: InboundTyping,
) -> Result<Option<TypingSignal>> {
    let (account, inbox) = (door.account_id, door.inbox.id);
    engine
        .store
        .read(Scope::Account(account), move |tx| {
            let Some(known) = identities::resolve(tx, account, inbox, &typing.address)? else {
                return Ok(None);
            };
            let open = conversations::open_of_contact(tx, account, known.contact_id)?;
            Ok(open.first().map(|conversation| TypingSignal {
                conversation_id: conversation.id,
                place: Place {
                    room_id: conversation.room_id,
                    inbox_id: conversation.inbox_id,
                    contact_id: known.contact_id,
                },
                contact_name: known.contact_name.clone(),
                on: typing.on,
            }))
        })
        .await
}
