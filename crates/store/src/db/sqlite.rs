//! SQLite: one writer thread that commits in groups, several reader threads.
//!
//! Group commit: every closure that waits runs in one transaction, one fsync covers them all, and
//! nobody is answered before it. A closure that is refused undoes only what it did itself.
//! `synchronous=FULL`, so an answer means durable.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use tokio::sync::{mpsc, oneshot};

use super::store::{Task, Wakes};
use super::threads::spawn;
use super::{Conn, ReadTx, Signals, WriteTx, checkpoint};
use crate::error::{Error, Result};

/// Most closures in one commit.
const GROUP_MAX: usize = 64;
/// Most closures that wait for the writer, and for the readers; more are refused as unavailable.
const QUEUE_MAX: usize = 8_192;
/// Connections on which callers read themselves.
const LENT_MAX: usize = 4;
/// Statements that each connection keeps prepared.
const STATEMENTS_MAX: usize = 500;

/// Handles to the threads of one database file.
pub(crate) struct Sqlite {
    pub writer: mpsc::Sender<Box<dyn Task>>,
    pub readers: mpsc::Sender<Box<dyn Task>>,
    lent: Mutex<Vec<Connection>>,
    path: PathBuf,
}

impl Sqlite {
    /// Opens the file and starts its threads. The file must be migrated already.
    pub(crate) fn open(path: &Path, reader_count: usize, wakes: &Arc<Wakes>) -> Result<Self> {
        let (writer, writer_tasks) = mpsc::channel(QUEUE_MAX);
        let (readers, reader_tasks) = mpsc::channel(QUEUE_MAX);
        let mut connection = connect(path)?;
        checkpoint::take_over(&mut connection, path)?;
        let wakes = Arc::clone(wakes);
        spawn("sqlite-writer", move || write_loop(&connection, writer_tasks, &wakes))?;
        let reader_tasks = Arc::new(Mutex::new(reader_tasks));
        for _ in 0..reader_count.max(1) {
            let connection = connect_reader(path)?;
            let tasks = Arc::clone(&reader_tasks);
            spawn("sqlite-reader", move || read_loop(&connection, &tasks))?;
        }
        let lent = (0..LENT_MAX).map(|_| connect_reader(path)).collect::<Result<_>>()?;
        Ok(Self { writer, readers, lent: Mutex::new(lent), path: path.to_owned() })
    }

    /// Reads on the thread of the caller; `None` when the connections for that are in use.
    pub(crate) fn read_here<T, E: From<Error>>(
        &self,
        body: impl FnOnce(&mut ReadTx<'_>) -> Result<T, E>,
    ) -> Option<Result<T, E>> {
        let connection = self.lent().pop()?;
        let result = batch(&connection, "BEGIN").map_err(E::from).and_then(|()| {
            let result = body(&mut ReadTx::new(Conn::sqlite(&connection)));
            batch(&connection, "COMMIT")?;
            result
        });
        // One that could not end its transaction would refuse every read to come: it is closed.
        if connection.is_autocommit() {
            self.lent().push(connection);
        }
        Some(result)
    }

    /// Empties the write-ahead log, on a thread of its own.
    pub(crate) async fn empty_log(&self) -> Result<()> {
        let (reply, answer) = oneshot::channel();
        let path = self.path.clone();
        // Who asked may be gone: the log is emptied all the same.
        spawn("sqlite-log", move || drop(reply.send(checkpoint::empty(&path))))?;
        let ended = || Error::Unavailable { reason: "the thread has ended".to_owned() };
        answer.await.unwrap_or_else(|_| Err(ended()))
    }

    fn lent(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.lent.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Opens a read-write connection with the durability that the promises need.
pub(crate) fn connect(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path).map_err(|e| Error::sqlite(&e))?;
    configure(&connection)?;
    let mode: String = connection
        .pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))
        .map_err(|e| Error::sqlite(&e))?;
    if !mode.eq_ignore_ascii_case("wal") {
        let reason = format!("write-ahead logging is not possible here (journal_mode is {mode})");
        return Err(Error::Unavailable { reason });
    }
    Ok(connection)
}

fn connect_reader(path: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|e| Error::sqlite(&e))?;
    configure(&connection)?;
    Ok(connection)
}

fn configure(connection: &Connection) -> Result<()> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    // A plan must not depend on the values of parameters: SQLite would compile a statement again at
    // every change of them, which costs more than running it.
    connection
        .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
        .map_err(|e| Error::sqlite(&e))?;
    // What is deleted is overwritten, always: a page that was split or freed before somebody asks to
    // be forgotten would otherwise keep a copy that nobody can find any more. It costs nothing that
    // can be measured.
    let settings = "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; \
         PRAGMA busy_timeout = 5000; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY;";
    connection.execute_batch(settings).map_err(|e| Error::sqlite(&e))
}

fn write_loop(connection: &Connection, mut tasks: mpsc::Receiver<Box<dyn Task>>, wakes: &Wakes) {
    let mut group = Vec::with_capacity(GROUP_MAX);
    while let Some(first) = tasks.blocking_recv() {
        group.push(first);
        while group.len() < GROUP_MAX {
            match tasks.try_recv() {
                Ok(task) => group.push(task),
                Err(_) => break,
            }
        }
        commit_group(connection, &mut group, wakes);
    }
}

