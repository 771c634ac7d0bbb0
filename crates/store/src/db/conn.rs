//! What a transaction closure is given: statements, parameters, rows, and nothing else.

use std::collections::HashMap;
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU64, Ordering};

use super::guard;
use super::numbered::numbered;
use super::{Param, Row, Wake};
use crate::error::{Error, Result};

/// Most prepared statements that a PostgreSQL connection keeps; texts made at run time are few.
const STATEMENTS_MAX: usize = 500;

/// A running transaction on either engine.
pub(crate) struct Conn<'a> {
    inner: Inner<'a>,
    signals: Signals,
}

enum Inner<'a> {
    Sqlite(&'a rusqlite::Connection),
    Postgres {
        client: &'a mut postgres::Client,
        statements: &'a mut HashMap<String, postgres::Statement>,
    },
}

/// Which database this is; only the dialect functions may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Engine {
    Sqlite,
    Postgres,
}

/// What others should be told once the transaction has committed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Signals {
    pub events: bool,
    pub jobs: bool,
}

impl Signals {
    pub(crate) fn add(&mut self, other: Signals) {
        self.events |= other.events;
        self.jobs |= other.jobs;
    }
}

/// A transaction that only reads.
pub struct ReadTx<'a>(Conn<'a>);

/// A transaction that may write; derefs to [`ReadTx`], so every read works in it too.
pub struct WriteTx<'a>(ReadTx<'a>);

impl<'a> Conn<'a> {
    pub(crate) fn sqlite(connection: &'a rusqlite::Connection) -> Self {
        Self { inner: Inner::Sqlite(connection), signals: Signals::default() }
    }

    pub(crate) fn postgres(
        client: &'a mut postgres::Client,
        statements: &'a mut HashMap<String, postgres::Statement>,
    ) -> Self {
        let inner = Inner::Postgres { client, statements };
        Self { inner, signals: Signals::default() }
    }

    pub(crate) fn engine(&self) -> Engine {
        match self.inner {
            Inner::Sqlite(_) => Engine::Sqlite,
            Inner::Postgres { .. } => Engine::Postgres,
        }
    }

    fn each(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        mut visit: impl FnMut(&mut Row<'_>) -> Result<bool>,
    ) -> Result<()> {
        guard::check(sql)?;
        count();
        match &mut self.inner {
            Inner::Sqlite(connection) => {
                let mut statement =
                    connection.prepare_cached(&numbered(sql)).map_err(|e| Error::sqlite(&e))?;
                let mut rows = statement
                    .query(rusqlite::params_from_iter(params))
                    .map_err(|e| Error::sqlite(&e))?;
                while let Some(row) = rows.next().map_err(|e| Error::sqlite(&e))? {
                    if !visit(&mut Row::sqlite(row))? {
                        break;
                    }
                }
            }
            Inner::Postgres { client, statements } => {
                let statement = prepare(client, statements, sql)?;
                let params = as_sql(params);
                let rows = client.query(&statement, &params).map_err(|e| Error::postgres(&e))?;
                for row in &rows {
                    if !visit(&mut Row::postgres(row))? {
                        break;
                    }
                }
            }
        }
        Ok(())
    }

    fn execute(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64> {
        guard::check(sql)?;
        count();
        match &mut self.inner {
            Inner::Sqlite(connection) => {
                let mut statement =
                    connection.prepare_cached(&numbered(sql)).map_err(|e| Error::sqlite(&e))?;
                let changed = statement
                    .execute(rusqlite::params_from_iter(params))
                    .map_err(|e| Error::sqlite(&e))?;
                Ok(u64::try_from(changed).unwrap_or(u64::MAX))
            }
            Inner::Postgres { client, statements } => {
                let statement = prepare(client, statements, sql)?;
                client.execute(&statement, &as_sql(params)).map_err(|e| Error::postgres(&e))
            }
        }
    }
}

/// Statements that transactions of this process have run: tests hold use cases to their budget.
static STATEMENTS: AtomicU64 = AtomicU64::new(0);

/// How many statements transactions have run since the process began; 0 in a release build.
#[must_use]
pub fn statements_run() -> u64 {
    STATEMENTS.load(Ordering::Relaxed)
}

fn count() {
    if cfg!(debug_assertions) {
        STATEMENTS.fetch_add(1, Ordering::Relaxed);
    }
}

fn prepare(
    client: &mut postgres::Client,
    statements: &mut HashMap<String, postgres::Statement>,
    sql: &str,
) -> Result<postgres::Statement> {
    if let Some(statement) = statements.get(sql) {
        return Ok(statement.clone());
    }
    let statement = client.prepare(sql).map_err(|e| Error::postgres(&e))?;
    if statements.len() >= STATEMENTS_MAX {
        statements.clear();
    }
    statements.insert(sql.to_owned(), statement.clone());
    Ok(statement)
}

fn as_sql<'p>(params: &'p [Param<'p>]) -> Vec<&'p (dyn postgres::types::ToSql + Sync)> {
    params.iter().map(|param| param as &(dyn postgres::types::ToSql + Sync)).collect()
}

impl<'a> ReadTx<'a> {
    pub(crate) fn new(conn: Conn<'a>) -> Self {
        Self(conn)
    }

    pub(crate) fn engine(&self) -> Engine {
        self.0.engine()
    }

    /// All rows.
    pub fn all<T>(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        mut read: impl FnMut(&mut Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut rows = Vec::new();
        self.0.each(sql, params, |row| {
            rows.push(read(row)?);
            Ok(true)
        })?;
        Ok(rows)
    }

    /// The first row, if there is one.
    pub fn optional<T>(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        mut read: impl FnMut(&mut Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let mut found = None;
        self.0.each(sql, params, |row| {
            found = Some(read(row)?);
            Ok(false)
        })?;
        Ok(found)
    }

    /// The row of a statement that always has one.
    pub fn one<T>(
        &mut self,
        sql: &str,
        params: &[Param<'_>],
        read: impl FnMut(&mut Row<'_>) -> Result<T>,
    ) -> Result<T> {
        self.optional(sql, params, read)?
            .ok_or_else(|| Error::Damaged { reason: format!("no row came back from: {sql}") })
    }
}

impl<'a> WriteTx<'a> {
    pub(crate) fn new(conn: Conn<'a>) -> Self {
        Self(ReadTx::new(conn))
    }

    /// Runs a statement and says how many rows it changed.
    pub fn execute(&mut self, sql: &str, params: &[Param<'_>]) -> Result<u64> {
        self.0.0.execute(sql, params)
    }

    /// Asks for `wake` to be signalled once this transaction has committed.
    pub fn wake(&mut self, wake: Wake) {
        match wake {
            Wake::Events => self.0.0.signals.events = true,
            Wake::Jobs => self.0.0.signals.jobs = true,
        }
    }

    pub(crate) fn signals(&self) -> Signals {
        self.0.0.signals
    }
}

impl<'a> Deref for WriteTx<'a> {
    type Target = ReadTx<'a>;

    fn deref(&self) -> &ReadTx<'a> {
        &self.0
    }
}

impl<'a> DerefMut for WriteTx<'a> {
    fn deref_mut(&mut self) -> &mut ReadTx<'a> {
        &mut self.0
    }
}
