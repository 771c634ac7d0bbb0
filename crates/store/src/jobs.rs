//! Rows of background work: enqueued in the transaction of the change that needs them.
//!
//! Only the head of a lane can be claimed, so a claim never looks at what waits behind it. A claim
//! is a lease: it ends by itself, and whoever lost it can no longer say what became of the job.

use serde_json::{Value, json};
use tertulia_domain::{AccountId, JobId, Timestamp};

use crate::dialect::jobs as dialect;
use crate::{ReadTx, Result, Row, Wake, WriteTx, params};

/// A job to run.
#[derive(Debug, Clone, PartialEq)]
pub struct NewJob<'a> {
    pub account: Option<AccountId>,
    pub kind: &'a str,
    /// One lane runs one job at a time, in order; `None` asks for no order.
    pub lane: Option<&'a str>,
    /// Jobs of one pool share a few hands, so that a slow other side cannot take them all.
    pub pool: Option<&'a str>,
    pub payload: &'a Value,
    pub run_at: Timestamp,
    pub now: Timestamp,
}

/// A job that somebody holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    pub id: JobId,
    pub account: Option<AccountId>,
    pub kind: String,
    pub lane: Option<String>,
    pub pool: Option<String>,
    pub payload: Value,
    /// How often it was started, this time included.
    pub attempts: i64,
    /// Proof of holding it.
    pub lease: String,
}

/// A job that was given up on.
#[derive(Debug, Clone, PartialEq)]
pub struct DeadJob {
    pub id: JobId,
    pub account: Option<AccountId>,
    pub kind: String,
    pub payload: Value,
    pub attempts: i64,
    pub error: Option<String>,
    pub dead_at: Timestamp,
}

/// How many jobs are in which state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JobCounts {
    /// Can be claimed now: their time has come, or the lease of whoever held them has ended.
    pub due: i64,
    /// For their time, or behind another job of their lane.
    pub waiting: i64,
    pub held: i64,
    /// Given up on.
    pub dead: i64,
    /// Since when the oldest one that is due could have been claimed.
    pub oldest_due_at: Option<Timestamp>,
}

const COLUMNS: &str = "id, account_id, kind, lane, pool, payload, attempts, lease";

/// Adds a job and wakes the runners once the transaction has committed.
pub fn enqueue(tx: &mut WriteTx<'_>, job: &NewJob<'_>) -> Result<JobId> {
    if let Some(lane) = job.lane {
        dialect::lock_lane(tx, lane)?;
    }
    tx.wake(Wake::Jobs);
    tx.one(
        "INSERT INTO jobs (account_id, kind, lane, pool, payload, run_at, waits, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, \
         EXISTS (SELECT 1 FROM jobs WHERE lane = $3 AND dead_at IS NULL), $7) RETURNING id",
        params![job.account, job.kind, job.lane, job.pool, job.payload, job.run_at, job.now],
        |row| row.take(),
    )
}

/// Takes the next due job outside `full_pools` until `until`, under the proof `lease`.
///
/// The attempt counts from here on: a job that kills its process must not be started for ever.
pub fn claim(
    tx: &mut WriteTx<'_>,
    lease: &str,
    now: Timestamp,
    until: Timestamp,
    full_pools: &[String],
) -> Result<Option<Job>> {
    let choose = format!("/* system */ {}", dialect::next_due(tx));
    let pools = json!(full_pools);
    let Some(id) = tx.optional(&choose, params![now, pools], |row| row.take::<JobId>())? else {
        return Ok(None);
    };
    let take = format!(
        "/* system */ UPDATE jobs SET lease = $2, run_at = $3, attempts = attempts + 1 \
         WHERE id = $1 RETURNING {COLUMNS}"
    );
    tx.one(&take, params![id, lease, until], read).map(Some)
}

/// Prolongs a lease; false when it was lost.
pub fn renew(tx: &mut WriteTx<'_>, job: &Job, until: Timestamp) -> Result<bool> {
    let sql = "/* system */ UPDATE jobs SET run_at = $3 WHERE id = $1 AND lease = $2";
    Ok(tx.execute(sql, params![job.id, job.lease, until])? == 1)
}

/// Done: removes the job and lets the next one of its lane go. False when the lease was lost.
///
/// A handler may call it in its own last transaction, so that its effect and the end of the job
/// commit together.
pub fn complete(tx: &mut WriteTx<'_>, job: &Job) -> Result<bool> {
    let sql = "/* system */ DELETE FROM jobs WHERE id = $1 AND lease = $2";
    leave_lane(tx, job, |tx| Ok(tx.execute(sql, params![job.id, job.lease])? == 1))
}

/// Not now: gives the job back until `run_at`. It keeps its place at the head of its lane.
pub fn postpone(
    tx: &mut WriteTx<'_>,
    job: &Job,
    run_at: Timestamp,
    error: Option<&str>,
) -> Result<bool> {
    tx.wake(Wake::Jobs);
    let sql = "/* system */ UPDATE jobs SET lease = NULL, run_at = $3, last_error = $4 \
               WHERE id = $1 AND lease = $2";
    Ok(tx.execute(sql, params![job.id, job.lease, run_at, error])? == 1)
}

