//! Closing a conversation, and opening it again.

use tertulia_domain::ConversationId;
use tertulia_domain::access::Permission;
use tertulia_domain::content::ActivityAction;
use tertulia_domain::conversation::Conversation;
use tertulia_store::{channel_sessions, contacts, conversations, inboxes};

use super::snooze::rouse;
use crate::views::ConversationView;
use crate::{Access, Change, Ctx, Engine, Error, Result};

/// Closes the conversation; once more changes nothing.
pub async fn resolve(
    engine: &Engine,
    ctx: &Ctx,
    conversation: ConversationId,
) -> Result<ConversationView> {
    ctx.require(Permission::ConversationsWrite)?;
    engine
        .commit_in_room(ctx, conversation, move |change| {
            let mut conversation = change.conversation(conversation)?;
            if conversation.resolved_at.is_none() {
                close(change, &mut conversation)?;
            }
            change.changed(&mut conversation)
        })
        .await
}

/// The customer closes its conversation; once more changes nothing.
pub async fn resolve_by_customer(
    engine: &Engine,
    ctx: &Ctx,
    conversation: ConversationId,
) -> Result<()> {
    let Access::Visitor { .. } = ctx.access else {
        return Err(Error::Internal("only a customer closes as a customer".to_owned()));
    };
    engine
        .transact_in_room(ctx, conversation, move |change| {
            let mut conversation = change.conversation(conversation)?;
            if conversation.resolved_at.is_some() {
                return Ok(());
            }
            close(change, &mut conversation)?;
            change.changed(&mut conversation).map(drop)
        })
        .await
}

/// Closes an open conversation, without telling yet.
pub(crate) fn close(change: &mut Change<'_, '_>, conversation: &mut Conversation) -> Result<()> {
    conversation.resolved_at = Some(change.now);
    conversation.snoozed_until = None;
    conversation.waiting_since = None;
    conversation.control = conversation.control.release();
    channel_sessions::end_all(change.tx, change.ctx.account_id, conversation.id)?;
    change.activity(conversation, ActivityAction::Resolved, &[])
}

/// Opens a closed conversation again, unless the customer has another open one; wakes a snoozed one.
pub async fn reopen(
    engine: &Engine,
    ctx: &Ctx,
    conversation: ConversationId,
) -> Result<ConversationView> {
    ctx.require(Permission::ConversationsWrite)?;
    engine
        .commit_in_room(ctx, conversation, move |change| {
            let mut conversation = change.conversation(conversation)?;
            if conversation.resolved_at.is_some() {
                require_customer(change, &conversation)?;
                claim(change, &conversation)?;
                conversation.resolved_at = None;
                let account = change.ctx.account_id;
                channel_sessions::restart_all(change.tx, account, conversation.id)?;
                change.activity(&mut conversation, ActivityAction::Reopened, &[])?;
            }
            rouse(change, &mut conversation)?;
            change.changed(&mut conversation)
        })
        .await
}

/// Why nothing can be done in a closed conversation, and what can be done about it.
pub(crate) fn closed(change: &mut Change<'_, '_>, conversation: &Conversation) -> Error {
    match require_customer(change, conversation) {
        Err(error) => error,
        Ok(()) => {
            let detail = "the conversation is resolved: reopen it first";
            Error::conflict("conversation_closed", detail)
        }
    }
}

/// A conversation outlives its customer as an empty shell, in which nobody can be reached.
fn require_customer(change: &mut Change<'_, '_>, conversation: &Conversation) -> Result<()> {
    let account = change.ctx.account_id;
    let customer = contacts::find(change.tx, account, conversation.contact_id)?;
    if customer.is_some_and(|customer| customer.erased_at.is_none()) {
        return Ok(());
    }
    let detail = "the customer was erased and cannot be reached; the conversation stays closed";
    Err(Error::conflict("conversation_closed", detail))
}

fn claim(change: &mut Change<'_, '_>, conversation: &Conversation) -> Result<()> {
    let account = change.ctx.account_id;
    let door = inboxes::door(change.tx, account, conversation.inbox_id)?;
    let gone = || Error::Conflict {
        code: "conversation_closed",
        detail: "the inbox of this conversation was deleted".to_owned(),
    };
    let policy = door.ok_or_else(gone)?.policy;
    if conversations::claim_open(change.tx, account, conversation, policy)? {
        return Ok(());
    }
    let detail = "the customer has another open conversation: answer there".to_owned();
    Err(Error::Conflict { code: "conflict", detail })
}
