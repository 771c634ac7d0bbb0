//! One attempt of one delivery, in three phases: read, call, record.

use std::time::Duration;

use tertulia_domain::event::EventKind;
use tertulia_domain::webhook::{DeliveryState, Webhook, WebhookDelivery};
use tertulia_domain::{AccountId, DeliveryId, Timestamp, WebhookId};
use tertulia_jobs::{Backoff, Job, JobError, Policy};
use tertulia_store::deliveries::{self, Attempt};
use tertulia_store::events::{self, Event};
use tertulia_store::{Scope, jobs, webhooks};

use super::post::{Outcome, post};
use super::record;
use crate::{Change, Ctx, Engine, Result};

/// The kind of its jobs.
pub const KIND: &str = "webhook.deliver";

/// Ten attempts over about three days: at once, then after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h,
/// 20 h and 24 h (the schedule that the Standard Webhooks specification suggests).
pub const POLICY: Policy = Policy {
    attempts_max: 10,
    backoff: Backoff::Schedule(&[5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]),
};

/// What an attempt needs.
struct Prepared {
    webhook: Webhook,
    delivery: WebhookDelivery,
    event: Event,
}

/// How the attempt is written down.
struct Report {
    attempt: Attempt,
    outcome: Outcome,
    /// When the next attempt would be, if there is to be one.
    next: Option<Timestamp>,
}

/// Jobs of one endpoint share a few hands: a dead one delays nobody else.
pub(super) fn pool(webhook: WebhookId) -> String {
    format!("webhook:{webhook}")
}

/// Attempts a delivery and writes down what came of it, together with the fate of the job.
pub async fn deliver(engine: Engine, job: Job) -> Result<(), JobError> {
    let Some((account, delivery, manual)) = read_payload(&job) else {
        return Err(JobError::fail("the payload names no delivery"));
    };
    let prepared = prepare(&engine, account, delivery).await.map_err(JobError::from)?;
    let Some(prepared) = prepared.filter(|p| manual || is_awaited(p)) else {
        // Delivered by hand meanwhile, switched off, or removed: nothing is left to do.
        return Ok(());
    };
    let now = engine.clock.now();
    let Prepared { webhook, delivery, event } = &prepared;
    let (outcome, attempt) = post(&engine.http, webhook, delivery, event, now).await;
    let now = engine.clock.now();
    let again = !manual && POLICY.allows_another(job.attempts);
    let next = match &outcome {
        Outcome::Failed(after) if again => {
            let wait = POLICY.jittered_wait(job.attempts, engine.entropy.as_ref());
            Some(now.plus(wait.max(after.unwrap_or(Duration::ZERO))))
        }
        Outcome::Failed(_) | Outcome::Delivered | Outcome::Gone => None,
    };
    let report = Report { attempt, outcome, next };
    settle(&engine, account, prepared, report, job).await.map_err(JobError::from)
}

fn read_payload(job: &Job) -> Option<(AccountId, DeliveryId, bool)> {
    let delivery = job.payload.get("delivery_id")?.as_i64()?;
    let manual = job.payload.get("manual")?.as_bool()?;
    Some((job.account?, DeliveryId(delivery), manual))
}

fn is_awaited(prepared: &Prepared) -> bool {
    prepared.webhook.enabled && prepared.delivery.state == DeliveryState::Pending
}

async fn prepare(
    engine: &Engine,
    account: AccountId,
    delivery: DeliveryId,
) -> Result<Option<Prepared>> {
    let read = engine.store.read(Scope::Account(account), move |tx| {
        let Some(delivery) = deliveries::get(tx, account, delivery)? else { return Ok(None) };
        let webhook = webhooks::get(tx, account, delivery.webhook_id)?;
        let event = events::get(tx, account, delivery.event_id)?;
        let both = webhook.zip(event);
        Ok(both.map(|(webhook, event)| Prepared { webhook, delivery, event }))
    });
    read.await
}

async fn settle(
    engine: &Engine,
    account: AccountId,
    prepared: Prepared,
    report: Report,
    job: Job,
) -> Result<()> {
    engine
        .commit(&Ctx::system(account), move |change| {
            let ended = match report.next {
                Some(at) => jobs::postpone(change.tx, &job, at, report.attempt.error.as_deref())?,
                None => jobs::complete(change.tx, &job)?,
            };
            if !ended {
                // The lease passed to another runner, whose attempt is the one that counts.
                return Ok(());
            }
            let settled = prepared.delivery.state;
            let state = match (&report.outcome, report.next) {
                (Outcome::Delivered, _) => DeliveryState::Succeeded,
                (_, Some(_)) => DeliveryState::Pending,
                // A failure by hand changes nothing about what was settled or is still being tried.
                (_, None) if is_manual(&job) && settled != DeliveryState::Pending => settled,
                (_, None) if is_manual(&job) && !is_test(&prepared) => DeliveryState::Pending,
                (_, None) => DeliveryState::Failed,
            };
            let (id, attempt) = (prepared.delivery.id, &report.attempt);
            deliveries::record(change.tx, account, id, attempt, state, report.next)?;
            judge(change, prepared.webhook.id, &report.outcome)
        })
        .await
}

fn is_manual(job: &Job) -> bool {
    read_payload(job).is_some_and(|(_, _, manual)| manual)
}

fn is_test(prepared: &Prepared) -> bool {
    prepared.delivery.event_kind == EventKind::WebhookTested
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
    }
    Ok(())
}
