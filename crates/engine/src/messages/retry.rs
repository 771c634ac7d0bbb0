//! A person sends again what was rejected, has expired, or is uncertain.

use tertulia_domain::access::Permission;
use tertulia_domain::delivery::Report;
use tertulia_domain::{ConversationId, MessageId};

use crate::outbound;
use crate::views::MessageView;
use crate::{Ctx, Engine, Error, Result};

/// Queues the message once more.
pub async fn retry(
    engine: &Engine,
    ctx: &Ctx,
    conversation: ConversationId,
    message: MessageId,
) -> Result<MessageView> {
    ctx.require(Permission::ConversationsWrite)?;
    engine
        .commit_in_room(ctx, conversation, move |change| {
            let (_, mut found) = change.message(conversation, message)?;
            if found.deleted_at.is_some() || !outbound::report(change, &mut found, Report::Retried)?
            {
                let detail = "only a rejected, expired or uncertain message can be sent again";
                return Err(Error::Conflict { code: "not_allowed", detail: detail.to_owned() });
            }
            outbound::enqueue(change, &found)?;
            Ok(MessageView::from(&found))
        })
        .await
}
