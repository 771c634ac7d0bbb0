//! How urgent a conversation is.

use tertulia_domain::ConversationId;
use tertulia_domain::access::Permission;
use tertulia_domain::content::ActivityAction;
use tertulia_domain::conversation::Priority;

use crate::views::ConversationView;
use crate::{Ctx, Engine, Result};

/// Sets the priority.
pub async fn set_priority(
    engine: &Engine,
    ctx: &Ctx,
    conversation: ConversationId,
    priority: Priority,
) -> Result<ConversationView> {
    ctx.require(Permission::ConversationsWrite)?;
    engine
        .commit_in_room(ctx, conversation, move |change| {
            let mut conversation = change.conversation(conversation)?;
            if conversation.priority != priority {
                conversation.priority = priority;
                let params = [("priority", priority.to_string())];
                change.activity(&mut conversation, ActivityAction::Priority, &params)?;
            }
            change.changed(&mut conversation)
        })
        .await
}
