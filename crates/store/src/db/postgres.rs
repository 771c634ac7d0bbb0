//! PostgreSQL: a pool of threads that each own a connection, one transaction per closure.
//!
//! A closure is repeated when the server reports a serialization failure or a deadlock.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use postgres::Client;
use postgres::error::SqlState;
use tokio::sync::mpsc;

use super::bus::Bus;
use super::store::{Task, Wakes};
use super::threads::spawn;
use super::{Conn, ReadTx, Scope, Signals, WriteTx};
use super::{address, listen};
use crate::error::{Error, Result};

/// Most closures that wait for a connection; more are refused as unavailable.
const QUEUE_MAX: usize = 8_192;
/// Times that one closure is run before contention is reported.
const TRIES_MAX: u32 = 8;

/// Handles to the threads of one database.
pub(crate) struct Postgres {
    pub tasks: mpsc::Sender<(Mode, Box<dyn Task>)>,
    pub bus: Bus,
}

/// Whether the closure may write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    Read,
    Write,
}

impl Postgres {
    /// Starts the connection threads. The database must be migrated already.
    pub(crate) fn open(url: &str, connections: usize, wakes: &Arc<Wakes>) -> Result<Self> {
        let (sender, tasks) = mpsc::channel(QUEUE_MAX);
        let tasks = Arc::new(Mutex::new(tasks));
        for _ in 0..connections.max(1) {
            let worker = Worker {
                url: url.to_owned(),
                client: Some(connect(url)?),
                statements: HashMap::new(),
                wakes: Arc::clone(wakes),
            };
            let tasks = Arc::clone(&tasks);
            spawn("postgres", move || worker.work(&tasks))?;
        }
        let bus = Bus::open(url)?;
        listen::start(url, Arc::downgrade(wakes), bus.ear())?;
        Ok(Self { tasks: sender, bus })
    }
}

/// Opens one connection with the settings that the promises need.
pub(crate) fn connect(url: &str) -> Result<Client> {
    let mut client = address::connect(url)?;
    client
        .batch_execute(
            "SET synchronous_commit = on; SET timezone = 'UTC'; SET client_min_messages = warning",
        )
        .map_err(|e| Error::postgres(&e))?;
    Ok(client)
}

struct Worker {
    url: String,
    client: Option<Client>,
    statements: HashMap<String, postgres::Statement>,
    wakes: Arc<Wakes>,
}

type Tasks = Mutex<mpsc::Receiver<(Mode, Box<dyn Task>)>>;

impl Worker {
    fn work(mut self, tasks: &Tasks) {
        loop {
            let next =
                tasks.lock().unwrap_or_else(std::sync::PoisonError::into_inner).blocking_recv();
            let Some((mode, mut task)) = next else { return };
            let outcome = self.attempt(mode, task.as_mut());
            task.answer(outcome);
        }
    }

    fn attempt(&mut self, mode: Mode, task: &mut dyn Task) -> Result<()> {
        let mut tries = 0;
        loop {
            tries += 1;
            let outcome = self.run(mode, task);
            match &outcome {
                Err(Error::Contention) if tries < TRIES_MAX => task.reset(),
                Err(Error::Unavailable { .. }) => {
                    self.client = None;
                    return outcome;
                }
                Ok(()) | Err(_) => return outcome,
            }
        }
    }

    fn run(&mut self, mode: Mode, task: &mut dyn Task) -> Result<()> {
        if self.client.as_ref().is_none_or(Client::is_closed) {
            self.statements.clear();
            self.client = Some(connect(&self.url)?);
        }
        let Some(client) = self.client.as_mut() else {
            return Err(Error::Unavailable { reason: "no connection".to_owned() });
        };
        batch(client, &begin(mode, task.scope()))?;
        let (keep, signals) = inside(client, &mut self.statements, mode, task);
        let outcome = if let Some(contention) = task.contention() {
            Err(contention)
        } else if keep {
            commit(client, signals)
        } else {
            batch(client, "ROLLBACK")
        };
        if outcome.is_err() && !client.is_closed() {
            // A failed commit has rolled back already; then this only warns.
            batch(client, "ROLLBACK")?;
        }
        if outcome.is_ok() && keep {
            self.wakes.signal(signals);
        }
        outcome
    }
}

fn inside(
    client: &mut Client,
    statements: &mut HashMap<String, postgres::Statement>,
    mode: Mode,
    task: &mut dyn Task,
) -> (bool, Signals) {
    let conn = Conn::postgres(client, statements);
    match mode {
        Mode::Read => {
            task.read(&mut ReadTx::new(conn));
            (true, Signals::default())
        }
        Mode::Write => {
            let mut tx = WriteTx::new(conn);
            let keep = task.run(&mut tx);
            (keep, tx.signals())
        }
    }
}

/// Opens the transaction and tells row-level security whose rows it may see.
fn begin(mode: Mode, scope: Scope) -> String {
    let how = match mode {
        Mode::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY",
        Mode::Write => "BEGIN ISOLATION LEVEL READ COMMITTED",
    };
    match scope {
        Scope::Account(account) => format!("{how}; SET LOCAL tertulia.account = '{account}'"),
        Scope::System => format!("{how}; SET LOCAL tertulia.account = 'system'"),
    }
}

/// Commits; other nodes are told in the same transaction, so they hear of it only if it committed.
fn commit(client: &mut Client, signals: Signals) -> Result<()> {
    let notify = match (signals.events, signals.jobs) {
        (true, true) => "NOTIFY tertulia, 'events,jobs'; COMMIT",
        (true, false) => "NOTIFY tertulia, 'events'; COMMIT",
        (false, true) => "NOTIFY tertulia, 'jobs'; COMMIT",
        (false, false) => "COMMIT",
    };
    batch(client, notify)
}

fn batch(client: &mut Client, sql: &str) -> Result<()> {
    client.batch_execute(sql).map_err(|e| Error::postgres(&e))
}

impl Error {
    /// Sorts a PostgreSQL error.
    pub(crate) fn postgres(error: &postgres::Error) -> Self {
        let Some(db) = error.as_db_error() else {
            let cause = std::error::Error::source(error);
            let reason =
                cause.map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}"));
            // Without an answer of the server either the connection broke or our types are wrong.
            return if error.is_closed()
                || cause.is_some_and(<dyn std::error::Error>::is::<std::io::Error>)
            {
                Error::Unavailable { reason }
            } else {
                Error::Refused { reason }
            };
        };
        let reason = format!("{} ({})", db.message(), db.code().code());
        match db.code() {
            &SqlState::UNIQUE_VIOLATION => {
                Error::Duplicate { key: db.constraint().unwrap_or_default().to_owned() }
            }
            &SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED => {
                Error::Contention
            }
            code if ["08", "53", "57", "58"]
                .contains(&code.code().get(..2).unwrap_or_default()) =>
            {
                Error::Unavailable { reason }
            }
            _ => Error::Refused { reason },
        }
    }
}
