//! Handing out jobs: two runners must never get the same one, and a lane has one order.

use crate::db::Engine;
use crate::{ReadTx, Result, WriteTx, params};

/// Holds a lane until the transaction ends. SQLite has one writer, so it is held already.
pub(crate) fn lock_lane(tx: &mut WriteTx<'_>, lane: &str) -> Result<()> {
    match tx.engine() {
        Engine::Sqlite => Ok(()),
        Engine::Postgres => tx.one(
            "SELECT pg_advisory_xact_lock(hashtextextended($1, 0)) IS NULL",
            params![lane],
            |row| row.take::<bool>().map(drop),
        ),
    }
}

/// Chooses the next due job outside the full pools, with `$1` now and `$2` the pools.
pub(crate) fn next_due(tx: &ReadTx<'_>) -> &'static str {
    match tx.engine() {
        Engine::Sqlite => {
            "SELECT id FROM jobs WHERE dead_at IS NULL AND NOT waits AND run_at <= $1 \
             AND (pool IS NULL OR pool NOT IN (SELECT value FROM json_each($2))) \
             ORDER BY run_at, id LIMIT 1"
        }
        Engine::Postgres => {
            "SELECT id FROM jobs WHERE dead_at IS NULL AND NOT waits AND run_at <= $1 \
             AND (pool IS NULL OR NOT $2::jsonb ? pool) \
             ORDER BY run_at, id LIMIT 1 FOR UPDATE SKIP LOCKED"
        }
    }
}
