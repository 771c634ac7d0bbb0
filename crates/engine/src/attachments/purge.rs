//! Sweeps away files that no message has: forgotten uploads, and files of deleted messages.

use std::time::Duration;

use tertulia_store::{Scope, attachments};

use crate::{Engine, Result};

/// Files of one sweep.
const SWEEP_MAX: i64 = 200;

/// Removes loose files, rows first: what fails half-way is space lost, not a broken address.
/// Says how many went.
pub async fn purge(engine: &Engine) -> Result<usize> {
    let loose = Duration::from_secs(engine.settings.uploads.loose_secs);
    let before = engine.clock.now().minus(loose);
    let read =
        engine.store.read(Scope::System, move |tx| attachments::loose(tx, before, SWEEP_MAX));
    let mut swept = 0;
    for file in read.await? {
        let (account, id) = (file.account_id, file.id);
        let gone = engine
            .store
            .write(Scope::Account(account), move |tx| attachments::delete_loose(tx, account, id))
            .await?;
        if gone {
            for key in std::iter::once(&file.blob_key).chain(&file.thumbnail_key) {
                engine.blobs.delete(key).await?;
            }
            swept += 1;
        }
    }
    Ok(swept)
}
