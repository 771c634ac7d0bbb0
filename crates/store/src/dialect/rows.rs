//! Locks and lists: what the engines spell differently around single rows.

use tertulia_domain::AccountId;

use crate::db::Engine;
use crate::{ReadTx, Result, WriteTx, params};

/// The suffix that locks the rows of `table` until the commit.
///
/// SQLite has one writer at a time, so there every row is locked already.
pub(crate) fn for_update_of(tx: &ReadTx<'_>, table: &str) -> String {
    match tx.engine() {
        Engine::Sqlite => String::new(),
        Engine::Postgres => format!(" FOR UPDATE OF {table}"),
    }
}

/// Makes transactions that name the same thing wait for each other, until the commit.
///
/// SQLite has one writer at a time, so there everybody waits already. The lock is taken without a
/// transaction number; see `rooms`.
pub(crate) fn take_turns(tx: &mut WriteTx<'_>, account: AccountId, thing: &str) -> Result<()> {
    match tx.engine() {
        Engine::Sqlite => Ok(()),
        Engine::Postgres => {
            let key = format!("{account}:{thing}");
            let sql = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";
            tx.optional(sql, params![key], |_| Ok(())).map(drop)
        }
    }
}

/// A condition on integers: `= any of the JSON list in this placeholder`.
pub(crate) fn any_of(tx: &ReadTx<'_>, placeholder: &str) -> String {
    match tx.engine() {
        Engine::Sqlite => format!("IN (SELECT value FROM json_each({placeholder}))"),
        Engine::Postgres => {
            format!("IN (SELECT jsonb_array_elements_text({placeholder}::jsonb)::bigint)")
        }
    }
}
