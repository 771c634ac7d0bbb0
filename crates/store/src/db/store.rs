//! The handle that everybody has: hand in a closure, wait for its durable result.

use std::path::PathBuf;
use std::sync::Arc;

use tertulia_domain::AccountId;
use tokio::sync::{broadcast, mpsc, oneshot, watch};

use super::faults::{Fault, FaultPlan};
use super::postgres::{Mode, Postgres};
use super::sqlite::Sqlite;
use super::{Hint, ReadTx, Signals, WriteTx};
use crate::error::{Error, Result};

/// Where the data is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StoreConfig {
    /// One file; `readers` is the number of reading threads.
    Sqlite { path: PathBuf, readers: usize },
    /// A server; `connections` is the number of connections of this node.
    Postgres { url: String, connections: usize },
}

/// Whose rows a transaction may touch; row-level security enforces it on PostgreSQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    Account(AccountId),
    /// Timers, the job runner, sign-in: work that is not (yet) for one account.
    System,
}

/// A hint that something committed; losing one costs time, never truth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wake {
    Events,
    Jobs,
}

/// The database, cheap to clone.
#[derive(Clone)]
pub struct Store {
    engine: Arc<EngineHandle>,
    wakes: Arc<Wakes>,
    faults: Option<Arc<dyn FaultPlan>>,
}

