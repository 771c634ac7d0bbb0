//! Delivery in three phases: prepare (a transaction), call (none), record (a transaction).
//!
//! A message that is found in `sending` was being sent when its worker died: it ends `uncertain` and
//! is never sent a second time by itself.

use std::time::Duration;

use serde_json::Value;
use tertulia_channels::{self as channels, Dispatch, Outgoing, OutgoingFile, SendError};
use tertulia_domain::attachment::Attachment;
use tertulia_domain::delivery::{DeliveryStatus, Report, is_settled};
use tertulia_domain::inbox::{Channel, Inbox};
use tertulia_domain::message::Message;
use tertulia_domain::{AccountId, ConversationId, MessageId, Timestamp};
use tertulia_net::Request;
use tertulia_store::{Scope, channel_sessions, inboxes, messages};

use super::{Words, report_with};
use crate::views::AttachmentView;
use crate::{Change, Ctx, Engine, Error, Result};

/// The kind of the job that delivers one message.
pub const DELIVER: &str = "message.deliver";
/// How long a message may wait for the channel before it has expired.
const EXPIRY_SECS: u64 = 86_400;

/// What became of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Delivery {
    /// The message has its end; there is nothing left to do.
    Settled,
    /// Surely not sent; to be tried again.
    Again { after: Option<Duration>, reason: String },
}

/// What is to be called.
enum Prepared {
    Done,
    Call { channel: Channel, conversation: ConversationId, request: Box<Request> },
}

/// Delivers the message of a job's payload.
pub async fn deliver(engine: &Engine, account: AccountId, payload: &Value) -> Result<Delivery> {
    let ctx = Ctx::system(account);
    let field = |name: &str| payload.get(name).cloned().unwrap_or_default();
    let read = |e: serde_json::Error| Error::Internal(format!("payload of a delivery: {e}"));
    let message: MessageId = serde_json::from_value(field("message_id")).map_err(read)?;
    let queued_at: Timestamp = serde_json::from_value(field("queued_at")).map_err(read)?;
    match prepare(engine, &ctx, message, queued_at).await? {
        Prepared::Done => Ok(Delivery::Settled),
        Prepared::Call { channel, conversation, request } => {
            let now = engine.clock.now();
            let answer = channels::send(channel, &engine.http, *request, now).await;
            record(engine, &ctx, conversation, message, answer.map(drop)).await
        }
    }
}

async fn prepare(
    engine: &Engine,
    ctx: &Ctx,
    message: MessageId,
    queued_at: Timestamp,
) -> Result<Prepared> {
    let found = engine.store.read(Scope::Account(ctx.account_id), {
        let account = ctx.account_id;
        move |tx| messages::find(tx, account, message).map_err(Error::from)
    });
    // Erased in the meantime: nothing to deliver.
    let Some(conversation) = found.await?.map(|message| message.conversation_id) else {
        return Ok(Prepared::Done);
    };
    let base_url = engine.settings.link("");
    engine
        .transact_in_room(ctx, conversation, move |change| {
            start(change, conversation, message, queued_at, &base_url)
        })
        .await
}

