//! Migrations: every text once, in order, each in its own transaction, recorded with its number.

use crate::db::{Engine, StoreConfig, connect_postgres, connect_sqlite};
use crate::error::{Error, Result};
use crate::schema::{MIGRATIONS, row_level_security};

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
    let newest = MIGRATIONS.iter().map(|m| m.version).max().unwrap_or(0);
    if current > newest {
        let reason = format!("the database is at version {current}, this binary knows {newest}");
        return Err(Error::Unavailable { reason });
    }
    for migration in MIGRATIONS.iter().filter(|m| m.version > current) {
        let (version, name) = (migration.version, migration.name);
        let ledger =
            format!("INSERT INTO schema_migrations (version, name) VALUES ({version}, '{name}')");
        batch(&format!("{begin};\n{}\n{ledger};\nCOMMIT;", migration.sql(engine)))?;
        tracing::info!(version, name, "migrated");
    }
    Ok(current < newest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    fn config(dir: &Path) -> StoreConfig {
        StoreConfig::Sqlite { path: dir.join("test.db"), readers: 1 }
    }

    fn dump(dir: &Path) -> Vec<String> {
        let connection = connect_sqlite(&dir.join("test.db")).unwrap();
        let mut statement = connection
            .prepare("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
            .unwrap();
        let rows = statement.query_map([], |row| row.get(0)).unwrap();
        rows.map(Result::unwrap).collect()
    }

    /// Brings a fresh database to `version` only, as an older binary would have.
    fn older(dir: &Path, version: i64) {
        let connection = connect_sqlite(&dir.join("test.db")).unwrap();
        connection.execute_batch(LEDGER).unwrap();
        for migration in MIGRATIONS.iter().filter(|m| m.version <= version) {
            connection.execute_batch(&migration.sql(Engine::Sqlite)).unwrap();
            let ledger = "INSERT INTO schema_migrations (version, name) VALUES (?1, ?2)";
            connection.execute(ledger, (migration.version, migration.name)).unwrap();
        }
    }

    #[test]
    fn every_older_version_ends_in_the_schema_of_a_fresh_database() {
        let fresh = tempfile::tempdir().unwrap();
        run(&config(fresh.path())).unwrap();
        for migration in MIGRATIONS {
            let upgraded = tempfile::tempdir().unwrap();
            older(upgraded.path(), migration.version - 1);
            run(&config(upgraded.path())).unwrap();
            assert_eq!(dump(upgraded.path()), dump(fresh.path()), "from {}", migration.version - 1);
        }
    }

    #[test]
    fn a_second_run_changes_nothing() {
        let dir = tempfile::tempdir().unwrap();
        run(&config(dir.path())).unwrap();
        let once = dump(dir.path());
        run(&config(dir.path())).unwrap();
        assert_eq!(dump(dir.path()), once);
    }

    #[test]
    fn a_newer_database_is_refused_and_both_versions_are_named() {
        let dir = tempfile::tempdir().unwrap();
        run(&config(dir.path())).unwrap();
        let connection = connect_sqlite(&dir.path().join("test.db")).unwrap();
        connection.execute("INSERT INTO schema_migrations VALUES (999, 'future')", []).unwrap();
        let refused = run(&config(dir.path())).unwrap_err().to_string();
        assert!(refused.contains("version 999") && refused.contains("knows 2"), "{refused}");
    }

    #[test]
    fn versions_count_up_without_gaps() {
        let versions: Vec<i64> = MIGRATIONS.iter().map(|m| m.version).collect();
        let expected: Vec<i64> = (1..).take(versions.len()).collect();
        assert_eq!(versions, expected);
    }

    /// The wall needs every account table to be listed, and every listed one to have the column.
    #[test]
    fn every_table_with_an_account_is_behind_the_wall() {
        let dir = tempfile::tempdir().unwrap();
        run(&config(dir.path())).unwrap();
        let connection = connect_sqlite(&dir.path().join("test.db")).unwrap();
        let sql = "SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
                   WHERE m.type = 'table' AND c.name = 'account_id' AND m.name NOT LIKE '%_search_%' \
                   ORDER BY m.name";
        let mut statement = connection.prepare(sql).unwrap();
        let found = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        let found: Vec<String> = found.map(Result::unwrap).collect();
        assert_eq!(found, crate::schema::ACCOUNT_TABLES);
    }
}
