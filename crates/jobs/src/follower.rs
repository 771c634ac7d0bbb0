//! Durable followers of the journal: each event is worked on once, in order, whatever crashes.
//!
//! A follower looks at a batch in a read transaction and says what to do. The work and the new place
//! then commit together; if another node was faster, nothing is done. Events that mean nothing to
//! the follower cost it no write: its place is then kept in memory and written down now and then.

use std::sync::Arc;
use std::time::Duration;

use tertulia_store::events::{self, Cursor, Event};
use tertulia_store::{Error, ReadTx, Result, Scope, Store, Wake, WriteTx, followers};
use tokio::sync::watch;

/// Events that mean nothing may be looked at again after a crash; at most so many.
const UNWRITTEN_EVENTS_MAX: usize = 10_000;
/// A busy journal is followed in batches: events that come within this time are taken together.
const LINGER: Duration = Duration::from_millis(20);
/// How soon [`Following::catch_up`] looks again for what is held back.
const HELD_BACK: Duration = Duration::from_millis(5);
/// The longest rest; nothing else is followed meanwhile.
const REST_MAX: Duration = Duration::from_millis(500);
/// The longest wait for a wake-up that was lost.
const POLL: Duration = Duration::from_secs(1);

/// Something that follows the journal.
pub trait Follower: Send + Sync + 'static {
    /// What a batch asks for.
    type Work: Send + Sync + 'static;

    /// The name of its place; never changes.
    fn name(&self) -> &'static str;

    /// Events per batch at most.
    fn batch_max(&self) -> i64 {
        200
    }

    /// How long to rest after a batch that took `took`, while others wait for the database. Work that
    /// can wait rests, so that it does not take the one writer from work that somebody waits for: the
    /// busier the writer, the longer a batch takes, and the longer the rest.
    fn rest(&self, _took: Duration) -> Duration {
        Duration::ZERO
    }

    /// What the events ask for; `None` when they mean nothing to this follower.
    fn plan(&self, tx: &mut ReadTx<'_>, events: &[Event]) -> Result<Option<Self::Work>>;

    /// Does it, in the transaction that moves the place on.
    fn apply(&self, tx: &mut WriteTx<'_>, work: &Self::Work) -> Result<()>;
}

/// A follower at work on this node.
pub struct Following<F> {
    store: Store,
    follower: Arc<F>,
    /// Where the database says it is, and where it really is: events in between meant nothing.
    place: Option<(Cursor, Cursor)>,
    unwritten_events: usize,
}

impl<F: Follower> Following<F> {
    /// Begins where the follower left off.
    pub fn new(store: Store, follower: Arc<F>) -> Self {
        Self { store, follower, place: None, unwritten_events: 0 }
    }

    /// Works on the next batch and says how many events it had.
    pub async fn step(&mut self) -> Result<usize> {
        let (written, from) = match self.place {
            Some(place) => place,
            None => {
                let name = self.follower.name();
                let read = move |tx: &mut ReadTx<'_>| followers::place(tx, name);
                let cursor = self.store.read::<_, Error, _>(Scope::System, read).await?;
                (cursor, cursor)
            }
        };
        let follower = Arc::clone(&self.follower);
        let look = move |tx: &mut ReadTx<'_>| {
            let events = events::after(tx, from, follower.batch_max())?;
            let Some(last) = events.last() else { return Ok(None) };
            let (to, count) = (last.cursor, events.len());
            Ok(Some((to, count, follower.plan(tx, &events)?)))
        };
        let Some((to, count, work)) = self.store.read(Scope::System, look).await? else {
            self.place = Some((written, from));
            return Ok(0);
        };
        self.unwritten_events += count;
        if work.is_none() && self.unwritten_events < UNWRITTEN_EVENTS_MAX {
            self.place = Some((written, to));
            return Ok(count);
        }
        // If this fails nobody knows the place until it is read again.
        self.place = None;
        let follower = Arc::clone(&self.follower);
        let moved = self.store.write::<_, Error, _>(Scope::System, move |tx| {
            let moved = followers::advance(tx, follower.name(), written, to)?;
            if let (true, Some(work)) = (moved, &work) {
                follower.apply(tx, work)?;
            }
            Ok(moved)
        });
        if moved.await? {
            self.place = Some((to, to));
            self.unwritten_events = 0;
        }
        Ok(count)
    }

    /// Works until the end of the journal; for tests and simulations.
    ///
    /// What has committed but is held back by an older transaction is waited for.
    pub async fn catch_up(&mut self) -> Result<()> {
        loop {
            if self.step().await? > 0 {
                continue;
            }
            let Some((_, place)) = self.place else { continue };
            let look = move |tx: &mut ReadTx<'_>| events::any_after(tx, place);
            if !self.store.read::<_, Error, _>(Scope::System, look).await? {
                return Ok(());
            }
            tokio::time::sleep(HELD_BACK).await;
        }
    }

    /// The rest that is due now: none when nobody waits for the database.
    fn rest(&self, took: Duration) -> Duration {
        if self.store.work_waiting() == 0 {
            return Duration::ZERO;
        }
        self.follower.rest(took).min(REST_MAX)
    }

    /// Follows until `stop` turns true.
    pub async fn run(mut self, mut stop: watch::Receiver<bool>) {
        let mut wakes = self.store.wakes(Wake::Events);
        while !*stop.borrow() {
            wakes.borrow_and_update();
            let begun = tokio::time::Instant::now();
            let step = self.step().await;
            let rest = self.rest(begun.elapsed());
            let pause = match step {
                Ok(0) => POLL,
                // A full batch: there is more.
                Ok(count) if i64::try_from(count) == Ok(self.follower.batch_max()) => {
                    tokio::time::sleep(rest).await;
                    continue;
                }
                Ok(_) => LINGER,
                Err(error) => {
                    tracing::warn!(%error, follower = self.follower.name(), "will look again");
                    POLL
                }
            };
            let woken = async {
                if pause == LINGER {
                    std::future::pending::<()>().await;
                }
                drop(wakes.changed().await);
                tokio::time::sleep(LINGER).await;
            };
            tokio::select! {
                changed = stop.changed() => if changed.is_err() { break },
                () = woken => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }
}
