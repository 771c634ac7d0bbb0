//! Rows of background work: enqueued in the transaction of the change that needs them.

use serde_json::Value;
use tertulia_domain::{AccountId, JobId, Timestamp};

use crate::{Result, Wake, WriteTx, params};

/// A job to run. One `lane` runs one job at a time, in order; `None` asks for no order.
#[derive(Debug, Clone, PartialEq)]
pub struct NewJob<'a> {
    pub account: Option<AccountId>,
    pub kind: &'a str,
    pub lane: Option<&'a str>,
    pub payload: &'a Value,
    pub run_at: Timestamp,
    pub now: Timestamp,
}

/// Adds a job and wakes the runners once the transaction has committed.
pub fn enqueue(tx: &mut WriteTx<'_>, job: &NewJob<'_>) -> Result<JobId> {
    tx.wake(Wake::Jobs);
    tx.one(
        "INSERT INTO jobs (account_id, kind, lane, payload, run_at, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        params![job.account, job.kind, job.lane, job.payload, job.run_at, job.now],
        |row| row.take(),
    )
}