enum EngineHandle {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// A closure on its way through a database thread.
pub(crate) trait Task: Send {
    /// Runs a write; true when its changes are to be kept.
    fn run(&mut self, tx: &mut WriteTx<'_>) -> bool;
    /// Runs a read.
    fn read(&mut self, tx: &mut ReadTx<'_>);
    /// The retryable failure that the closure met inside, if it did.
    fn contention(&self) -> Option<Error>;
    /// Forgets the last run.
    fn reset(&mut self);
    fn scope(&self) -> Scope;
    /// Tells the caller, once the outcome of the commit is known.
    fn answer(self: Box<Self>, outcome: Result<()>);
}

/// Wake-ups inside this process.
pub(crate) struct Wakes {
    events: watch::Sender<u64>,
    jobs: watch::Sender<u64>,
}

impl Wakes {
    fn new() -> Self {
        Self { events: watch::Sender::new(0), jobs: watch::Sender::new(0) }
    }

    pub(crate) fn signal(&self, signals: Signals) {
        if signals.events {
            self.events.send_modify(|n| *n += 1);
        }
        if signals.jobs {
            self.jobs.send_modify(|n| *n += 1);
        }
    }
}

impl Store {
    /// Opens the database, migrates it to this binary's version and starts the threads.
    pub fn open(config: &StoreConfig) -> Result<Self> {
        crate::migrate::run(config)?;
        let wakes = Arc::new(Wakes::new());
        let engine = match config {
            StoreConfig::Sqlite { path, readers } => {
                EngineHandle::Sqlite(Sqlite::open(path, *readers, &wakes)?)
            }
            StoreConfig::Postgres { url, connections } => {
                EngineHandle::Postgres(Postgres::open(url, *connections, &wakes)?)
            }
        };
        Ok(Self { engine: Arc::new(engine), wakes, faults: None })
    }

    /// The same database, whose writes through this handle fail as planned.
    #[must_use]
    pub fn with_faults(&self, plan: Arc<dyn FaultPlan>) -> Self {
        Self { faults: Some(plan), ..self.clone() }
    }

    /// A counter that changes after commits with something of this kind.
    #[must_use]
    pub fn wakes(&self, wake: Wake) -> watch::Receiver<u64> {
        match wake {
            Wake::Events => self.wakes.events.subscribe(),
            Wake::Jobs => self.wakes.jobs.subscribe(),
        }
    }

    /// How much work waits for a thread of the database: for the writer of SQLite, or for a connection
    /// to PostgreSQL.
    #[must_use]
    pub fn work_waiting(&self) -> usize {
        match self.engine.as_ref() {
            EngineHandle::Sqlite(sqlite) => waiting(&sqlite.writer),
            EngineHandle::Postgres(pg) => waiting(&pg.tasks),
        }
    }

    /// Tells the other nodes something that is only worth something now. It never waits, and may be
    /// lost; without other nodes nobody hears it.
    pub fn tell_others(&self, hint: String) {
        if let EngineHandle::Postgres(pg) = self.engine.as_ref() {
            pg.bus.tell(hint);
        }
    }

    /// What other nodes say from now on; `None` where there can be no other node.
    #[must_use]
    pub fn hints(&self) -> Option<broadcast::Receiver<Hint>> {
        match self.engine.as_ref() {
            EngineHandle::Sqlite(_) => None,
            EngineHandle::Postgres(pg) => Some(pg.bus.hear()),
        }
    }

    /// Lets nothing of what was deleted stay in the write-ahead log. On PostgreSQL the vacuum and the
    /// server's own log decide that.
    pub async fn empty_log(&self) -> Result<()> {
        match self.engine.as_ref() {
            EngineHandle::Sqlite(sqlite) => sqlite.empty_log().await,
            EngineHandle::Postgres(_) => Ok(()),
        }
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<()> {
        self.read(Scope::System, |tx| tx.one("SELECT 1", &[], |_| Ok(()))).await
    }

    /// Runs a closure that only reads, on one consistent snapshot.
    pub async fn read<T, E, F>(&self, scope: Scope, body: F) -> Result<T, E>
    where
        F: Fn(&mut ReadTx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let task = Box::new(ReadTask { body, scope, reply, result: None });
        let sent = match self.engine.as_ref() {
            EngineHandle::Sqlite(sqlite) => sqlite.readers.try_send(task).is_ok(),
            EngineHandle::Postgres(pg) => pg.tasks.try_send((Mode::Read, task)).is_ok(),
        };
        finish(sent, answer).await
    }

    /// Like [`Store::read`], for one or two rows by their keys.
    ///
    /// On SQLite it runs on the thread of the caller: such a read takes a few microseconds, and waking
    /// another thread for it costs more than that. Anything that scans belongs into [`Store::read`].
    pub async fn look_up<T, E, F>(&self, scope: Scope, body: F) -> Result<T, E>
    where
        F: Fn(&mut ReadTx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        if let EngineHandle::Sqlite(sqlite) = self.engine.as_ref()
            && let Some(result) = sqlite.read_here(|tx| guarded(|| body(tx)))
        {
            return result;
        }
        self.read(scope, body).await
    }

    /// Runs a closure as one transaction; when this answers `Ok`, the change is durable.
    ///
    /// An `Err` from the closure undoes everything it did. The closure may run more than once.
    pub async fn write<T, E, F>(&self, scope: Scope, body: F) -> Result<T, E>
    where
        F: Fn(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Retryable + Send + 'static,
    {
        let fault = self.faults.as_ref().and_then(|plan| plan.next());
        match fault {
            None => self.submit(scope, body).await,
            Some(Fault::BeforeCommit) => {
                let doomed = move |tx: &mut WriteTx<'_>| body(tx).and_then(|_| Err(died().into()));
                self.submit(scope, doomed).await
            }
            Some(Fault::AfterCommit) => {
                self.submit(scope, body).await.and_then(|_| Err(died().into()))
            }
        }
    }

    async fn submit<T, E, F>(&self, scope: Scope, body: F) -> Result<T, E>
    where
        F: Fn(&mut WriteTx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<Error> + Retryable + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let task = Box::new(WriteTask { body, scope, reply, result: None });
        let sent = match self.engine.as_ref() {
            EngineHandle::Sqlite(sqlite) => sqlite.writer.try_send(task).is_ok(),
            EngineHandle::Postgres(pg) => pg.tasks.try_send((Mode::Write, task)).is_ok(),
        };
        finish(sent, answer).await
    }
}

fn waiting<T>(queue: &mpsc::Sender<T>) -> usize {
    queue.max_capacity() - queue.capacity()
}

fn died() -> Error {
    Error::Unavailable { reason: "a planned fault".to_owned() }
}

/// Lets the kernel see through a caller's error type whether a repeat can help.
pub trait Retryable {
    /// The storage error inside, if that is what it is.
    fn storage(&self) -> Option<&Error>;
}

impl Retryable for Error {
    fn storage(&self) -> Option<&Error> {
        Some(self)
    }
}

async fn finish<T, E: From<Error>>(
    sent: bool,
    answer: oneshot::Receiver<Result<T, E>>,
) -> Result<T, E> {
    if !sent {
        return Err(Error::Unavailable { reason: "too much work is waiting".to_owned() }.into());
    }
    answer.await.unwrap_or_else(|_| {
        Err(Error::Unavailable { reason: "the database thread has ended".to_owned() }.into())
    })
}

struct ReadTask<F, T, E> {
    body: F,
    scope: Scope,
    reply: oneshot::Sender<Result<T, E>>,
    result: Option<Result<T, E>>,
}

struct WriteTask<F, T, E> {
    body: F,
    scope: Scope,
    reply: oneshot::Sender<Result<T, E>>,
    result: Option<Result<T, E>>,
}

/// Runs a closure so that a panic in it is its own failure, not the thread's.
fn guarded<T, E: From<Error>>(body: impl FnOnce() -> Result<T, E>) -> Result<T, E> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(body)).unwrap_or_else(|_| {
        Err(Error::Refused { reason: "the transaction's closure panicked".to_owned() }.into())
    })
}

fn deliver<T, E: From<Error>>(
    reply: oneshot::Sender<Result<T, E>>,
    result: Option<Result<T, E>>,
    outcome: Result<()>,
) {
    let result = match (outcome, result) {
        // The closure's own refusal stands, whatever became of the others in its group.
        (_, Some(Err(error))) => Err(error),
        (Err(error), _) => Err(error.into()),
        (Ok(()), Some(Ok(value))) => Ok(value),
        (Ok(()), None) => Err(Error::Unavailable { reason: "not run".to_owned() }.into()),
    };
    // The caller may have gone away; its change is committed all the same.
    drop(reply.send(result));
}

impl<F, T, E> Task for ReadTask<F, T, E>
where
    F: Fn(&mut ReadTx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<Error> + Send,
{
    fn run(&mut self, tx: &mut WriteTx<'_>) -> bool {
        self.read(tx);
        false
    }

    fn read(&mut self, tx: &mut ReadTx<'_>) {
        self.result = Some(guarded(|| (self.body)(tx)));
    }

    fn contention(&self) -> Option<Error> {
        None
    }

    fn reset(&mut self) {
        self.result = None;
    }

    fn scope(&self) -> Scope {
        self.scope
    }

    fn answer(self: Box<Self>, outcome: Result<()>) {
        deliver(self.reply, self.result, outcome);
    }
}

impl<F, T, E> Task for WriteTask<F, T, E>
where
    F: Fn(&mut WriteTx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<Error> + Retryable + Send,
{
    fn run(&mut self, tx: &mut WriteTx<'_>) -> bool {
        let result = guarded(|| (self.body)(tx));
        let keep = result.is_ok();
        self.result = Some(result);
        keep
    }

    fn read(&mut self, _: &mut ReadTx<'_>) {}

    fn contention(&self) -> Option<Error> {
        match self.result.as_ref()?.as_ref().err()?.storage()? {
            Error::Contention => Some(Error::Contention),
            Error::Unavailable { reason } => Some(Error::Unavailable { reason: reason.clone() }),
            Error::Duplicate { .. }
            | Error::Unfit { .. }
            | Error::Damaged { .. }
            | Error::Refused { .. } => None,
        }
    }

    fn reset(&mut self) {
        self.result = None;
    }

    fn scope(&self) -> Scope {
        self.scope
    }

    fn answer(self: Box<Self>, outcome: Result<()>) {
        deliver(self.reply, self.result, outcome);
    }
}
