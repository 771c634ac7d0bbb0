//! One job from its claim to the record of its outcome.

use std::time::{Duration, Instant};

use tertulia_domain::Timestamp;
use tertulia_store::jobs::{self, Job};
use tertulia_store::{Error, Scope, WriteTx};

use crate::policy::Policy;
use crate::registry::{JobError, Kind};
use crate::runner::Parts;

/// A kind that this process does not know is left for one that does.
const UNKNOWN_KIND_WAIT_SECS: u64 = 60;
/// Characters of an error that are kept.
const ERROR_CHARS_MAX: usize = 1_000;

/// What becomes of a job, decided without I/O.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    /// Back into its place until then.
    Postponed(Timestamp, String),
    Buried(String),
    /// A periodic job's turn is over.
    NextTurn(Timestamp, Option<String>),
}

impl Outcome {
    fn word(&self) -> &'static str {
        match self {
            Outcome::Done | Outcome::NextTurn(_, None) => "done",
            Outcome::Postponed(..) => "retried",
            Outcome::Buried(_) | Outcome::NextTurn(_, Some(_)) => "failed",
        }
    }
}

/// Runs the handler of a claimed job and records what became of it.
pub(crate) async fn run<C: Clone + Send + Sync + 'static>(parts: Parts<C>, job: Job) -> Job {
    let started = Instant::now();
    let kind = parts.registry.kind(&job.kind).cloned();
    let result = match &kind {
        None => {
            let after = Some(Duration::from_secs(UNKNOWN_KIND_WAIT_SECS));
            Err(JobError::Retry { after, reason: "no handler for this kind".to_owned() })
        }
        // The last attempt was started and never reported: it may be what kills the process.
        Some(kind) if job.attempts > i64::from(kind.policy.attempts_max) => {
            Err(JobError::fail("started too often without ever ending"))
        }
        Some(kind) => (kind.handler)(parts.context.clone(), job.clone()).await,
    };
    let outcome = decide(&parts, &job, kind.as_ref(), result);
    let word = outcome.word();
    metrics::counter!("tertulia_jobs_total", "kind" => job.kind.clone(), "outcome" => word)
        .increment(1);
    metrics::histogram!("tertulia_job_seconds", "kind" => job.kind.clone())
        .record(started.elapsed().as_secs_f64());
    match &outcome {
        Outcome::Buried(reason) => {
            tracing::error!(kind = job.kind, job = %job.id, reason, "a job was given up on");
        }
        Outcome::Postponed(_, reason) | Outcome::NextTurn(_, Some(reason)) => {
            tracing::warn!(kind = job.kind, job = %job.id, reason, "a job will be tried again");
        }
        Outcome::Done | Outcome::NextTurn(_, None) => {}
    }
    record(&parts, &job, outcome).await;
    job
}

fn decide<C: Send + 'static>(
    parts: &Parts<C>,
    job: &Job,
    kind: Option<&Kind<C>>,
    result: Result<(), JobError>,
) -> Outcome {
    let now = parts.clock.now();
    let policy = kind.map_or_else(Policy::default, |kind| kind.policy);
    let every = kind.and_then(|kind| kind.every);
    let (after, reason) = match (result, every) {
        (Ok(()), None) => return Outcome::Done,
        (Ok(()), Some(every)) => return Outcome::NextTurn(next_slot(now, every), None),
        (Err(JobError::Fail { reason }), every) => return given_up(now, every, reason),
        (Err(JobError::Retry { after, reason }), _) => (after, reason),
    };
    if !policy.allows_another(job.attempts) {
        return given_up(now, every, reason);
    }
    let wait = after.unwrap_or_else(|| policy.jittered_wait(job.attempts, parts.entropy.as_ref()));
    Outcome::Postponed(now.plus(wait), shortened(reason))
}

fn given_up(now: Timestamp, every: Option<Duration>, reason: String) -> Outcome {
    match every {
        Some(every) => Outcome::NextTurn(next_slot(now, every), Some(shortened(reason))),
        None => Outcome::Buried(shortened(reason)),
    }
}

/// The first multiple of the period after `now`: the same moment on every node.
pub(crate) fn next_slot(now: Timestamp, every: Duration) -> Timestamp {
    let period = i64::try_from(every.as_micros()).unwrap_or(i64::MAX).max(1);
    let slot = now.0.div_euclid(period).saturating_add(1);
    Timestamp(slot.saturating_mul(period))
}

async fn record<C>(parts: &Parts<C>, job: &Job, outcome: Outcome) {
    let (held, now) = (job.clone(), parts.clock.now());
    let write = parts
        .store
        .write::<bool, Error, _>(Scope::System, move |tx| apply(tx, &held, now, &outcome));
    match write.await {
        Ok(true) => {}
        // The handler ended the job in its own transaction, or the lease passed to another runner,
        // who starts it again. There is nothing to add in either case.
        Ok(false) => tracing::debug!(kind = job.kind, job = %job.id, "the job was settled already"),
        // The lease ends by itself, and the job is started again.
        Err(error) => tracing::warn!(kind = job.kind, job = %job.id, %error, "no record of a job"),
    }
}

fn apply(
    tx: &mut WriteTx<'_>,
    job: &Job,
    now: Timestamp,
    outcome: &Outcome,
) -> Result<bool, Error> {
    match outcome {
        Outcome::Done => jobs::complete(tx, job),
        Outcome::Postponed(run_at, reason) => jobs::postpone(tx, job, *run_at, Some(reason)),
        Outcome::Buried(reason) => jobs::bury(tx, job, now, reason),
        Outcome::NextTurn(run_at, reason) => jobs::next_turn(tx, job, *run_at, reason.as_deref()),
    }
}

fn shortened(reason: String) -> String {
    if reason.chars().count() <= ERROR_CHARS_MAX {
        return reason;
    }
    reason.chars().take(ERROR_CHARS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_the_same_for_everybody_and_always_ahead() {
        let hour = Duration::from_secs(3_600);
        let slot = |micros| next_slot(Timestamp(micros), hour).0;
        assert_eq!(slot(0), 3_600_000_000);
        assert_eq!(slot(3_599_999_999), 3_600_000_000);
        assert_eq!(slot(3_600_000_000), 7_200_000_000);
    }
}
