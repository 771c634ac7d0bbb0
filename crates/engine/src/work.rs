//! The background work of a node: which handler does which kind of job.

use std::time::Duration;

use tertulia_jobs::{Job, JobError, Registry};
use tertulia_store::{Scope, idempotency};

use crate::{Engine, Error, attachments};

/// How long the answer to an idempotency key is kept.
const IDEMPOTENCY_KEY_SECS: u64 = 24 * 60 * 60;
/// How often what is due to go is swept away.
const SWEEP_EVERY: Duration = Duration::from_secs(15 * 60);

/// Every kind of job, with its handler.
#[must_use]
pub fn registry() -> Registry<Engine> {
    Registry::default().every("attachments.purge", SWEEP_EVERY, purge_attachments).every(
        "idempotency.purge",
        SWEEP_EVERY,
        purge_idempotency,
    )
}

impl From<Error> for JobError {
    fn from(error: Error) -> Self {
        JobError::retry(error.to_string())
    }
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
