//! One connection of either engine that may change the schema.

use crate::db::{Engine, StoreConfig, connect_postgres, connect_sqlite};
use crate::error::{Error, Result};

pub(crate) enum Link {
    Sqlite(rusqlite::Connection),
    Postgres(postgres::Client),
}

impl Link {
    pub(crate) fn open(config: &StoreConfig) -> Result<Self> {
        match config {
            StoreConfig::Sqlite { path, .. } => connect_sqlite(path).map(Self::Sqlite),
            StoreConfig::Postgres { url, .. } => connect_postgres(url).map(Self::Postgres),
        }
    }

    pub(crate) fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    pub(crate) fn batch(&mut self, sql: &str) -> Result<()> {
        match self {
            Self::Sqlite(connection) => {
                connection.execute_batch(sql).map_err(|e| Error::sqlite(&e))
            }
            Self::Postgres(client) => client.batch_execute(sql).map_err(|e| Error::postgres(&e)),
        }
    }

    /// The names of the tables that are there.
    pub(crate) fn tables(&mut self) -> Result<Vec<String>> {
        self.texts(match self {
            Self::Sqlite(_) => {
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' \
                 ORDER BY name"
            }
            Self::Postgres(_) => {
                "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema() \
                 ORDER BY tablename"
            }
        })
    }

    /// One column of texts.
    pub(crate) fn texts(&mut self, sql: &str) -> Result<Vec<String>> {
        match self {
            Self::Sqlite(connection) => {
                let mut statement = connection.prepare(sql).map_err(|e| Error::sqlite(&e))?;
                let rows = statement.query_map([], |row| row.get(0));
                let rows = rows.map_err(|e| Error::sqlite(&e))?;
                rows.collect::<Result<_, _>>().map_err(|e| Error::sqlite(&e))
            }
            Self::Postgres(client) => {
                let rows = client.query(sql, &[]).map_err(|e| Error::postgres(&e))?;
                let texts = rows.iter().map(|row| row.try_get(0));
                texts.collect::<Result<_, _>>().map_err(|e| Error::postgres(&e))
            }
        }
    }
}
