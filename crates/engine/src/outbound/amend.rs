//! Edits, deletions and reactions on their way to the customer, in the lane of their conversation.
//!
//! What goes out is the message as it is by then, so an attempt can be repeated without harm, and of two
//! edits that wait both say the last words.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::json;
use tertulia_channels::{self as channels, Amended, Call, Dispatch, OutgoingAmendment, SendError};
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_domain::event::EventKind;
use tertulia_domain::inbox::Inbox;
use tertulia_domain::message::{Delivery as State, Message, Sender, SenderKind, Visibility};
use tertulia_domain::{AccountId, MessageId, Timestamp};
use tertulia_jobs::Job;
use tertulia_store::jobs::{self, NewJob};
use tertulia_store::{Scope, channel_sessions, inboxes, message_parts, messages};

use super::{Delivery, call, outcome, pace};
use crate::messages::record;
use crate::{Change, Ctx, Engine, Error, Result};

/// The kind of the job that tells of one amendment.
pub const AMEND: &str = "message.amend";
/// How long an amendment may wait for the channel.
const EXPIRY_SECS: u64 = 86_400;

/// What has changed about a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Amendment {
    Edit,
    Delete,
    /// Of this sender.
    Reaction {
        kind: SenderKind,
        id: Option<i64>,
    },
}

/// The payload of a job.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Order {
    message: MessageId,
    what: Amendment,
    /// Who did it; a reaction that was taken back no longer says so.
    name: String,
    at: Timestamp,
}

/// Sees to it that the customer hears of a change by a person, if it does not reach them by itself.
pub(crate) fn amend(
    change: &mut Change<'_, '_>,
    message: &Message,
    sender: &Sender,
    what: Amendment,
) -> Result<()> {
    let by_customer = sender.kind == SenderKind::Customer;
    if by_customer || message.visibility != Visibility::Public || !has_gone_out(message) {
        return Ok(());
    }
    let account = change.ctx.account_id;
    let Some(inbox) = inboxes::get(change.tx, account, message.inbox_id)? else { return Ok(()) };
    if channels::of(inbox.channel).capabilities().streams {
        return Ok(());
    }
    let order = Order { message: message.id, what, name: sender.name.clone(), at: change.now };
    let lane = format!("conversation:{}", message.conversation_id);
    let pool = format!("inbox:{}", message.inbox_id);
    let job = NewJob {
        account: Some(account),
        kind: AMEND,
        lane: Some(&lane),
        pool: Some(&pool),
        payload: &json!(order),
        run_at: change.now,
        now: change.now,
    };
    jobs::enqueue(change.tx, &job)?;
    Ok(())
}

/// What waits goes out as it is by then; what was refused is not there to be amended.
fn has_gone_out(message: &Message) -> bool {
    message.delivery.as_ref().is_none_or(|delivery| match delivery.status {
        DeliveryStatus::Sending
        | DeliveryStatus::Sent
        | DeliveryStatus::Delivered
        | DeliveryStatus::Read
        | DeliveryStatus::Uncertain => true,
        DeliveryStatus::Queued
        | DeliveryStatus::Rejected
        | DeliveryStatus::Expired
        | DeliveryStatus::Canceled => false,
    })
}

/// Tells the channel of a job's amendment.
pub async fn deliver_amendment(engine: &Engine, account: AccountId, job: &Job) -> Result<Delivery> {
    let read = |e: serde_json::Error| Error::Internal(format!("payload of an amendment: {e}"));
    let order = Order::deserialize(&job.payload).map_err(read)?;
    let Some(found) = prepare(engine, account, order.message).await? else {
        return Ok(Delivery::Settled);
    };
    let Found { message, inbox, address, parts } = found;
    let (id, now) = (format!("chg_{}", job.id), engine.clock.now());
    let outgoing = outgoing(&order, &message, &id, (&address, &parts));
    let answer = match channels::of(inbox.channel).render_amendment(&inbox, &outgoing, now) {
        Ok(Dispatch::Stream) => return Ok(Delivery::Settled),
        Ok(Dispatch::Calls(calls)) => {
            if let Some(wait) = turn(engine, account, &inbox, &address, &id).await? {
                return Ok(outcome::wait(wait));
            }
            make_all(engine, &inbox, calls).await
        }
        Err(error) => Err(error),
    };
    let (after, reason) = match answer {
        Ok(()) => return Ok(Delivery::Settled),
        Err(
            SendError::Rejected { detail, .. }
            | SendError::Unreachable { detail, .. }
            | SendError::Formatting { detail },
        ) => {
            refused(engine, account, &message, detail).await?;
            return Ok(Delivery::Settled);
        }
        Err(SendError::RetryAfter { delay, detail }) => (delay, detail),
        Err(
            SendError::Unknown { detail, .. }
            | SendError::Moved { detail, .. }
            | SendError::Disconnected { detail },
        ) => (None, detail),
    };
    if now.since(order.at) < Duration::from_secs(EXPIRY_SECS) {
        return Ok(Delivery::Again { after, reason });
    }
    refused(engine, account, &message, format!("not within {EXPIRY_SECS} s: {reason}")).await?;
    Ok(Delivery::Settled)
}

