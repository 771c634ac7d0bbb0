//! A program of the account says what a customer wrote somewhere else, into the customer's conversation.

use tertulia_domain::access::Permission;
use tertulia_domain::content::Content;
use tertulia_domain::inbox::Channel;
use tertulia_domain::message::{Message, Visibility};
use tertulia_domain::{ConversationId, MessageId, Timestamp};
use tertulia_store::{identities, inboxes, messages};

use super::enter;
use super::message::{Arrival, receive};
use super::visitor::require_customers_content;
use crate::messages::{Files, check, check_external_id, quote};
use crate::views::MessageView;
use crate::{Change, Ctx, Engine, Error, Result};

/// What the customer wrote.
#[derive(Debug, Clone, PartialEq)]
pub struct Relay {
    pub conversation: ConversationId,
    pub content: Content,
    /// Tokens of uploads.
    pub attachments: Vec<String>,
    /// The other side's id of the message; the same one again gives the same message again.
    pub external_id: Option<String>,
    pub reply_to: Option<MessageId>,
    /// The other side's clock.
    pub sent_at: Option<Timestamp>,
}

/// Takes in the message. It joins the conversation that the contact has open, as every message does.
pub async fn relay(engine: &Engine, ctx: &Ctx, command: Relay) -> Result<MessageView> {
    ctx.require(Permission::ConversationsWrite)?;
    check(&command.content, &command.attachments, None)?;
    require_customers_content(&command.content)?;
    command.external_id.as_deref().map_or(Ok(()), check_external_id)?;
    engine
        .commit_in_room(ctx, command.conversation, move |change| {
            write(change, &command).map(|message| MessageView::from(&message))
        })
        .await
}

fn write(change: &mut Change<'_, '_>, command: &Relay) -> Result<Message> {
    let account = change.ctx.account_id;
    let conversation = change.conversation(command.conversation)?;
    let inbox = conversation.inbox_id;
    let door = inboxes::door(change.tx, account, inbox)?.filter(|door| door.inbox.enabled);
    let door = door.filter(|door| door.inbox.channel == Channel::Api).ok_or_else(|| {
        let detail = "only an inbox of your own channel takes what customers wrote elsewhere";
        Error::Invalid {
            code: "capability_missing",
            pointer: String::new(),
            detail: detail.to_owned(),
        }
    })?;
    let known = identities::of_contact(change.tx, account, conversation.contact_id, inbox)?;
    let known = known.ok_or_else(|| Error::invalid("", "the contact has no address here"))?;
    if known.blocked {
        return Err(Error::conflict("contact_blocked", "the contact is blocked"));
    }
    let room = enter(change, &known)?;
    let external_id = command.external_id.as_deref();
    if let Some(id) = external_id
        && let Some(before) = messages::by_external_id(change.tx, account, inbox, id)?
    {
        return Ok(before);
    }
    let reply_to = quote(change, room, command.reply_to, Visibility::Public)?;
    let owner = Some(change.ctx.principal());
    let arrival = Arrival {
        content: &command.content,
        spans: &[],
        author: None,
        client_id: None,
        external_id,
        reply_to,
        files: Files { owner, tokens: &command.attachments, named: &[] },
        sent_at: command.sent_at,
        origin: None,
    };
    receive(change, &door, &known, room, arrival)
}
