//! The author takes a message back: its place in the log stays, empty.

use tertulia_domain::content::Content;
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_domain::event::EventKind;
use tertulia_domain::message::{Delivery, Message};
use tertulia_domain::{ConversationId, MessageId};
use tertulia_store::messages;

use super::edit::{require_changeable, require_writer};
use super::record;
use crate::outbound::{Amendment, amend};
use crate::views::MessageView;
use crate::{Change, Ctx, Engine, Result};

/// Deletes one's own message; once more changes nothing.
pub async fn delete(
    engine: &Engine,
    ctx: &Ctx,
    conversation: ConversationId,
    message: MessageId,
) -> Result<MessageView> {
    require_writer(ctx)?;
    engine
        .commit_in_room(ctx, conversation, move |change| {
            let (_, found) = change.message(conversation, message)?;
            if found.deleted_at.is_some() {
                return Ok(MessageView::from(&found));
            }
            change.require_own(&found)?;
            require_changeable(change, &found)?;
            let message = wipe(change, found)?;
            amend(change, &message, &change.ctx.sender(), Amendment::Delete)?;
            Ok(MessageView::from(&message))
        })
        .await
}

/// Empties a message, calls back its delivery if it has not begun, and tells everybody.
pub(crate) fn wipe(change: &mut Change<'_, '_>, mut message: Message) -> Result<Message> {
    let account = change.ctx.account_id;
    let emptied = Content::Text { text: String::new() };
    messages::wipe(change.tx, account, message.id, &emptied, change.now)?;
    message.content = emptied;
    message.text = String::new();
    message.spans = Vec::new();
    message.attachments = Vec::new();
    message.reactions = Vec::new();
    message.deleted_at = Some(change.now);
    if message.delivery.as_ref().is_some_and(|d| d.status == DeliveryStatus::Queued) {
        let status = DeliveryStatus::Canceled;
        let canceled = Delivery { status, code: None, detail: None, at: change.now };
        messages::record_delivery(change.tx, account, message.id, &canceled)?;
        message.delivery = Some(canceled);
    }
    record(change, EventKind::MessageUpdated, &message)?;
    Ok(message)
}
