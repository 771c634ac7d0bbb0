//! The one way to change anything: a transaction with its idempotency key and its journal.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use tertulia_domain::actor::Actor;
use tertulia_domain::event::{Audience, EventKind};
use tertulia_domain::{ContactId, ConversationId, EventId, InboxId, RoomId, Timestamp};
use tertulia_store::idempotency::{self, Claim};
use tertulia_store::{Json, Scope, WriteTx, contacts, events, rooms};

use crate::conversations::Standing;
use crate::{Ctx, Engine, Error, Result};

/// A change under way: the transaction, who makes it, and when.
pub struct Change<'c, 'tx> {
    pub tx: &'c mut WriteTx<'tx>,
    pub ctx: &'c Ctx,
    pub now: Timestamp,
    actor: Actor,
    /// The conversation that was loaded, as it stood then.
    pub(crate) standing: Option<Standing>,
    /// What else changed about it, as it will be told.
    pub(crate) noted: Map<String, Value>,
}

/// Something that happened, for the journal. Build it with [`Fact::new`] and the setters.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    pub kind: EventKind,
    pub audience: Audience,
    pub room: Option<RoomId>,
    pub conversation: Option<ConversationId>,
    pub inbox: Option<InboxId>,
    pub subject: Option<i64>,
    pub reason: Option<String>,
    pub data: Json,
}

impl Fact {
    /// A fact that only people of the account see. `data` is a view, or an object around views.
    #[must_use]
    pub fn new(kind: EventKind, data: impl Into<Json>) -> Self {
        Self {
            kind,
            audience: Audience::Staff,
            room: None,
            conversation: None,
            inbox: None,
            subject: None,
            reason: None,
            data: data.into(),
        }
    }

    /// Places the fact in a conversation.
    #[must_use]
    pub fn at(mut self, room: RoomId, conversation: ConversationId, inbox: InboxId) -> Self {
        self.room = Some(room);
        self.conversation = Some(conversation);
        self.inbox = Some(inbox);
        self
    }

    /// Places the fact at an inbox, for those who see its conversations.
    #[must_use]
    pub fn at_inbox(mut self, inbox: InboxId) -> Self {
        self.inbox = Some(inbox);
        self
    }

    /// Lets the customer of the room see it too.
    #[must_use]
    pub fn for_everyone(mut self) -> Self {
        self.audience = Audience::Everyone;
        self
    }

    /// Names the user, session, token or contact that the fact is about.
    #[must_use]
    pub fn about(mut self, subject: i64) -> Self {
        self.subject = Some(subject);
        self
    }
}

impl<'c, 'tx> Change<'c, 'tx> {
    /// A change by `ctx` in a transaction that is open already.
    pub(crate) fn new(tx: &'c mut WriteTx<'tx>, ctx: &'c Ctx, now: Timestamp) -> Self {
        Self { tx, ctx, now, actor: ctx.actor(), standing: None, noted: Map::new() }
    }

    /// Writes a fact into the journal, in this transaction.
    pub fn record(&mut self, fact: &Fact) -> Result<EventId> {
        let event = events::NewEvent {
            kind: fact.kind,
            audience: fact.audience,
            room_id: fact.room,
            conversation_id: fact.conversation,
            inbox_id: fact.inbox,
            subject_id: fact.subject,
            actor: &self.actor,
            reason: fact.reason.as_deref(),
            request_id: self.ctx.request_id.as_deref(),
            data: &fact.data,
            at: self.now,
        };
        Ok(events::append(self.tx, self.ctx.account_id, &event)?)
    }
}

impl Engine {
    /// Runs `body` as one transaction of the account.
    ///
    /// With an idempotency key the key is claimed first and the answer is stored beside it, all in
    /// the same commit: a repeat gets the stored answer and `body` does not run again.
    pub async fn commit<T, F>(&self, ctx: &Ctx, body: F) -> Result<T>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: Fn(&mut Change<'_, '_>) -> Result<T> + Send + 'static,
    {
        self.transact(ctx, move |change| once(change, &body)).await
    }
}

impl Engine {
    /// Runs `body` as one transaction, with the room of a conversation locked before anything is
    /// written. For work of our own, which nobody repeats by an idempotency key.
    pub(crate) async fn transact_in_room<T, F>(
        &self,
        ctx: &Ctx,
        conversation: ConversationId,
        body: F,
    ) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Change<'_, '_>) -> Result<T> + Send + 'static,
    {
        self.transact(ctx, move |change| {
            rooms::lock_of_conversation(change.tx, change.ctx.account_id, conversation)?;
            body(change)
        })
        .await
    }

    /// Runs `body` as one transaction, without an idempotency key.
    pub(crate) async fn transact<T, F>(&self, ctx: &Ctx, body: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(&mut Change<'_, '_>) -> Result<T> + Send + 'static,
    {
        let ctx = ctx.clone();
        let now = self.clock.now();
        self.store
            .write(Scope::Account(ctx.account_id), move |tx| body(&mut Change::new(tx, &ctx, now)))
            .await
    }

    /// Like [`Engine::commit`], with the room of a contact locked before anything else is written.
    pub async fn commit_in_contact<T, F>(&self, ctx: &Ctx, contact: ContactId, body: F) -> Result<T>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: Fn(&mut Change<'_, '_>) -> Result<T> + Send + 'static,
    {
        self.transact(ctx, move |change| {
            if contacts::find(change.tx, change.ctx.account_id, contact)?.is_some() {
                rooms::lock_of_contact(change.tx, change.ctx.account_id, contact, change.now)?;
            }
            once(change, &body)
        })
        .await
    }

    /// Like [`Engine::commit`], with the room of a conversation locked before anything is written.
    pub async fn commit_in_room<T, F>(
        &self,
        ctx: &Ctx,
        conversation: ConversationId,
        body: F,
    ) -> Result<T>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: Fn(&mut Change<'_, '_>) -> Result<T> + Send + 'static,
    {
        self.transact_in_room(ctx, conversation, move |change| once(change, &body)).await
    }
}

fn once<T, F>(change: &mut Change<'_, '_>, body: &F) -> Result<T>
where
    T: Serialize + DeserializeOwned,
    F: Fn(&mut Change<'_, '_>) -> Result<T>,
{
    let Some(used) = &change.ctx.idempotency else {
        return body(change);
    };
    let (account, principal) = (change.ctx.account_id, change.ctx.principal());
    match idempotency::claim(
        change.tx,
        account,
        &principal,
        &used.key,
        &used.fingerprint,
        change.now,
    )? {
        Claim::Mismatch => Err(Error::IdempotencyMismatch),
        Claim::Done(answer) => serde_json::from_value(answer).map_err(unreadable),
        Claim::Fresh => {
            let result = body(change)?;
            let answer = serde_json::to_value(&result).map_err(unreadable)?;
            idempotency::answer(change.tx, account, &principal, &used.key, &answer)?;
            Ok(result)
        }
    }
}

fn unreadable(error: serde_json::Error) -> Error {
    Error::Internal(format!("an answer does not survive its own JSON: {error}"))
}
