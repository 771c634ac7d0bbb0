//! One question to Telegram for news, by whoever holds the lease of the inbox.
//!
//! What was answered is forgotten by Telegram only when the next question says so, and that is asked
//! after the commit: a node that dies in between leaves the news to the next one, which takes them in
//! once.

use std::time::Duration;

use tertulia_channels::SendError;
use tertulia_channels::telegram::{self, Batch};
use tertulia_domain::inbox::{HealthState, InboxSettings, TelegramMode};
use tertulia_domain::{AccountId, InboxId};
use tertulia_store::inboxes::Door;
use tertulia_store::{Scope, inboxes, pollers};

use super::connect::note;
use crate::inbound::take;
use crate::{Ctx, Engine, Error, Result};

/// How long the lease lives beyond the longest question.
const LEASE_MARGIN_SECS: u64 = 35;
/// How long to rest when Telegram says that somebody else asks.
const CONFLICT_REST: Duration = Duration::from_secs(10);

/// What came of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Polled {
    /// The news are stored. The next question may say that everything before `next` is.
    Taken { updates: usize, next: Option<i64> },
    /// Ask again after a rest.
    Rest(Duration),
    /// This inbox is not asked for by this node: another one does, or nobody may.
    NotOurs,
}

/// Asks once. `offset` is [`Polled::Taken::next`] of the question before.
pub async fn poll(
    engine: &Engine,
    holder: &str,
    (account, inbox): (AccountId, InboxId),
    offset: Option<i64>,
    wait_secs: u64,
) -> Result<Polled> {
    let Some(door) = hold(engine, holder, account, inbox, wait_secs).await? else {
        return Ok(Polled::NotOurs);
    };
    let now = engine.clock.now();
    let asked = telegram::get_updates(&engine.http, &door.inbox, offset, wait_secs, now).await;
    let Batch { updates, next } = match asked {
        Ok(batch) => batch,
        Err(error) => return failed(engine, account, inbox, error).await,
    };
    for update in &updates {
        take(engine, &door, update).await?;
    }
    if door.inbox.health.as_ref().is_some_and(|health| health.state != HealthState::Ok) {
        note(engine, account, inbox, HealthState::Ok, String::new()).await?;
    }
    Ok(Polled::Taken { updates: updates.len(), next })
}

/// Takes or prolongs the lease; the inbox as it is now, if it is asked for at all.
async fn hold(
    engine: &Engine,
    holder: &str,
    account: AccountId,
    inbox: InboxId,
    wait_secs: u64,
) -> Result<Option<Door>> {
    let holder = holder.to_owned();
    let lease = Duration::from_secs(wait_secs + LEASE_MARGIN_SECS);
    engine
        .transact(&Ctx::system(account), move |change| {
            let door = inboxes::door(change.tx, account, inbox)?;
            let polls = |door: &Door| match &door.inbox.settings {
                InboxSettings::Telegram(settings) => {
                    door.inbox.enabled && settings.mode == Some(TelegramMode::Polling)
                }
                InboxSettings::Widget(_) | InboxSettings::Api(_) => false,
            };
            let Some(door) = door.filter(polls) else { return Ok(None) };
            let until = change.now.plus(lease);
            let is_held = pollers::hold(change.tx, account, inbox, &holder, change.now, until)?;
            Ok(is_held.then_some(door))
        })
        .await
}

/// Gives the lease back, so that another node need not wait for its end.
pub(super) async fn release(
    engine: &Engine,
    holder: &str,
    account: AccountId,
    inbox: InboxId,
) -> Result<()> {
    let holder = holder.to_owned();
    engine
        .store
        .write::<_, Error, _>(Scope::Account(account), move |tx| {
            Ok(pollers::release(tx, account, inbox, &holder)?)
        })
        .await
}

async fn failed(
    engine: &Engine,
    account: AccountId,
    inbox: InboxId,
    error: SendError,
) -> Result<Polled> {
    let (state, detail, rest) = match error {
        SendError::Disconnected { detail } => (HealthState::Refused, detail, Some(CONFLICT_REST)),
        SendError::RetryAfter { delay, detail } => (HealthState::Degraded, detail, delay),
        error => (HealthState::Degraded, error.to_string(), None),
    };
    note(engine, account, inbox, state, detail).await?;
    Ok(Polled::Rest(rest.unwrap_or(CONFLICT_REST)))
}
