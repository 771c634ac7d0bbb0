//! Migrations: every text once, in order, each in its own transaction, recorded with its number.

mod ledger;
mod link;

use crate::db::{Engine, StoreConfig};
use crate::error::Result;
use crate::schema::{ACCOUNT_TABLES, MIGRATIONS, row_level_security};

pub(crate) use ledger::{newest, version};
pub(crate) use link::Link;

/// Brings the database to this binary's version; refuses one that does not fit.
pub(crate) fn run(config: &StoreConfig) -> Result<()> {
    let mut link = Link::open(config)?;
    match link.engine() {
        Engine::Sqlite => apply(&mut link, "BEGIN IMMEDIATE"),
        Engine::Postgres => {
            // Two nodes that start together take turns.
            link.batch("SELECT pg_advisory_lock(7358012)")?;
            let applied = apply(&mut link, "BEGIN").and_then(|()| wall(&mut link));
            link.batch("SELECT pg_advisory_unlock(7358012)")?;
            applied
        }
    }
}

/// Applies what is missing.
fn apply(link: &mut Link, begin: &str) -> Result<()> {
    let current = version(link)?;
    link.batch(ledger::TABLE)?;
    for migration in MIGRATIONS.iter().filter(|m| m.version > current) {
        let (version, name) = (migration.version, migration.name);
        let ledger =
            format!("INSERT INTO schema_migrations (version, name) VALUES ({version}, '{name}')");
        link.batch(&format!("{begin};\n{}\n{ledger};\nCOMMIT;", migration.sql(link.engine())))?;
        tracing::info!(version, name, "migrated");
    }
    Ok(())
}

/// Puts the second tenant wall up where it does not stand, be it new or taken down by somebody.
fn wall(link: &mut Link) -> Result<()> {
    let sql = "SELECT c.relname::text FROM pg_class c \
               WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'r' \
               AND c.relrowsecurity AND c.relforcerowsecurity \
               AND EXISTS (SELECT 1 FROM pg_policy p \
               WHERE p.polrelid = c.oid AND p.polname = 'tertulia_account')";
    let standing = link.texts(sql)?;
    if ACCOUNT_TABLES.iter().all(|table| standing.iter().any(|other| other == table)) {
        return Ok(());
    }
    link.batch(&row_level_security())?;
    tracing::info!("row-level security is in force for every account table");
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::db::connect_sqlite;

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
        connection.execute_batch(ledger::TABLE).unwrap();
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
        let ours = format!("knows {}", MIGRATIONS.len());
        assert!(refused.contains("version 999") && refused.contains(&ours), "{refused}");
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
