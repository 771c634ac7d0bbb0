//! The one way a message gets into a room: next number, row, files, counters, event.

use serde::Serialize;
use tertulia_domain::attachment::Attachment;
use tertulia_domain::content::Content;
use tertulia_domain::conversation::Conversation;
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_domain::event::EventKind;
use tertulia_domain::message::{
    Delivery, Direction, Message, Quote, Sender, SenderKind, Visibility,
};
use tertulia_domain::span::Span;
use tertulia_domain::{ChannelSessionId, InboxId, MessageId, Timestamp};
use tertulia_store::messages::{self, NewMessage};
use tertulia_store::{Json, attachments, rooms};

use crate::views::MessageView;
use crate::{Change, Error, Fact, Result};

/// A message that is about to get its number.
pub(crate) struct Entry<'a> {
    pub(crate) direction: Direction,
    pub(crate) visibility: Visibility,
    pub(crate) sender: Sender,
    pub(crate) content: &'a Content,
    /// Formatting of the content's text.
    pub(crate) spans: &'a [Span],
    /// Where it came from or goes to; the conversation's own inbox when there is no session.
    pub(crate) session: Option<(ChannelSessionId, InboxId)>,
    pub(crate) reply_to: Option<Quote>,
    pub(crate) client_id: Option<&'a str>,
    pub(crate) external_id: Option<&'a str>,
    pub(crate) files: Files<'a>,
    pub(crate) delivery: Option<DeliveryStatus>,
    /// The provider's clock.
    pub(crate) sent_at: Option<Timestamp>,
}

/// Uploads to tie to the message, and who uploaded them.
#[derive(Default)]
pub(crate) struct Files<'a> {
    /// `None`: a provider's hook, which may tie any upload whose token it knows.
    pub(crate) owner: Option<String>,
    pub(crate) tokens: &'a [String],
    /// Files that the message only names; they have a place, and come later.
    pub(crate) named: &'a [Attachment],
}

impl Files<'_> {
    fn count(&self) -> usize {
        self.tokens.len() + self.named.len()
    }
}

impl<'a> Entry<'a> {
    /// An outgoing entry with nothing around its content.
    pub(crate) fn new(sender: Sender, content: &'a Content, visibility: Visibility) -> Self {
        Self {
            direction: Direction::Out,
            visibility,
            sender,
            content,
            spans: &[],
            session: None,
            reply_to: None,
            client_id: None,
            external_id: None,
            files: Files::default(),
            delivery: None,
            sent_at: None,
        }
    }
}

/// Writes the message. The caller holds the room's lock and saves the conversation afterwards.
pub(crate) fn append(
    change: &mut Change<'_, '_>,
    conversation: &mut Conversation,
    entry: Entry<'_>,
) -> Result<Message> {
    let account = change.ctx.account_id;
    let seq = rooms::next_seq(change.tx, account, conversation.room_id)?;
    let text = entry.content.plain_text();
    let inbox_id = entry.session.map_or(conversation.inbox_id, |(_, inbox)| inbox);
    let session_id = entry.session.map(|(session, _)| session);
    let new = NewMessage {
        room_id: conversation.room_id,
        conversation_id: conversation.id,
        inbox_id,
        session_id,
        seq,
        direction: entry.direction,
        visibility: entry.visibility,
        sender: &entry.sender,
        content: entry.content,
        text: &text,
        spans: entry.spans,
        reply_to: entry.reply_to.as_ref().map(|quote| quote.id),
        client_id: entry.client_id,
        external_id: entry.external_id,
        attachment_count: i64::try_from(entry.files.count()).unwrap_or(i64::MAX),
        delivery: entry.delivery,
        sent_at: entry.sent_at,
        at: change.now,
    };
    let id = messages::insert(change.tx, account, &new)?;
    let message = Message {
        id,
        room_id: conversation.room_id,
        conversation_id: conversation.id,
        inbox_id,
        session_id,
        seq,
        direction: entry.direction,
        visibility: entry.visibility,
        sender: entry.sender,
        content: entry.content.clone(),
        text,
        spans: entry.spans.to_vec(),
        reply_to: entry.reply_to,
        client_id: entry.client_id.map(str::to_owned),
        external_id: entry.external_id.map(str::to_owned),
        attachments: tie(change, &entry.files, id)?,
        reactions: Vec::new(),
        delivery: entry.delivery.map(|status| Delivery {
            status,
            code: None,
            detail: None,
            at: change.now,
        }),
        edited_at: None,
        deleted_at: None,
        created_at: change.now,
    };
    count(conversation, &message);
    record(change, EventKind::MessageCreated, &message)?;
    Ok(message)
}

/// The data of an event about a message.
#[derive(Serialize)]
struct MessageData {
    message: MessageView,
}

/// Records a message as it is now.
pub(crate) fn record(
    change: &mut Change<'_, '_>,
    kind: EventKind,
    message: &Message,
) -> Result<()> {
    let data = Json::of(&MessageData { message: MessageView::from(message) });
    let data = data.map_err(|e| Error::Internal(format!("message {}: {e}", message.id)))?;
    let fact = Fact::new(kind, data);
    let fact = fact.at(message.room_id, message.conversation_id, message.inbox_id);
    let fact = match message.visibility {
        Visibility::Public => fact.for_everyone(),
        Visibility::Note | Visibility::Activity => fact,
    };
    change.record(&fact).map(drop)
}

/// What a new message means for its conversation.
fn count(conversation: &mut Conversation, message: &Message) {
    conversation.last_seq = message.seq;
    if message.visibility == Visibility::Activity {
        return;
    }
    conversation.preview_seq = message.seq;
    conversation.last_activity_at = message.created_at;
    if message.visibility != Visibility::Public {
        return;
    }
    match message.direction {
        Direction::In => {
            conversation.customer_messages += 1;
            conversation.last_customer_seq = message.seq;
            conversation.waiting_since.get_or_insert(message.created_at);
        }
        // Tertulia's own lines (a greeting) answer nothing, nor does an app that has asked for people.
        Direction::Out
            if message.sender.kind != SenderKind::System
                && conversation.control.offered_at.is_none() =>
        {
            conversation.waiting_since = None;
        }
        Direction::Out => {}
    }
}

fn tie(
    change: &mut Change<'_, '_>,
    files: &Files<'_>,
    message: MessageId,
) -> Result<Vec<Attachment>> {
    let account = change.ctx.account_id;
    let mut tied = Vec::with_capacity(files.count());
    for (index, token) in files.tokens.iter().enumerate() {
        let file = attachments::tie(change.tx, account, files.owner.as_deref(), token, message)?;
        let missing = || {
            let pointer = format!("/attachments/{index}");
            Error::invalid(pointer, "is not an upload of yours, or is in a message already")
        };
        tied.push(file.ok_or_else(missing)?);
    }
    for file in files.named {
        let mut file = Attachment { message_id: Some(message), ..file.clone() };
        file.id = attachments::create(change.tx, &file, &change.ctx.principal())?;
        tied.push(file);
    }
    Ok(tied)
}
