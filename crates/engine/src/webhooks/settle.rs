//! What follows from an attempt: another one, the end, the endpoint switched off, or people asked for.

use std::time::Duration;

use tertulia_domain::app::{Untold, after_failure};
use tertulia_domain::control::Holder;
use tertulia_domain::event::EventKind;
use tertulia_domain::webhook::DeliveryState;
use tertulia_domain::{AccountId, AppId, ConversationId, Timestamp, WebhookId};
use tertulia_jobs::Job;
use tertulia_store::deliveries::{self, Attempt};
use tertulia_store::{apps, jobs, rooms, webhooks};

use super::deliver::{POLICY, Prepared, read_payload};
use super::post::Outcome;
use super::record;
use crate::control::{Asking, ask_people, order_leave};
use crate::{Change, Ctx, Engine, Result};

/// How an attempt is written down, and what comes after it.
pub(super) struct Next {
    attempt: Attempt,
    outcome: Outcome,
    /// When the next attempt would be, if there is to be one.
    at: Option<Timestamp>,
    asks_people: bool,
}

impl Next {
    /// Nothing more is to be done.
    pub(super) fn settled(attempt: Attempt) -> Self {
        Self { attempt, outcome: Outcome::Delivered, at: None, asks_people: false }
    }
}

/// An attempt that was made.
pub(super) struct Tried {
    pub(super) outcome: Outcome,
    pub(super) attempt: Attempt,
    /// This one included.
    pub(super) attempts: i64,
    /// Somebody asked for it; the schedule goes its own way.
    pub(super) manual: bool,
}

/// Decides what follows from an attempt.
pub(super) fn next(
    engine: &Engine,
    prepared: &Prepared,
    tried: Tried,
    customer_waits: Option<Duration>,
    now: Timestamp,
) -> Next {
    let Tried { outcome, attempt, attempts, manual } = tried;
    let (wait, asks_people) = match &outcome {
        Outcome::Delivered | Outcome::Gone => (None, false),
        Outcome::Failed { how, after } => {
            let (wait, asks_people) = if prepared.webhook.app_id.is_some() {
                let untold = Untold {
                    age: now.since(prepared.event.at),
                    is_customers_message: prepared.is_customers_message(),
                    customer_waits,
                };
                let failure = after_failure(*how, attempts, untold);
                (failure.wait, failure.asks_people)
            } else if POLICY.allows_another(attempts) {
                (Some(POLICY.jittered_wait(attempts, engine.entropy.as_ref())), false)
            } else {
                (None, false)
            };
            (wait.map(|wait| wait.max(after.unwrap_or(Duration::ZERO))), asks_people)
        }
    };
    let at = wait.filter(|_| !manual).map(|wait| now.plus(wait));
    Next { attempt, outcome, at, asks_people: asks_people && !manual }
}

impl Prepared {
    /// Whether somebody waits for an answer to what is delivered.
    fn is_customers_message(&self) -> bool {
        use tertulia_domain::actor::ActorKind;
        self.event.kind == EventKind::MessageCreated
            && matches!(self.event.actor.kind, ActorKind::Contact | ActorKind::Inbox)
    }
}

/// Writes the attempt down, together with the fate of the job.
pub(super) async fn settle(
    engine: &Engine,
    account: AccountId,
    prepared: Prepared,
    next: Next,
    job: Job,
) -> Result<()> {
    engine
        .commit(&Ctx::system(account), move |change| {
            let asking = next.asks_people.then_some(prepared.event.conversation_id).flatten();
            if let Some(conversation) = asking {
                // Rooms are locked before anything is written.
                rooms::lock_of_conversation(change.tx, account, conversation)?;
            }
            let ended = match next.at {
                Some(at) => jobs::postpone(change.tx, &job, at, next.attempt.error.as_deref())?,
                None => jobs::complete(change.tx, &job)?,
            };
            if !ended {
                // The lease passed to another runner, whose attempt is the one that counts.
                return Ok(());
            }
            let state = state_after(&prepared, &next, &job);
            let (id, attempt) = (prepared.delivery.id, &next.attempt);
            deliveries::record(change.tx, account, id, attempt, state, next.at)?;
            judge(change, prepared.webhook.id, &next.outcome)?;
            if let (Some(conversation), Some(app)) = (asking, prepared.webhook.app_id) {
                hand_over(change, conversation, app, attempt)?;
            }
            Ok(())
        })
        .await
}

fn state_after(prepared: &Prepared, next: &Next, job: &Job) -> DeliveryState {
    let settled = prepared.delivery.state;
    let is_manual = read_payload(job).is_some_and(|(_, _, manual)| manual);
    match (&next.outcome, next.at) {
        (Outcome::Delivered, _) => DeliveryState::Succeeded,
        (_, Some(_)) => DeliveryState::Pending,
        // A failure by hand changes nothing about what was settled or is still being tried.
        (_, None) if is_manual && settled != DeliveryState::Pending => settled,
        (_, None) if is_manual && !prepared.is_test() => DeliveryState::Pending,
        (_, None) => DeliveryState::Failed,
    }
}

/// The customer waits and the app does not answer: people are asked, and told why.
fn hand_over(
    change: &mut Change<'_, '_>,
    id: ConversationId,
    app: AppId,
    attempt: &Attempt,
) -> Result<()> {
    let account = change.ctx.account_id;
    let installed = apps::get(change.tx, account, app)?;
    if !installed.is_some_and(|app| app.hands_over_on_failure) {
        return Ok(());
    }
    let mut conversation = match change.conversation(id) {
        // Erased in the meantime.
        Err(crate::Error::NotFound(_)) => return Ok(()),
        found => found?,
    };
    if conversation.control.holder != Holder::App(app) || conversation.resolved_at.is_some() {
        return Ok(());
    }
    let why = match (&attempt.error, attempt.response_status) {
        (Some(error), _) => error.clone(),
        (None, Some(status)) => format!("it answered HTTP {status}"),
        (None, None) => "it did not answer".to_owned(),
    };
    if ask_people(change, &mut conversation, &Asking::Failed(why))? {
        change.changed(&mut conversation)?;
    }
    Ok(())
}

/// Remembers how the endpoint is doing, and switches it off when that is enough.
fn judge(change: &mut Change<'_, '_>, id: WebhookId, outcome: &Outcome) -> Result<()> {
    let account = change.ctx.account_id;
    let Some(before) = webhooks::lock(change.tx, account, id)? else { return Ok(()) };
    let mut webhook = before.clone();
    if *outcome == Outcome::Delivered {
        webhook.failing_since = None;
    } else {
        webhook.failing_since = webhook.failing_since.or(Some(change.now));
        webhook.last_failure_at = Some(change.now);
    }
    let gone = *outcome == Outcome::Gone;
    let disabled = webhook.enabled && (gone || webhook.has_failed_too_long(change.now));
    webhook.enabled &= !disabled;
    if webhook == before {
        return Ok(());
    }
    webhooks::update(change.tx, account, &webhook)?;
    if disabled {
        let why = if gone { "the endpoint answered 410" } else { "it failed for five days" };
        deliveries::give_up(change.tx, account, id, &format!("switched off: {why}"))?;
        record(change, EventKind::WebhookDisabled, &webhook)?;
        if let Some(app) = webhook.app_id {
            order_leave(change, app)?;
        }
    }
    Ok(())
}
