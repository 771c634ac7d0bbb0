//! People who take part in a conversation without being its assignee.

use tertulia_domain::access::Permission;
use tertulia_domain::conversation::ParticipantKind;
use tertulia_domain::{ConversationId, UserId};
use tertulia_store::participants;

use super::assign::assignable;
use crate::views::ConversationView;
use crate::{Ctx, Engine, Error, Result};

/// Most people of one request.
const PEOPLE_MAX: usize = 100;

/// People take part from now on; who does already stays.
pub async fn add_participants(
    engine: &Engine,
    ctx: &Ctx,
    conversation: ConversationId,
    users: Vec<UserId>,
) -> Result<ConversationView> {
    ctx.require(Permission::ConversationsWrite)?;
    check(&users)?;
    engine
        .commit_in_room(ctx, conversation, move |change| {
            let mut conversation = change.conversation(conversation)?;
            for user in &users {
                let user = assignable(change, *user, conversation.inbox_id)?;
                change.join_as_agent(conversation.id, user.id)?;
            }
            change.changed(&mut conversation)
        })
        .await
}

/// People take part no longer; who did not, does not.
pub async fn remove_participants(
    engine: &Engine,
    ctx: &Ctx,
    conversation: ConversationId,
    users: Vec<UserId>,
) -> Result<ConversationView> {
    ctx.require(Permission::ConversationsWrite)?;
    check(&users)?;
    engine
        .commit_in_room(ctx, conversation, move |change| {
            let mut conversation = change.conversation(conversation)?;
            let account = change.ctx.account_id;
            for user in &users {
                let who = (ParticipantKind::Agent, user.0);
                participants::leave(change.tx, account, conversation.id, who, change.now)?;
            }
            change.changed(&mut conversation)
        })
        .await
}

fn check(users: &[UserId]) -> Result<()> {
    if users.len() > PEOPLE_MAX {
        return Err(Error::invalid("/user_ids", format!("has more than {PEOPLE_MAX}")));
    }
    Ok(())
}
