//! Migrations: every text once, in order, each in its own transaction, recorded with its number.

use crate::db::{Engine, StoreConfig, connect_postgres, connect_sqlite};
use crate::error::{Error, Result};
use crate::schema::{MIGRATIONS, render, row_level_security};

const LEDGER: &str = "CREATE TABLE IF NOT EXISTS schema_migrations (
    version BIGINT PRIMARY KEY,
    name TEXT NOT NULL
)";

/// Brings the database to this binary's version; refuses one that is newer.
pub(crate) fn run(config: &StoreConfig) -> Result<()> {
    match config {
        StoreConfig::Sqlite { path, .. } => {
            let connection = connect_sqlite(path)?;
            let batch = |sql: &str| connection.execute_batch(sql).map_err(|e| Error::sqlite(&e));
            let version = || {
                let sql = "SELECT coalesce(max(version), 0) FROM schema_migrations";
                connection.query_row(sql, [], |row| row.get(0)).map_err(|e| Error::sqlite(&e))
            };
            apply(Engine::Sqlite, "BEGIN IMMEDIATE", batch, version).map(drop)
        }
        StoreConfig::Postgres { url, .. } => {
            let client = std::cell::RefCell::new(connect_postgres(url)?);
            let batch =
                |sql: &str| client.borrow_mut().batch_execute(sql).map_err(|e| Error::postgres(&e));
            let version = || {
                let sql = "SELECT coalesce(max(version), 0) FROM schema_migrations";
                let row =
                    client.borrow_mut().query_one(sql, &[]).map_err(|e| Error::postgres(&e))?;
                Ok(row.get(0))
            };
            // Two nodes that start together take turns.
            batch("SELECT pg_advisory_lock(7358012)")?;
            let applied = apply(Engine::Postgres, "BEGIN", batch, version)
                .and_then(|migrated| if migrated { batch(&row_level_security()) } else { Ok(()) });
            batch("SELECT pg_advisory_unlock(7358012)")?;
            applied
        }
    }
}

/// Applies what is missing; says whether anything was.
fn apply(
    engine: Engine,
    begin: &str,
    batch: impl Fn(&str) -> Result<()>,
    version: impl Fn() -> Result<i64>,
) -> Result<bool> {
    batch(LEDGER)?;
    let current = version()?;
    let newest = MIGRATIONS.iter().map(|(number, ..)| *number).max().unwrap_or(0);
    if current > newest {
        let reason = format!("the database is at version {current}, this binary knows {newest}");
        return Err(Error::Unavailable { reason });
    }
    for (number, name, text) in MIGRATIONS.iter().filter(|(number, ..)| *number > current) {
        let sql = render(text, engine);
        let ledger =
            format!("INSERT INTO schema_migrations (version, name) VALUES ({number}, '{name}')");
        batch(&format!("{begin};\n{sql}\n{ledger};\nCOMMIT;"))?;
        tracing::info!(version = number, name, "migrated");
    }
    Ok(current < newest)
}
