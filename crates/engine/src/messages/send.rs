//! A person writes: to the customer, or a note to colleagues.

use tertulia_channels as channels;
use tertulia_domain::access::Permission;
use tertulia_domain::content::Content;
use tertulia_domain::conversation::Conversation;
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_domain::message::{Message, Visibility};
use tertulia_domain::span::{self, Span};
use tertulia_domain::{ConversationId, MessageId};
use tertulia_store::channel_sessions::{self, Target};
use tertulia_store::messages;

use super::{Entry, Files, append, quote};
use crate::control::{speak_as_app, take_over};
use crate::conversations::closed;
use crate::outbound;
use crate::views::MessageView;
use crate::{Change, Ctx, Engine, Error, Result};

/// Longest id that a client may give its message, in characters.
const CLIENT_ID_CHARS_MAX: usize = 100;

/// Longest id of the other side, in characters.
const EXTERNAL_ID_CHARS_MAX: usize = 255;

/// What is to be sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Send {
    pub conversation: ConversationId,
    pub content: Content,
    /// Formatting of the text.
    pub spans: Vec<Span>,
    pub visibility: Visibility,
    /// The same value again gives the same message again.
    pub client_id: Option<String>,
    /// The other side's id, when the message was written there; the same one again gives the same
    /// message again.
    pub external_id: Option<String>,
    pub reply_to: Option<MessageId>,
    /// Tokens of uploads.
    pub attachments: Vec<String>,
    /// The last message that the writer has seen.
    pub expected_seq: Option<i64>,
}

/// Sends a message. A public one of a person takes control of the conversation; one of an app is refused
/// unless the app holds it.
pub async fn send(engine: &Engine, ctx: &Ctx, command: Send) -> Result<MessageView> {
    ctx.require(Permission::ConversationsWrite)?;
    check(&command.content, &command.attachments, command.client_id.as_deref())?;
    let text = command.content.plain_text();
    span::validate(&command.spans, &text).map_err(|e| Error::content("", &e))?;
    engine.commit_in_room(ctx, command.conversation, move |change| write(change, &command)).await
}

/// Checks what can be checked without the database.
pub(crate) fn check(
    content: &Content,
    attachments: &[String],
    client_id: Option<&str>,
) -> Result<()> {
    content.validate().map_err(|e| Error::content("/content", &e))?;
    if content.needs_attachment() && attachments.is_empty() {
        let detail = format!("content of the type {} needs a file", content.kind());
        return Err(Error::invalid("/attachments", detail));
    }
    let length = client_id.map_or(0, |id| id.chars().count());
    if length > CLIENT_ID_CHARS_MAX || client_id.is_some_and(|id| id.contains('\0')) {
        let detail = format!("has {length} characters; at most {CLIENT_ID_CHARS_MAX}, without NUL");
        return Err(Error::invalid("/client_id", detail));
    }
    Ok(())
}

pub(crate) fn write(change: &mut Change<'_, '_>, command: &Send) -> Result<MessageView> {
    let mut conversation = change.conversation(command.conversation)?;
    if let Some(before) = written_before(change, &conversation, command.client_id.as_deref())? {
        return Ok(MessageView::from(&before));
    }
    if let Some(before) = written_elsewhere(change, &conversation, command)? {
        return Ok(MessageView::from(&before));
    }
    let message = match command.visibility {
        Visibility::Public => reply(change, &mut conversation, command)?,
        Visibility::Note => note(change, &mut conversation, command)?,
        Visibility::Activity => {
            return Err(Error::invalid("/visibility", "only Tertulia writes activities"));
        }
    };
    Ok(MessageView::from(&message))
}

/// The message that the client wrote under this id before.
fn written_before(
    change: &mut Change<'_, '_>,
    conversation: &Conversation,
    client_id: Option<&str>,
) -> Result<Option<Message>> {
    let Some(client_id) = client_id else { return Ok(None) };
    let account = change.ctx.account_id;
    let found = messages::by_client_id(change.tx, account, conversation.room_id, client_id)?;
    let me = change.ctx.sender();
    match found {
        Some(message) if message.sender.kind != me.kind || message.sender.id != me.id => {
            Err(Error::invalid("/client_id", "was used by somebody else in this room"))
        }
        found => Ok(found),
    }
}

