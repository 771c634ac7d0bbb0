//! Small things to tell a provider that are worth one try and no more: that a tap was seen, that
//! somebody writes.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tertulia_channels::{self as channels, Errand};
use tertulia_domain::{AccountId, ConversationId, InboxId, Timestamp};
use tertulia_store::jobs::{self, NewJob};
use tertulia_store::{Scope, channel_sessions, inboxes};

use super::call;
use crate::{Change, Ctx, Engine, Error, Result};

/// The kind of the job that answers a tap.
pub const ERRAND: &str = "inbox.errand";

/// How long a sign of typing is shown.
const TYPING: Duration = Duration::from_secs(5);

/// The payload of a job.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "errand", rename_all = "snake_case")]
enum Order {
    Tap { inbox: InboxId, tap_id: String },
    Typing { inbox: InboxId, address: String, at: Timestamp },
}

/// Has a tap answered, for which the customer's application waits.
pub(crate) fn run_errand(change: &mut Change<'_, '_>, inbox: InboxId, tap_id: &str) -> Result<()> {
    enqueue(change, inbox, &Order::Tap { inbox, tap_id: tap_id.to_owned() })
}

/// Shows the customer that somebody writes, where the channel has such a thing.
pub async fn show_typing(
    engine: &Engine,
    account: AccountId,
    conversation: ConversationId,
) -> Result<()> {
    let target = engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            let Some(target) = channel_sessions::target(tx, account, conversation)? else {
                return Ok(None);
            };
            Ok(inboxes::get(tx, account, target.inbox_id)?.map(|inbox| (inbox, target.address)))
        })
        .await?;
    let Some((inbox, address)) = target else { return Ok(()) };
    let errand = Errand::Typing { address: &address };
    if channels::of(inbox.channel).render_errand(&inbox, &errand).is_none() {
        return Ok(());
    }
    engine
        .transact(&Ctx::system(account), move |change| {
            let (inbox, at) = (inbox.id, change.now);
            enqueue(change, inbox, &Order::Typing { inbox, address: address.clone(), at })
        })
        .await
}

fn enqueue(change: &mut Change<'_, '_>, inbox: InboxId, order: &Order) -> Result<()> {
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
    match Order::deserialize(payload).map_err(read)? {
        Order::Tap { inbox, tap_id } => {
            tell(engine, account, inbox, &Errand::AnswerTap { tap_id: &tap_id }).await
        }
        // What somebody did a while ago is no news.
        Order::Typing { at, .. } if engine.clock.now().since(at) > TYPING => Ok(()),
        Order::Typing { inbox, address, .. } => {
            tell(engine, account, inbox, &Errand::Typing { address: &address }).await
        }
    }
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
