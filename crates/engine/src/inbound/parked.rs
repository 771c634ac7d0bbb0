//! What waited a day for its message goes into quarantine, where people see it.

use std::time::Duration;

use tertulia_store::parked::{self, Stale};
use tertulia_store::{Scope, parked::stale};

use super::quarantine::quarantine;
use crate::{Ctx, Engine, Error, Result};

/// The kind of the periodic job.
pub const SWEEP_PARKED: &str = "inbound.sweep_parked";
/// How long an item waits for its message.
const PARKED_SECS: u64 = 86_400;
/// Items of one turn.
const ITEMS_MAX: i64 = 500;

/// Gives up on items whose message did not come; says on how many.
pub async fn sweep_parked(engine: &Engine) -> Result<usize> {
    let before = engine.clock.now().minus(Duration::from_secs(PARKED_SECS));
    let found = engine
        .store
        .read(Scope::System, move |tx| stale(tx, before, ITEMS_MAX).map_err(Error::from))
        .await?;
    let count = found.len();
    for item in found {
        give_up(engine, item).await?;
    }
    Ok(count)
}

async fn give_up(engine: &Engine, item: Stale) -> Result<()> {
    engine
        .transact(&Ctx::system(item.account_id), move |change| {
            if parked::remove(change.tx, item.account_id, item.id)? {
                let raw = item.item.to_string();
                quarantine(change, item.inbox_id, "its message never came", raw.as_bytes())?;
            }
            Ok(())
        })
        .await
}
