//! Checkpoints, off the message path: copying the write-ahead log into the database file is what makes
//! the slowest commits slow, so a thread of its own does most of it while the writer goes on.

use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

use rusqlite::Connection;
use rusqlite::hooks::Wal;

use super::sqlite::connect;
use super::threads::spawn;
use crate::error::{Error, Result};

/// When who copies, in pages of log (4 KiB each).
#[derive(Clone, Copy)]
struct Schedule {
    /// The background thread copies every so many pages: more often, and it would copy the same busy
    /// pages again and again.
    background_pages: i32,
    /// The writer itself copies the rest, so that the log starts anew: under unbroken load the
    /// background alone would never catch up with the end.
    writer_pages: i32,
}

const SCHEDULE: Schedule = Schedule { background_pages: 4_000, writer_pages: 64_000 };

/// Takes checkpoints over from SQLite's own schedule on the writer's connection.
pub(crate) fn take_over(writer: &mut Connection, path: &Path) -> Result<()> {
    let (asked, asks) = sync_channel(1);
    let background = connect(path)?;
    spawn("sqlite-checkpoint", move || background_loop(&background, &asks))?;
    watch(writer, SCHEDULE, asked)
}

fn watch(writer: &mut Connection, schedule: Schedule, asked: SyncSender<()>) -> Result<()> {
    let mut asked_at = 0;
    let hook = move |wal: &mut Wal, pages| {
        // A log that is shorter than it was has started anew.
        asked_at = if pages < asked_at { 0 } else { asked_at };
        // Close to the end the background keeps up with every commit, so that little is left to the
        // writer, whose copying everybody waits for.
        let is_close = pages >= schedule.writer_pages - schedule.background_pages;
        if pages >= schedule.writer_pages {
            // SQLite passes a hook's error on as the commit's, but the commit stands: whoever was told
            // otherwise would write again. Mostly the background thread is at it in this moment.
            if let Err(error) = wal.checkpoint() {
                tracing::debug!(%error, "the writer leaves this checkpoint to the next commit");
            }
        } else if is_close || pages - asked_at >= schedule.background_pages {
            asked_at = pages;
            ask(&asked);
        }
        Ok(())
    };
    writer.wal_hook(Some(hook)).map_err(|e| Error::sqlite(&e))
}

/// Copies all of the log and empties it: it keeps what was deleted until it is overwritten.
pub(crate) fn empty(path: &Path) -> Result<()> {
    let emptied = connect(path)?.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| {
        let is_busy: bool = row.get(0)?;
        Ok(!is_busy)
    });
    if emptied.map_err(|e| Error::sqlite(&e))? {
        return Ok(());
    }
    Err(Error::Unavailable { reason: "the write-ahead log is being read".to_owned() })
}

/// Asks for a checkpoint; one that is asked for already is enough.
fn ask(asked: &SyncSender<()>) {
    match asked.try_send(()) {
        Ok(()) | Err(TrySendError::Full(())) => {}
        Err(TrySendError::Disconnected(())) => tracing::error!("the checkpoint thread has ended"),
    }
}

fn background_loop(connection: &Connection, asks: &Receiver<()>) {
    while asks.recv().is_ok() {
        let copied = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
        if let Err(error) = copied {
            tracing::warn!(%error, "a checkpoint failed; the log grows until one succeeds");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicBool, Ordering};

    /// Commits of the test; enough that some meet a checkpoint of the other thread.
    const COMMITS: i64 = 3_000;

    #[test]
    fn a_commit_that_meets_another_checkpoint_is_not_called_a_failure() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("test.db");
        let mut writer = connect(&path).unwrap();
        writer.execute_batch("CREATE TABLE numbers (n INTEGER PRIMARY KEY)").unwrap();
        let (asked, _asks) = sync_channel(1);
        let always = Schedule { background_pages: 1, writer_pages: 1 };
        watch(&mut writer, always, asked).unwrap();
        let done = AtomicBool::new(false);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let other = connect(&path).unwrap();
                while !done.load(Ordering::Relaxed) {
                    let checkpoint = "PRAGMA wal_checkpoint(PASSIVE)";
                    other.query_row(checkpoint, [], |_| Ok(())).unwrap();
                }
            });
            let insert = "INSERT INTO numbers (n) VALUES (?1)";
            let refused = (0..COMMITS).find_map(|n| writer.execute(insert, [n]).err());
            done.store(true, Ordering::Relaxed);
            assert_eq!(refused, None);
        });
    }
}
