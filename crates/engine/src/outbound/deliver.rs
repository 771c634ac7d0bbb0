//! Delivery in three phases: prepare (a transaction), call (none), record (a transaction).
//!
//! A message that is found in `sending` was being sent when its worker died: it ends `uncertain` and
//! is never sent a second time by itself. One that goes out in several calls remembers each that went
//! through, and never repeats it.

use std::collections::VecDeque;
use std::time::Duration;

use serde_json::Value;
use tertulia_channels::{self as channels, Call, Dispatch, Outgoing, OutgoingFile};
use tertulia_domain::attachment::Attachment;
use tertulia_domain::delivery::{DeliveryStatus, Report, is_settled};
use tertulia_domain::inbox::Inbox;
use tertulia_domain::message::Message;
use tertulia_domain::{AccountId, ConversationId, MessageId, Timestamp};
use tertulia_store::{Scope, message_parts, messages};

use super::way::{Way, quoted_external_id, way};
use super::{Words, outcome, pace, report_with};
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
    Done(Delivery),
    Calls(Box<Sending>),
}

/// A message on its way.
pub(super) struct Sending {
    pub(super) message: MessageId,
    pub(super) conversation: ConversationId,
    pub(super) inbox: Inbox,
    pub(super) address: String,
    pub(super) files: Vec<Attachment>,
    /// The number of the first of `calls`.
    pub(super) number: i64,
    /// How many there are in all.
    pub(super) of: usize,
    calls: VecDeque<Call>,
}

/// Delivers the message of a job's payload.
pub async fn deliver(engine: &Engine, account: AccountId, payload: &Value) -> Result<Delivery> {
    let ctx = Ctx::system(account);
    let field = |name: &str| payload.get(name).cloned().unwrap_or_default();
    let read = |e: serde_json::Error| Error::Internal(format!("payload of a delivery: {e}"));
    let message: MessageId = serde_json::from_value(field("message_id")).map_err(read)?;
    let queued_at: Timestamp = serde_json::from_value(field("queued_at")).map_err(read)?;
    let mut sending = match prepare(engine, &ctx, message, queued_at).await? {
        Prepared::Done(delivery) => return Ok(delivery),
        Prepared::Calls(sending) => sending,
    };
    while let Some(call) = sending.calls.pop_front() {
        let answer = super::call::make(engine, &sending.inbox, &sending.files, call).await;
        let next = sending.calls.front().map(Call::messages);
        if let Some(end) = outcome::record(engine, &ctx, &sending, answer, next).await? {
            return Ok(end);
        }
        sending.number += 1;
    }
    Ok(Delivery::Settled)
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
        return Ok(Prepared::Done(Delivery::Settled));
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
        return Ok(Prepared::Done(Delivery::Settled));
    }
    let end = |change: &mut Change<'_, '_>, message: &mut Message, status, code: &str, detail| {
        let words = Words { code: Some(code.to_owned()), detail: Some(detail) };
        report_with(change, message, Report::Known(status), words)
            .map(|_| Prepared::Done(Delivery::Settled))
    };
    if status == DeliveryStatus::Sending {
        let detail = "the worker died while it was sending".to_owned();
        return end(change, &mut message, DeliveryStatus::Uncertain, "worker_lost", detail);
    }
    if change.now.since(queued_at) > Duration::from_secs(EXPIRY_SECS) {
        let detail = format!("it waited longer than {EXPIRY_SECS} s for the channel");
        return end(change, &mut message, DeliveryStatus::Expired, "expired", detail);
    }
    let Some(Way { inbox, address }) = way(change, &message)? else {
        let detail = "the inbox or the customer's address is gone".to_owned();
        return end(change, &mut message, DeliveryStatus::Rejected, "unreachable", detail);
    };
    let reply_to = quoted_external_id(change, &message)?;
    let outgoing = outgoing(&message, &address, reply_to.as_deref(), base_url);
    match channels::of(inbox.channel).render(&inbox, &outgoing, change.now) {
        Ok(Dispatch::Stream) => {
            let known = Report::Known(DeliveryStatus::Sent);
            report_with(change, &mut message, known, Words::default())?;
            Ok(Prepared::Done(Delivery::Settled))
        }
        Ok(Dispatch::Calls(calls)) => begin(change, message, inbox, address, calls),
        Err(error) => match outcome::unsendable(error) {
            Ok((code, detail)) => {
                end(change, &mut message, DeliveryStatus::Rejected, &code, detail)
            }
            Err(again) => Ok(Prepared::Done(again)),
        },
    }
}

/// Takes a turn and goes on behind the calls that went through before.
fn begin(
    change: &mut Change<'_, '_>,
    mut message: Message,
    inbox: Inbox,
    address: String,
    calls: Vec<Call>,
) -> Result<Prepared> {
    let parts = message_parts::list(change.tx, change.ctx.account_id, message.id)?;
    let number = parts.iter().map(|part| part.call + 1).max().unwrap_or(0);
    let of = calls.len();
    let done = usize::try_from(number).unwrap_or(usize::MAX).min(of);
    let calls: VecDeque<Call> = calls.into_iter().skip(done).collect();
    if calls.is_empty() {
        let known = Report::Known(DeliveryStatus::Sent);
        report_with(change, &mut message, known, Words::default())?;
        return Ok(Prepared::Done(Delivery::Settled));
    }
    let holder = format!("message:{}", message.id);
    let messages = calls.front().map_or(1, Call::messages);
    if let Some(pace) = channels::of(inbox.channel).pace(&address)
        && let Some(wait) = pace::turn(change, inbox.id, &address, (&holder, messages), pace)?
    {
        return Ok(Prepared::Done(outcome::wait(wait)));
    }
    report_with(change, &mut message, Report::Started, Words::default())?;
    let (conversation, files) = (message.conversation_id, message.attachments);
    let message = message.id;
    let sending = Sending { message, conversation, inbox, address, files, number, of, calls };
    Ok(Prepared::Calls(Box::new(sending)))
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
        spans: &message.spans,
        files: message.attachments.iter().map(file).collect(),
        reply_to,
        created_at: message.created_at,
    }
}
