//! Small things to tell a provider that are worth one try and no more: that a tap was seen, that
//! somebody writes.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tertulia_channels::{self as channels, Errand};
use tertulia_domain::{AccountId, InboxId};
use tertulia_store::jobs::{self, NewJob};
use tertulia_store::{Scope, inboxes};

use super::call;
use crate::{Change, Engine, Error, Result};

/// The kind of the job that answers a tap.
pub const ERRAND: &str = "inbox.errand";

/// The payload of a job.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Order {
    inbox: InboxId,
    tap_id: String,
}

/// Has a tap answered, for which the customer's application waits.
pub(crate) fn run_errand(change: &mut Change<'_, '_>, inbox: InboxId, tap_id: &str) -> Result<()> {
    let order = Order { inbox, tap_id: tap_id.to_owned() };
    let pool = format!("inbox:{inbox}");
    let job = NewJob {
        account: Some(change.ctx.account_id),
        kind: ERRAND,
        lane: None,
        pool: Some(&pool),
        payload: &json!(order),
        run_at: change.now,
        now: change.now,
    };
    jobs::enqueue(change.tx, &job)?;
    Ok(())
}

/// Answers the tap of a job's payload.
pub async fn errand(engine: &Engine, account: AccountId, payload: &Value) -> Result<()> {
    let read = |e: serde_json::Error| Error::Internal(format!("payload of an errand: {e}"));
    let order = Order::deserialize(payload).map_err(read)?;
    tell(engine, account, order.inbox, &Errand::AnswerTap { tap_id: &order.tap_id }).await
}

/// Makes the call; what comes of it is not worth a second try.
async fn tell(
    engine: &Engine,
    account: AccountId,
    inbox: InboxId,
    errand: &Errand<'_>,
) -> Result<()> {
    let found = engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            Ok(inboxes::get(tx, account, inbox)?)
        })
        .await?;
    let Some(inbox) = found else { return Ok(()) };
    if let Some(call) = channels::of(inbox.channel).render_errand(&inbox, errand)
        && let Err(error) = call::make(engine, &inbox, &[], call).await
    {
        tracing::debug!(inbox.id = inbox.id.0, %error, "an errand failed");
    }
    Ok(())
}
