//! The program behind an inbox of one's own channel says what became of a message.

use tertulia_domain::access::Permission;
use tertulia_domain::delivery::{DeliveryStatus, Report as Reported};
use tertulia_domain::inbox::Channel;
use tertulia_domain::{ConversationId, MessageId};
use tertulia_store::inboxes;

use crate::outbound::{Words, report_with};
use crate::views::MessageView;
use crate::{Ctx, Engine, Error, Result};

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub conversation: ConversationId,
    pub message: MessageId,
    pub status: DeliveryStatus,
    /// Why it failed, in the other side's words.
    pub detail: Option<String>,
}

/// Moves the message's state forward; what is older than the state changes nothing.
pub async fn report(engine: &Engine, ctx: &Ctx, command: Report) -> Result<MessageView> {
    ctx.require(Permission::ConversationsWrite)?;
    engine
        .commit_in_room(ctx, command.conversation, move |change| {
            let (_, mut message) = change.message(command.conversation, command.message)?;
            let door = inboxes::door(change.tx, change.ctx.account_id, message.inbox_id)?;
            if door.is_none_or(|door| door.inbox.channel != Channel::Api) {
                return Err(Error::Forbidden { permission: "an inbox of one's own channel" });
            }
            let words = Words { code: None, detail: command.detail.clone() };
            report_with(change, &mut message, Reported::Known(command.status), words)?;
            Ok(MessageView::from(&message))
        })
        .await
}
