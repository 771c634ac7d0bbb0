//! Checkpoints, off the message path: copying the write-ahead log into the database file is what makes
//! the slowest commits slow, so a thread of its own does most of it while the writer goes on.

use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};

use rusqlite::Connection;

use super::sqlite::connect;
use super::threads::spawn;
use crate::error::{Error, Result};

/// Pages of log (4 KiB each) from which the background thread copies.
const BACKGROUND_PAGES: i32 = 1_000;
/// Pages of log at which the writer itself copies the rest, so that the log starts anew: under
/// unbroken load the background alone would never catch up with the end.
const WRITER_PAGES: i32 = 16_000;

/// Takes checkpoints over from SQLite's own schedule on the writer's connection.
pub(crate) fn take_over(writer: &mut Connection, path: &Path) -> Result<()> {
    let (asked, asks) = sync_channel(1);
    let background = connect(path)?;
    spawn("sqlite-checkpoint", move || background_loop(&background, &asks))?;
    writer
        .wal_hook(Some(move |wal: &mut rusqlite::hooks::Wal, pages| {
            if pages >= WRITER_PAGES {
                return wal.checkpoint();
            }
            if pages >= BACKGROUND_PAGES {
                ask(&asked);
            }
            Ok(())
        }))
        .map_err(|e| Error::sqlite(&e))
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
