//! Sweeps away files that no message has: forgotten uploads, and files of deleted messages.

use std::time::Duration;

use tertulia_store::{Scope, WriteTx, attachments};

use crate::{Engine, Result};

/// Files of one sweep.
const SWEEP_MAX: i64 = 200;

/// Removes loose files and says how many went. A file is nobody's first, then its bytes go, then its row:
/// what fails half-way is found again by the next sweep.
pub async fn purge(engine: &Engine) -> Result<usize> {
    let loose = Duration::from_secs(engine.settings.uploads.loose_secs);
    let before = engine.clock.now().minus(loose);
    let read =
        engine.store.read(Scope::System, move |tx| attachments::loose(tx, before, SWEEP_MAX));
    let mut swept = 0;
    for file in read.await? {
        let (account, id) = (file.account_id, file.id);
        let scope = Scope::Account(account);
        let let_go = move |tx: &mut WriteTx<'_>| attachments::let_go(tx, account, id);
        if !engine.store.write(scope, let_go).await? {
            continue;
        }
        for key in std::iter::once(&file.blob_key).chain(&file.thumbnail_key) {
            engine.blobs.delete(key).await?;
        }
        let delete = move |tx: &mut WriteTx<'_>| attachments::delete_loose(tx, account, id);
        swept += usize::from(engine.store.write(scope, delete).await?);
    }
    Ok(swept)
}