/// Every call of an amendment can be repeated, so one that fails repeats them all.
async fn make_all(engine: &Engine, inbox: &Inbox, calls: Vec<Call>) -> Result<(), SendError> {
    for call in calls {
        call::make(engine, inbox, &[], call).await?;
    }
    Ok(())
}

/// Takes a turn, or says how long to wait for it.
async fn turn(
    engine: &Engine,
    account: AccountId,
    inbox: &Inbox,
    address: &str,
    holder: &str,
) -> Result<Option<Duration>> {
    let Some(pace) = channels::of(inbox.channel).pace(address) else { return Ok(None) };
    let (id, address, holder) = (inbox.id, address.to_owned(), holder.to_owned());
    engine
        .transact(&Ctx::system(account), move |change| {
            pace::turn(change, id, &address, (&holder, 1), pace)
        })
        .await
}

/// A message with its way to the customer.
struct Found {
    message: Message,
    inbox: Inbox,
    address: String,
    parts: Vec<String>,
}

/// The message with its way to the customer, if both are there.
async fn prepare(engine: &Engine, account: AccountId, id: MessageId) -> Result<Option<Found>> {
    let read = engine.store.read(Scope::Account(account), move |tx| {
        let found = messages::find(tx, account, id)?.filter(has_gone_out);
        let Some(message) = found else { return Ok(None) };
        let Some(session) = message.session_id else { return Ok(None) };
        let inbox = inboxes::get(tx, account, message.inbox_id)?;
        let target = channel_sessions::target_of(tx, account, session)?;
        let parts = message_parts::list(tx, account, message.id)?;
        let parts = parts.into_iter().map(|part| part.external_id).collect();
        let way = inbox.zip(target);
        Ok::<_, Error>(way.map(|(inbox, target)| {
            let address = target.address;
            Found { message, inbox, address, parts }
        }))
    });
    read.await
}

fn outgoing<'a>(
    order: &'a Order,
    message: &'a Message,
    id: &'a str,
    (address, parts): (&'a str, &'a [String]),
) -> OutgoingAmendment<'a> {
    let what = match order.what {
        Amendment::Delete => Amended::Delete,
        Amendment::Edit if message.deleted_at.is_some() => Amended::Delete,
        Amendment::Edit => {
            let (content, text, spans) = (&message.content, &message.text, &message.spans);
            Amended::Edit { content, text, spans }
        }
        Amendment::Reaction { kind, id } => {
            let mut reactions = message.reactions.iter();
            let mine = reactions.find(|reaction| reaction.kind == kind && reaction.id == id);
            let emoji = mine.map(|reaction| reaction.emoji.as_str());
            Amended::Reaction { sender_name: &order.name, emoji }
        }
    };
    OutgoingAmendment {
        id,
        message_id: message.id,
        external_id: message.external_id.as_deref(),
        parts,
        files: message.attachments.len(),
        conversation_id: message.conversation_id,
        address,
        what,
        at: order.at,
    }
}

/// Says at the message that the customer does not see it as it is; its delivery stays what it was.
async fn refused(
    engine: &Engine,
    account: AccountId,
    message: &Message,
    detail: String,
) -> Result<()> {
    let (conversation, id) = (message.conversation_id, message.id);
    tracing::warn!(message.id = id.0, "the channel did not take a change of a message");
    engine
        .transact_in_room(&Ctx::system(account), conversation, move |change| {
            let Some(mut message) = messages::find(change.tx, account, id)? else { return Ok(()) };
            let Some(delivery) = message.delivery.take() else { return Ok(()) };
            let (code, detail) = (Some("change_refused".to_owned()), Some(detail.clone()));
            let told = State { code, detail, ..delivery };
            messages::record_delivery(change.tx, account, id, &told)?;
            message.delivery = Some(told);
            record(change, EventKind::MessageUpdated, &message)
        })
        .await
}