/// Lets the jobs of a pool that wait for their time go now; says how many.
pub fn hurry(tx: &mut WriteTx<'_>, account: AccountId, pool: &str, now: Timestamp) -> Result<u64> {
    tx.wake(Wake::Jobs);
    tx.execute(
        "UPDATE jobs SET run_at = $3 WHERE account_id = $1 AND pool = $2 AND run_at > $3 \
         AND lease IS NULL AND dead_at IS NULL",
        params![account, pool, now],
    )
}

/// Never: keeps the job to be seen, and lets the next one of its lane go.
pub fn bury(tx: &mut WriteTx<'_>, job: &Job, now: Timestamp, error: &str) -> Result<bool> {
    let sql = "/* system */ UPDATE jobs SET lease = NULL, dead_at = $3, last_error = $4 \
               WHERE id = $1 AND lease = $2";
    leave_lane(tx, job, |tx| Ok(tx.execute(sql, params![job.id, job.lease, now, error])? == 1))
}

/// Ends a turn of a periodic job: the same row is due again at `run_at`, with its attempts forgotten.
pub fn next_turn(
    tx: &mut WriteTx<'_>,
    job: &Job,
    run_at: Timestamp,
    error: Option<&str>,
) -> Result<bool> {
    let sql = "/* system */ UPDATE jobs SET lease = NULL, run_at = $3, attempts = 0, last_error = $4 \
               WHERE id = $1 AND lease = $2";
    Ok(tx.execute(sql, params![job.id, job.lease, run_at, error])? == 1)
}

/// Makes sure that a periodic job is there; many nodes may ask for the same.
pub fn ensure_periodic(
    tx: &mut WriteTx<'_>,
    kind: &str,
    run_at: Timestamp,
    now: Timestamp,
) -> Result<()> {
    let lane = format!("periodic:{kind}");
    dialect::lock_lane(tx, &lane)?;
    tx.wake(Wake::Jobs);
    tx.execute(
        "/* system */ INSERT INTO jobs (kind, lane, payload, run_at, waits, created_at) \
         SELECT $1, $2, $3, $4, $5, $6 \
         WHERE NOT EXISTS (SELECT 1 FROM jobs WHERE lane = $2 AND dead_at IS NULL)",
        params![kind, lane, json!({}), run_at, false, now],
    )?;
    Ok(())
}

/// When the next job can be claimed: one that is due then, or one whose lease ends then.
pub fn next_due_at(tx: &mut ReadTx<'_>) -> Result<Option<Timestamp>> {
    tx.optional(
        "/* system */ SELECT run_at FROM jobs WHERE dead_at IS NULL AND NOT waits \
         ORDER BY run_at LIMIT 1",
        &[],
        |row| row.take(),
    )
}

/// Jobs of an account that were given up on, newest first.
pub fn dead(tx: &mut ReadTx<'_>, account: AccountId, limit: i64) -> Result<Vec<DeadJob>> {
    tx.all(
        "SELECT id, account_id, kind, payload, attempts, last_error, dead_at FROM jobs \
         WHERE account_id = $1 AND dead_at IS NOT NULL ORDER BY id DESC LIMIT $2",
        params![account, limit],
        |row| {
            Ok(DeadJob {
                id: row.take()?,
                account: row.take()?,
                kind: row.take()?,
                payload: row.take()?,
                attempts: row.take()?,
                error: row.take()?,
                dead_at: row.take()?,
            })
        },
    )
}

/// Jobs by what they are doing at `now`, over all accounts.
pub fn counts(tx: &mut ReadTx<'_>, now: Timestamp) -> Result<JobCounts> {
    let sql = "/* system */ SELECT count(*) FILTER (WHERE dead_at IS NOT NULL), \
               count(*) FILTER (WHERE dead_at IS NULL AND NOT waits AND run_at <= $1), \
               count(*) FILTER (WHERE dead_at IS NULL AND lease IS NOT NULL AND run_at > $1), \
               count(*), \
               min(run_at) FILTER (WHERE dead_at IS NULL AND NOT waits AND run_at <= $1) FROM jobs";
    tx.one(sql, params![now], |row| {
        let (dead, due, held): (i64, i64, i64) = (row.take()?, row.take()?, row.take()?);
        let waiting = row.take::<i64>()? - dead - due - held;
        Ok(JobCounts { due, waiting, held, dead, oldest_due_at: row.take()? })
    })
}

/// Runs `leave`, then promotes the new head of the job's lane.
fn leave_lane(
    tx: &mut WriteTx<'_>,
    job: &Job,
    leave: impl FnOnce(&mut WriteTx<'_>) -> Result<bool>,
) -> Result<bool> {
    let Some(lane) = &job.lane else {
        return leave(tx);
    };
    dialect::lock_lane(tx, lane)?;
    if !leave(tx)? {
        return Ok(false);
    }
    tx.wake(Wake::Jobs);
    tx.execute(
        "/* system */ UPDATE jobs SET waits = $2 WHERE id = \
         (SELECT min(id) FROM jobs WHERE lane = $1 AND dead_at IS NULL)",
        params![lane, false],
    )?;
    Ok(true)
}

fn read(row: &mut Row<'_>) -> Result<Job> {
    Ok(Job {
        id: row.take()?,
        account: row.take()?,
        kind: row.take()?,
        lane: row.take()?,
        pool: row.take()?,
        payload: row.take()?,
        attempts: row.take()?,
        lease: row.take()?,
    })
}