fn commit_group(connection: &Connection, group: &mut Vec<Box<dyn Task>>, wakes: &Wakes) {
    let mut signals = Signals::default();
    let outcome = run_group(connection, group, &mut signals);
    if let Err(error) = &outcome {
        tracing::warn!(%error, "the writer could not commit");
        if let Err(error) = undo(connection) {
            tracing::error!(%error, "the writer could not roll back");
        }
    }
    for task in group.drain(..) {
        task.answer(outcome.clone());
    }
    if outcome.is_ok() {
        wakes.signal(signals);
    }
}

fn run_group(
    connection: &Connection,
    group: &mut [Box<dyn Task>],
    signals: &mut Signals,
) -> Result<()> {
    batch(connection, "BEGIN IMMEDIATE")?;
    if !run_together(connection, group, signals) {
        *signals = Signals::default();
        undo(connection)?;
        if let [_refused_alone] = group {
            return Ok(());
        }
        group.iter_mut().for_each(|task| task.reset());
        batch(connection, "BEGIN IMMEDIATE")?;
        run_apart(connection, group, signals)?;
    }
    commit(connection)
}

/// Runs the closures one after the other. False when one that was refused had written something
/// already: then everything has to be undone, and done again with a way back for each.
///
/// A savepoint makes SQLite keep a copy of every page that changes behind it; hardly any closure is
/// refused after its first write, so this way the others do not pay for it.
fn run_together(
    connection: &Connection,
    group: &mut [Box<dyn Task>],
    signals: &mut Signals,
) -> bool {
    group.iter_mut().all(|task| {
        let before = connection.total_changes();
        let mut tx = WriteTx::new(Conn::sqlite(connection));
        if task.run(&mut tx) {
            signals.add(tx.signals());
            return true;
        }
        // A full disk ends the transaction under our feet.
        !connection.is_autocommit() && connection.total_changes() == before
    })
}

/// Runs every closure in a savepoint of its own.
fn run_apart(
    connection: &Connection,
    group: &mut [Box<dyn Task>],
    signals: &mut Signals,
) -> Result<()> {
    for task in group {
        batch(connection, "SAVEPOINT task")?;
        let mut tx = WriteTx::new(Conn::sqlite(connection));
        if task.run(&mut tx) {
            signals.add(tx.signals());
        } else {
            batch(connection, "ROLLBACK TO task")?;
        }
        batch(connection, "RELEASE task")?;
    }
    Ok(())
}

fn undo(connection: &Connection) -> Result<()> {
    if connection.is_autocommit() {
        return Ok(());
    }
    batch(connection, "ROLLBACK")
}

fn commit(connection: &Connection) -> Result<()> {
    let mut statement = connection.prepare_cached("COMMIT").map_err(|e| Error::sqlite(&e))?;
    statement.execute([]).map(drop).map_err(|e| {
        if is_failed_fsync(&e) {
            // The kernel may have dropped the pages and call the next fsync a success: only a fresh
            // start from the log is safe.
            tracing::error!(error = %e, "fsync failed; stopping");
            std::process::abort();
        }
        Error::sqlite(&e)
    })
}

fn is_failed_fsync(error: &rusqlite::Error) -> bool {
    error.sqlite_error().is_some_and(|e| e.extended_code == rusqlite::ffi::SQLITE_IOERR_FSYNC)
}

fn batch(connection: &Connection, sql: &str) -> Result<()> {
    let mut statement = connection.prepare_cached(sql).map_err(|e| Error::sqlite(&e))?;
    statement.execute([]).map(drop).map_err(|e| Error::sqlite(&e))
}

fn read_loop(connection: &Connection, tasks: &Mutex<mpsc::Receiver<Box<dyn Task>>>) {
    loop {
        // The lock is held while waiting: idle readers queue up behind it, one of them gets the task.
        let task = tasks.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
        let Some(mut task) = task else { return };
        let outcome = read_one(connection, task.as_mut());
        task.answer(outcome);
    }
}

fn read_one(connection: &Connection, task: &mut dyn Task) -> Result<()> {
    batch(connection, "BEGIN")?;
    task.read(&mut ReadTx::new(Conn::sqlite(connection)));
    batch(connection, "COMMIT")
}

impl Error {
    /// Sorts a SQLite error.
    pub(crate) fn sqlite(error: &rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let reason = error.to_string();
        match error.sqlite_error_code() {
            Some(Code::ConstraintViolation) if reason.starts_with("UNIQUE") => {
                Error::Duplicate { key: reason }
            }
            Some(
                Code::DiskFull
                | Code::SystemIoFailure
                | Code::DatabaseBusy
                | Code::DatabaseLocked
                | Code::CannotOpen
                | Code::OutOfMemory
                | Code::ReadOnly,
            ) => Error::Unavailable { reason },
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => Error::Damaged { reason },
            Some(_) | None => Error::Refused { reason },
        }
    }
}