/// The message that came in from the other side under this id before.
fn written_elsewhere(
    change: &mut Change<'_, '_>,
    conversation: &Conversation,
    command: &Send,
) -> Result<Option<Message>> {
    let Some(id) = command.external_id.as_deref() else { return Ok(None) };
    check_external_id(id)?;
    let account = change.ctx.account_id;
    let target = match command.visibility {
        Visibility::Public => channel_sessions::target(change.tx, account, conversation.id)?,
        Visibility::Note | Visibility::Activity => None,
    };
    let inbox = target.map_or(conversation.inbox_id, |target| target.inbox_id);
    match messages::by_external_id(change.tx, account, inbox, id)? {
        Some(message) if message.conversation_id != conversation.id => {
            Err(Error::invalid("/source_id", "was used in another conversation"))
        }
        found => Ok(found),
    }
}

/// Checks the other side's id of a message.
pub(crate) fn check_external_id(id: &str) -> Result<()> {
    let length = id.chars().count();
    if (1..=EXTERNAL_ID_CHARS_MAX).contains(&length) && !id.contains('\0') {
        return Ok(());
    }
    let detail = format!("has {length} characters; at most {EXTERNAL_ID_CHARS_MAX}, without NUL");
    Err(Error::invalid("/source_id", detail))
}

fn reply(
    change: &mut Change<'_, '_>,
    conversation: &mut Conversation,
    command: &Send,
) -> Result<Message> {
    if conversation.resolved_at.is_some() {
        return Err(closed(change, conversation));
    }
    if command.expected_seq.is_some_and(|seen| conversation.last_customer_seq > seen) {
        return Err(Error::SeqBehind { last_seq: conversation.last_customer_seq });
    }
    let waited_since = conversation.waiting_since;
    let taken = take_control(change, conversation)?;
    let target = reply_target(change, conversation)?;
    let channel = channels::of(target.channel);
    if !channel.carries(&command.content) {
        let detail = format!(
            "{} cannot carry content of the type {}",
            target.channel,
            command.content.kind()
        );
        return Err(capability_missing("/content/type", detail));
    }
    let attachments_max = channel.capabilities().attachments_max;
    if command.attachments.len() > attachments_max {
        let detail = format!("{} carries at most {attachments_max} files", target.channel);
        return Err(capability_missing("/attachments", detail));
    }
    let mut entry = entry(change, conversation, command)?;
    entry.session = Some((target.session_id, target.inbox_id));
    entry.delivery = Some(DeliveryStatus::Queued);
    let message = outbound::dispatch(change, conversation, entry, &target)?;
    // An answer ends the wait, which every list shows.
    if taken || waited_since != conversation.waiting_since {
        change.changed(conversation).map(drop)?;
    } else {
        change.save(conversation)?;
    };
    Ok(message)
}

/// Where a reply goes: where the customer was last seen.
fn reply_target(change: &mut Change<'_, '_>, conversation: &Conversation) -> Result<Target> {
    let target = channel_sessions::target(change.tx, change.ctx.account_id, conversation.id)?;
    target.ok_or_else(|| {
        let detail = "the customer can no longer be reached on any inbox".to_owned();
        Error::Conflict { code: "conversation_closed", detail }
    })
}

fn capability_missing(pointer: &str, detail: String) -> Error {
    Error::Invalid { code: "capability_missing", pointer: pointer.to_owned(), detail }
}

/// A person who speaks to the customer takes control, an app must have it; says whether that changed
/// anything.
fn take_control(change: &mut Change<'_, '_>, conversation: &mut Conversation) -> Result<bool> {
    if let Some(app) = change.ctx.app() {
        return speak_as_app(change, conversation, app);
    }
    let Some(user) = change.ctx.user() else { return Ok(false) };
    take_over(change, conversation, user)
}

fn note(
    change: &mut Change<'_, '_>,
    conversation: &mut Conversation,
    command: &Send,
) -> Result<Message> {
    let entry = entry(change, conversation, command)?;
    let message = append(change, conversation, entry)?;
    change.save(conversation)?;
    Ok(message)
}

fn entry<'a>(
    change: &mut Change<'_, '_>,
    conversation: &Conversation,
    command: &'a Send,
) -> Result<Entry<'a>> {
    let mut entry = Entry::new(change.ctx.sender(), &command.content, command.visibility);
    entry.reply_to = quote(change, conversation.room_id, command.reply_to, command.visibility)?;
    entry.spans = &command.spans;
    entry.external_id = command.external_id.as_deref();
    entry.client_id = command.client_id.as_deref();
    entry.files =
        Files { owner: Some(change.ctx.principal()), tokens: &command.attachments, named: &[] };
    Ok(entry)
}
