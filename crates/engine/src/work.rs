//! The background work of a node: which handler does which kind of job.

use std::time::Duration;

use tertulia_domain::AccountId;
use tertulia_jobs::{Backoff, Job, JobError, Policy, Registry};
use tertulia_store::{Scope, deliveries, idempotency, oidc, one_time, sessions};

use crate::attachments::Fetched;
use crate::outbound::{self, Delivery};
use crate::sessions::SESSION_IDLE_SECS;
use crate::{
    Engine, Error, attachments, contacts, control, conversations, inbound, inboxes, webhooks,
};

/// How long the answer to an idempotency key is kept.
const IDEMPOTENCY_KEY_SECS: u64 = 24 * 60 * 60;
/// How long the log of a webhook's settled deliveries is kept.
const DELIVERY_SECS: u64 = 30 * 24 * 60 * 60;
/// How often what is due to go is swept away.
const SWEEP_EVERY: Duration = Duration::from_secs(15 * 60);

/// Every kind of job, with its handler.
#[must_use]
pub fn registry() -> Registry<Engine> {
    Registry::default()
        .on(conversations::WAKE, Policy::default(), wake)
        .on(outbound::DELIVER, DELIVER, deliver)
        .on(outbound::AMEND, DELIVER, amend)
        .on(outbound::ERRAND, Policy::default(), errand)
        .on(inbound::ALBUM, Policy::default(), album)
        .on(inboxes::CONNECT, CONNECT, connect)
        .on(inboxes::DISCONNECT, CONNECT, disconnect)
        .on(attachments::PICTURE, FETCH, picture)
        .on(attachments::FETCH, FETCH, fetch)
        .on(contacts::ERASE_KIND, contacts::ERASE_POLICY, contacts::finish_erasure)
        .on(control::LEAVE, Policy::default(), leave)
        .on(webhooks::KIND, webhooks::JOBS, webhooks::deliver)
        .every(inboxes::WATCH, WATCH_EVERY, watch)
        .every(inbound::SWEEP_PARKED, SWEEP_EVERY, sweep_parked)
        .every("attachments.purge", SWEEP_EVERY, purge_attachments)
        .every("credentials.purge", SWEEP_EVERY, purge_credentials)
        .every("deliveries.purge", SWEEP_EVERY, purge_deliveries)
        .every("idempotency.purge", SWEEP_EVERY, purge_idempotency)
}

/// A provider may be away for hours; whoever connects wants to know when it is back.
const CONNECT: Policy =
    Policy { attempts_max: 60, backoff: Backoff::Doubling { first_ms: 2_000, max_ms: 600_000 } };

/// How often connections to providers are looked after.
const WATCH_EVERY: Duration = Duration::from_secs(5 * 60);

/// A message is tried until it expires, which is decided when it is prepared.
const DELIVER: Policy = Policy {
    attempts_max: u32::MAX,
    backoff: Backoff::Doubling { first_ms: 1_000, max_ms: 300_000 },
};

/// A file is asked for until its time is over, which is decided when it did not come.
const FETCH: Policy = Policy {
    attempts_max: u32::MAX,
    backoff: Backoff::Doubling { first_ms: 5_000, max_ms: 600_000 },
};

async fn deliver(engine: Engine, job: Job) -> Result<(), JobError> {
    let account = account_of(&job)?;
    match outbound::deliver(&engine, account, &job.payload).await? {
        Delivery::Settled => Ok(()),
        Delivery::Again { after, reason } => Err(JobError::Retry { after, reason }),
    }
}

async fn amend(engine: Engine, job: Job) -> Result<(), JobError> {
    let account = account_of(&job)?;
    match outbound::deliver_amendment(&engine, account, &job).await? {
        Delivery::Settled => Ok(()),
        Delivery::Again { after, reason } => Err(JobError::Retry { after, reason }),
    }
}

async fn errand(engine: Engine, job: Job) -> Result<(), JobError> {
    Ok(outbound::errand(&engine, account_of(&job)?, &job.payload).await?)
}

async fn album(engine: Engine, job: Job) -> Result<(), JobError> {
    Ok(inbound::put_together(&engine, account_of(&job)?, &job.payload).await?)
}

async fn connect(engine: Engine, job: Job) -> Result<(), JobError> {
    Ok(inboxes::connect(&engine, account_of(&job)?, &job.payload).await?)
}

async fn disconnect(engine: Engine, job: Job) -> Result<(), JobError> {
    Ok(inboxes::disconnect(&engine, account_of(&job)?, &job.payload).await?)
}

async fn watch(engine: Engine, _: Job) -> Result<(), JobError> {
    Ok(inboxes::watch(&engine).await?)
}

async fn picture(engine: Engine, job: Job) -> Result<(), JobError> {
    let account = account_of(&job)?;
    match attachments::picture(&engine, account, &job.payload).await? {
        Fetched::Settled => Ok(()),
        Fetched::Again { after, reason } => Err(JobError::Retry { after, reason }),
    }
}

async fn fetch(engine: Engine, job: Job) -> Result<(), JobError> {
    let account = account_of(&job)?;
    match attachments::fetch(&engine, account, &job.payload).await? {
        Fetched::Settled => Ok(()),
        Fetched::Again { after, reason } => Err(JobError::Retry { after, reason }),
    }
}

async fn wake(engine: Engine, job: Job) -> Result<(), JobError> {
    let account = account_of(&job)?;
    Ok(conversations::wake_due(&engine, account, &job.payload).await?)
}

async fn leave(engine: Engine, job: Job) -> Result<(), JobError> {
    let account = account_of(&job)?;
    Ok(control::leave(&engine, account, &job.payload).await?)
}

fn account_of(job: &Job) -> Result<AccountId, JobError> {
    job.account.ok_or_else(|| JobError::fail("the job names no account"))
}

impl From<Error> for JobError {
    fn from(error: Error) -> Self {
        JobError::retry(error.to_string())
    }
}

/// Items that waited in vain for their message.
async fn sweep_parked(engine: Engine, _: Job) -> Result<(), JobError> {
    while inbound::sweep_parked(&engine).await? > 0 {}
    Ok(())
}

async fn purge_attachments(engine: Engine, _: Job) -> Result<(), JobError> {
    while attachments::purge(&engine).await? > 0 {}
    Ok(())
}

async fn purge_idempotency(engine: Engine, _: Job) -> Result<(), JobError> {
    let before = engine.clock.now().minus(Duration::from_secs(IDEMPOTENCY_KEY_SECS));
    engine.store.write(Scope::System, move |tx| idempotency::purge(tx, before)).await?;
    Ok(())
}

/// Sessions, one-time links and half-done sign-ins that have expired.
async fn purge_credentials(engine: Engine, _: Job) -> Result<(), JobError> {
    let now = engine.clock.now();
    let idle_since = now.minus(Duration::from_secs(SESSION_IDLE_SECS));
    let purge = engine.store.write::<(), tertulia_store::Error, _>(Scope::System, move |tx| {
        sessions::purge(tx, now, idle_since)?;
        one_time::purge(tx, now)?;
        oidc::purge(tx, now)?;
        Ok(())
    });
    Ok(purge.await?)
}

async fn purge_deliveries(engine: Engine, _: Job) -> Result<(), JobError> {
    let before = engine.clock.now().minus(Duration::from_secs(DELIVERY_SECS));
    engine.store.write(Scope::System, move |tx| deliveries::purge(tx, before)).await?;
    Ok(())
}