fn start(
    change: &mut Change<'_, '_>,
    conversation: ConversationId,
    message: MessageId,
    queued_at: Timestamp,
    base_url: &str,
) -> Result<Prepared> {
    let (_, mut message) = change.message(conversation, message)?;
    let status = message.delivery.as_ref().map_or(DeliveryStatus::Canceled, |d| d.status);
    if is_settled(status) {
        return Ok(Prepared::Done);
    }
    let end = |change: &mut Change<'_, '_>, message: &mut Message, status, code: &str, detail| {
        let words = Words { code: Some(code.to_owned()), detail: Some(detail) };
        report_with(change, message, Report::Known(status), words).map(|_| Prepared::Done)
    };
    if status == DeliveryStatus::Sending {
        let detail = "the worker died while it was sending".to_owned();
        return end(change, &mut message, DeliveryStatus::Uncertain, "worker_lost", detail);
    }
    if change.now.since(queued_at) > Duration::from_secs(EXPIRY_SECS) {
        let detail = format!("it waited longer than {EXPIRY_SECS} s for the channel");
        return end(change, &mut message, DeliveryStatus::Expired, "expired", detail);
    }
    let Some((inbox, address)) = destination(change, &message)? else {
        let detail = "the inbox or the customer's address is gone".to_owned();
        return end(change, &mut message, DeliveryStatus::Rejected, "unreachable", detail);
    };
    let reply_to = quoted_external_id(change, &message)?;
    let outgoing = outgoing(&message, &address, reply_to.as_deref(), base_url);
    match channels::of(inbox.channel).render(&inbox, &outgoing, change.now) {
        Ok(Dispatch::Stream) => {
            let known = Report::Known(DeliveryStatus::Sent);
            report_with(change, &mut message, known, Words::default())?;
            Ok(Prepared::Done)
        }
        Ok(Dispatch::Http(request)) => {
            report_with(change, &mut message, Report::Started, Words::default())?;
            Ok(Prepared::Call { channel: inbox.channel, conversation, request })
        }
        Err(error) => {
            let detail = error.to_string();
            end(change, &mut message, DeliveryStatus::Rejected, "not_sendable", detail)
        }
    }
}

async fn record(
    engine: &Engine,
    ctx: &Ctx,
    conversation: ConversationId,
    message: MessageId,
    answer: Result<(), SendError>,
) -> Result<Delivery> {
    let (report, words, outcome) = match answer {
        Ok(()) => (Report::Known(DeliveryStatus::Sent), Words::default(), Delivery::Settled),
        Err(SendError::Rejected { code, detail }) => {
            let words = Words { code: Some(code), detail: Some(detail) };
            (Report::Known(DeliveryStatus::Rejected), words, Delivery::Settled)
        }
        Err(SendError::Unknown { code, detail }) => {
            let words = Words { code: Some(code), detail: Some(detail) };
            (Report::Known(DeliveryStatus::Uncertain), words, Delivery::Settled)
        }
        Err(SendError::RetryAfter { delay, detail }) => {
            let words = Words { code: None, detail: Some(detail.clone()) };
            (Report::Postponed, words, Delivery::Again { after: delay, reason: detail })
        }
    };
    engine
        .transact_in_room(ctx, conversation, move |change| {
            let (_, mut message) = change.message(conversation, message)?;
            report_with(change, &mut message, report, words.clone())
        })
        .await?;
    Ok(outcome)
}

fn destination(change: &mut Change<'_, '_>, message: &Message) -> Result<Option<(Inbox, String)>> {
    let account = change.ctx.account_id;
    let Some(session) = message.session_id else { return Ok(None) };
    let target = channel_sessions::target_of(change.tx, account, session)?;
    let door = inboxes::door(change.tx, account, message.inbox_id)?;
    Ok(door.zip(target).map(|(door, target)| (door.inbox, target.address)))
}

fn quoted_external_id(change: &mut Change<'_, '_>, message: &Message) -> Result<Option<String>> {
    let Some(quote) = &message.reply_to else { return Ok(None) };
    let quoted = messages::find(change.tx, change.ctx.account_id, quote.id)?;
    Ok(quoted.and_then(|quoted| quoted.external_id))
}

fn outgoing<'a>(
    message: &'a Message,
    address: &'a str,
    reply_to: Option<&'a str>,
    base_url: &str,
) -> Outgoing<'a> {
    let file = |file: &'a Attachment| OutgoingFile {
        url: format!("{base_url}{}", AttachmentView::from(file).url),
        name: &file.name,
        content_type: &file.content_type,
        size_bytes: file.size_bytes,
    };
    Outgoing {
        message_id: message.id,
        conversation_id: message.conversation_id,
        address,
        sender_name: &message.sender.name,
        content: &message.content,
        text: &message.text,
        files: message.attachments.iter().map(file).collect(),
        reply_to,
        created_at: message.created_at,
    }
}
