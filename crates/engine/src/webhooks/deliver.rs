//! One attempt of one delivery, in three phases: read, call, record.

use std::time::Duration;

use tertulia_domain::event::EventKind;
use tertulia_domain::webhook::{Webhook, WebhookDelivery};
use tertulia_domain::{AccountId, DeliveryId, Timestamp, WebhookId};
use tertulia_jobs::{Backoff, Job, JobError, Policy};
use tertulia_store::events::{self, Event};
use tertulia_store::{Scope, deliveries, webhooks};

use super::answered::answered_meanwhile;
use super::post::{Outcome, Post, post};
use super::settle::{Next, Tried, next, settle};
use crate::{Engine, Error, Result};

/// The kind of its jobs.
pub const KIND: &str = "webhook.deliver";

/// How its jobs run: whether there is another attempt is decided here, for each endpoint by its kind.
pub const JOBS: Policy = Policy {
    attempts_max: u32::MAX,
    backoff: Backoff::Doubling { first_ms: 1_000, max_ms: 900_000 },
};

/// Ten attempts over about three days: at once, then after 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h,
/// 20 h and 24 h (the schedule that the Standard Webhooks specification suggests). Endpoints of apps
/// follow `domain::app` instead: a customer waits for them.
pub const POLICY: Policy = Policy {
    attempts_max: 10,
    backoff: Backoff::Schedule(&[5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]),
};

/// What an attempt needs.
pub(super) struct Prepared {
    pub(super) webhook: Webhook,
    pub(super) delivery: WebhookDelivery,
    pub(super) event: Event,
    /// `None`: what it is about has gone.
    body: Option<Vec<u8>>,
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
    let Some(mut prepared) = prepared.filter(|p| manual || p.is_awaited()) else {
        // Delivered by hand meanwhile, switched off, or removed: nothing is left to do.
        return Ok(());
    };
    // Who sends it again by hand wants it sent.
    let answered =
        if manual { None } else { answered_meanwhile(&engine, account, &prepared).await? };
    if let Some(done) = answered {
        let report = Next::settled(done);
        return settle(&engine, account, prepared, report, job).await.map_err(JobError::from);
    }
    let (outcome, attempt) = call(&engine, &mut prepared).await;
    let now = engine.clock.now();
    let waits = match &outcome {
        Outcome::Delivered | Outcome::Gone => None,
        Outcome::Failed { .. } => customer_waits(&engine, account, &prepared, now).await?,
    };
    let tried = Tried { outcome, attempt, attempts: job.attempts, manual };
    let next = next(&engine, &prepared, tried, waits, now);
    settle(&engine, account, prepared, next, job).await.map_err(JobError::from)
}

async fn call(
    engine: &Engine,
    prepared: &mut Prepared,
) -> (Outcome, tertulia_store::deliveries::Attempt) {
    let now = engine.clock.now();
    let body = prepared.body.take();
    let Prepared { webhook, delivery, .. } = &*prepared;
    let contract = engine.contracts.of(webhook.contract);
    let Some((contract, body)) = contract.zip(body) else {
        let error = Some("what it was about has gone".to_owned());
        let attempt = deliveries::Attempt { error, ..Default::default() };
        return (Outcome::Delivered, attempt);
    };
    let headers = contract.headers(webhook, delivery, &body, now);
    let within = Duration::from_secs(u64::try_from(webhook.ack_secs).unwrap_or(0));
    post(&engine.http, Post { url: &webhook.url, headers, body, within }, now).await
}

/// How long the oldest message of the customer has been waiting for this endpoint.
async fn customer_waits(
    engine: &Engine,
    account: AccountId,
    prepared: &Prepared,
    now: Timestamp,
) -> Result<Option<Duration>> {
    let webhook = prepared.webhook.id;
    let app_in = prepared.webhook.app_id.and(prepared.event.conversation_id);
    let Some(conversation) = app_in else { return Ok(None) };
    let read = engine.store.read(Scope::Account(account), move |tx| {
        let since = deliveries::customer_waits_since(tx, account, webhook, conversation)?;
        Ok::<_, Error>(since.map(|since| now.since(since)))
    });
    read.await
}

pub(super) fn read_payload(job: &Job) -> Option<(AccountId, DeliveryId, bool)> {
    let delivery = job.payload.get("delivery_id")?.as_i64()?;
    let manual = job.payload.get("manual")?.as_bool()?;
    Some((job.account?, DeliveryId(delivery), manual))
}

impl Prepared {
    fn is_awaited(&self) -> bool {
        use tertulia_domain::webhook::DeliveryState;
        self.webhook.enabled && self.delivery.state == DeliveryState::Pending
    }

    pub(super) fn is_test(&self) -> bool {
        self.delivery.event_kind == EventKind::WebhookTested
    }
}

async fn prepare(
    engine: &Engine,
    account: AccountId,
    delivery: DeliveryId,
) -> Result<Option<Prepared>> {
    let contracts = engine.contracts.clone();
    let read = engine.store.read(Scope::Account(account), move |tx| {
        let Some(delivery) = deliveries::get(tx, account, delivery)? else { return Ok(None) };
        let Some(webhook) = webhooks::get(tx, account, delivery.webhook_id)? else {
            return Ok(None);
        };
        let Some(event) = events::get(tx, account, delivery.event_id)? else { return Ok(None) };
        let body = match contracts.of(webhook.contract) {
            Some(contract) => contract.body(tx, account, &webhook, &event, &delivery.name)?,
            None => None,
        };
        Ok::<_, Error>(Some(Prepared { webhook, delivery, event, body }))
    });
    read.await
}
