//! Files that a message only names: it is stored and shown at once, they are fetched by a job.
//!
//! The channel knows the way to the bytes; limits, retries and what people are told are decided here.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tertulia_channels::{self as channels, FetchError};
use tertulia_domain::attachment::{Attachment, AttachmentState};
use tertulia_domain::event::EventKind;
use tertulia_domain::inbox::Inbox;
use tertulia_domain::message::Message;
use tertulia_domain::{AccountId, AttachmentId, ConversationId, Timestamp};
use tertulia_store::jobs::{self, NewJob};
use tertulia_store::{Scope, attachments, inboxes, messages};

use super::keep::{examine, forget, keep};
use crate::messages::record;
use crate::{Change, Ctx, Engine, Error, Result};

/// The kind of the job that fetches one file.
pub const FETCH: &str = "attachment.fetch";
/// How long a file is asked for before it is given up.
const FETCH_SECS: u64 = 3_600;

/// What became of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fetched {
    /// The file is there, or it is known that it never will be.
    Settled,
    /// To be tried again.
    Again { after: Option<Duration>, reason: String },
}

/// The payload of a job.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Order {
    attachment: AttachmentId,
    conversation: ConversationId,
    /// The provider's name of the file.
    reference: String,
    ordered_at: Timestamp,
}

/// Orders a file of a message, in the transaction that stores it. One pool per inbox keeps a server
/// that does not answer from taking every hand.
pub(crate) fn order(
    change: &mut Change<'_, '_>,
    message: &Message,
    file: &Attachment,
    reference: &str,
) -> Result<()> {
    let order = Order {
        attachment: file.id,
        conversation: message.conversation_id,
        reference: reference.to_owned(),
        ordered_at: change.now,
    };
    let pool = format!("files:{}", message.inbox_id);
    let job = NewJob {
        account: Some(change.ctx.account_id),
        kind: FETCH,
        lane: None,
        pool: Some(&pool),
        payload: &json!(order),
        run_at: change.now,
        now: change.now,
    };
    jobs::enqueue(change.tx, &job)?;
    Ok(())
}

/// Fetches the file of a job's payload.
pub async fn fetch(engine: &Engine, account: AccountId, payload: &Value) -> Result<Fetched> {
    let read = |e: serde_json::Error| Error::Internal(format!("payload of a file: {e}"));
    let order = Order::deserialize(payload).map_err(read)?;
    let Some((file, inbox)) = prepare(engine, account, order.attachment).await? else {
        return Ok(Fetched::Settled);
    };
    let (now, bytes_max) = (engine.clock.now(), engine.settings.uploads.bytes_max);
    let fetched = match inbox {
        Some(inbox) => {
            channels::fetch(&engine.http, &inbox, &order.reference, bytes_max, now).await
        }
        None => Err(refused("the inbox is gone")),
    };
    let settled = match fetched {
        Ok(bytes) if bytes.is_empty() => failed(file, "it is empty".to_owned()),
        Ok(bytes) => match examine(engine, &bytes).await {
            Ok(found) => keep(engine, file, bytes, found).await?,
            Err(Error::Invalid { detail, .. }) => failed(file, detail),
            Err(error) => return Err(error),
        },
        Err(FetchError::Refused { detail, .. }) => failed(file, detail),
        Err(FetchError::Later { delay, detail }) => {
            if now.since(order.ordered_at) < Duration::from_secs(FETCH_SECS) {
                return Ok(Fetched::Again { after: delay, reason: detail });
            }
            failed(file, format!("not within {FETCH_SECS} s: {detail}"))
        }
    };
    settle(engine, account, order.conversation, settled).await?;
    Ok(Fetched::Settled)
}

fn refused(detail: &str) -> FetchError {
    FetchError::Refused { code: "gone".to_owned(), detail: detail.to_owned() }
}

fn failed(file: Attachment, problem: String) -> Attachment {
    Attachment { state: AttachmentState::Failed, problem: Some(problem), ..file }
}

/// The file, if its message still waits for it, and the inbox that it came by.
async fn prepare(
    engine: &Engine,
    account: AccountId,
    attachment: AttachmentId,
) -> Result<Option<(Attachment, Option<Inbox>)>> {
    let read = engine.store.read(Scope::Account(account), move |tx| {
        let found = attachments::find(tx, account, attachment)?;
        let Some(file) = found.filter(|file| file.state == AttachmentState::Fetching) else {
            return Ok(None);
        };
        let Some(id) = file.message_id else { return Ok(None) };
        let Some(message) = messages::find(tx, account, id)? else { return Ok(None) };
        let inbox = inboxes::get(tx, account, message.inbox_id)?;
        Ok::<_, Error>(Some((file, inbox)))
    });
    read.await
}

/// Shows the file in its message, or why it is not there; if nobody waits any more, forgets it.
async fn settle(
    engine: &Engine,
    account: AccountId,
    conversation: ConversationId,
    file: Attachment,
) -> Result<()> {
    let settled = file.clone();
    let is_awaited = engine
        .transact_in_room(&Ctx::system(account), conversation, move |change| {
            if !attachments::settle(change.tx, &settled)? {
                return Ok(false);
            }
            let Some(id) = settled.message_id else { return Ok(false) };
            if let Some(message) = messages::find(change.tx, account, id)? {
                record(change, EventKind::MessageUpdated, &message)?;
            }
            Ok(true)
        })
        .await?;
    if !is_awaited && file.state == AttachmentState::Ready {
        forget(engine, &file).await;
    }
    Ok(())
}
