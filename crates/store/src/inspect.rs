//! What `tertulia doctor` asks a database, without changing or migrating it.

use tertulia_domain::Timestamp;

use crate::db::{StoreConfig, connect_postgres, connect_sqlite};
use crate::error::{Error, Result};
use crate::schema::MIGRATIONS;

/// The state of a database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// The engine with its version.
    pub engine: String,
    /// The schema's version in the database; `None` when it has none yet.
    pub schema: Option<i64>,
    /// The schema's version that this binary makes.
    pub schema_known: i64,
    /// Settings that could lose what was acknowledged: name, value, and whether it is safe.
    pub durability: Vec<(String, String, bool)>,
    /// The newest moment in the journal: the clock should not be before it.
    pub newest_event_at: Option<Timestamp>,
}

const SCHEMA: &str = "SELECT max(version) FROM schema_migrations";
const NEWEST: &str = "/* system */ SELECT max(at) FROM events";

/// Looks at a database. For SQLite the file must be there.
pub fn inspect(config: &StoreConfig) -> Result<Inspection> {
    match config {
        StoreConfig::Sqlite { path, .. } => sqlite(path),
        StoreConfig::Postgres { url, .. } => postgres(url),
    }
}

fn known() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0)
}

fn sqlite(path: &std::path::Path) -> Result<Inspection> {
    let connection = connect_sqlite(path)?;
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, Option<i64>>(0));
    let synchronous = number("PRAGMA synchronous").map_err(|e| Error::sqlite(&e))?.unwrap_or(0);
    let journal: String = connection
        .query_row("PRAGMA journal_mode", [], |row| row.get(0))
        .map_err(|e| Error::sqlite(&e))?;
    let named = match synchronous {
        0 => "OFF",
        1 => "NORMAL",
        2 => "FULL",
        _ => "EXTRA",
    };
    Ok(Inspection {
        engine: format!("SQLite {}", rusqlite::version()),
        // A file that never was migrated has neither table.
        schema: number(SCHEMA).ok().flatten(),
        schema_known: known(),
        durability: vec![
            ("synchronous".to_owned(), named.to_owned(), synchronous >= 2),
            ("journal_mode".to_owned(), journal.clone(), journal == "wal"),
        ],
        newest_event_at: number(NEWEST).ok().flatten().map(Timestamp),
    })
}

fn postgres(url: &str) -> Result<Inspection> {
    let mut client = connect_postgres(url)?;
    let mut show = |name: &str| -> Result<String> {
        let row =
            client.query_one(&format!("SHOW {name}"), &[]).map_err(|e| Error::postgres(&e))?;
        Ok(row.get(0))
    };
    let version = show("server_version")?;
    let mut durability = Vec::new();
    for name in ["fsync", "synchronous_commit", "full_page_writes"] {
        let value = show(name)?;
        let is_safe = value != "off";
        durability.push((name.to_owned(), value, is_safe));
    }
    let mut number = |sql: &str| -> Option<i64> { client.query_one(sql, &[]).ok()?.get(0) };
    Ok(Inspection {
        engine: format!("PostgreSQL {version}"),
        schema: number(SCHEMA),
        schema_known: known(),
        durability,
        newest_event_at: number(NEWEST).map(Timestamp),
    })
}
