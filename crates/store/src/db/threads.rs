//! Named threads that own a connection; they end when the store's handles are gone.

use std::thread;

use crate::error::{Error, Result};

/// Starts a thread.
pub(crate) fn spawn(name: &str, body: impl FnOnce() + Send + 'static) -> Result<()> {
    let spawned = thread::Builder::new().name(name.to_owned()).spawn(body);
    spawned.map(drop).map_err(|e| Error::Unavailable { reason: format!("no thread: {e}") })
}
