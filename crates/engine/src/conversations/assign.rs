//! Who is to answer: a person, a team, or nobody yet.

use tertulia_domain::access::Permission;
use tertulia_domain::content::ActivityAction;
use tertulia_domain::conversation::{ParticipantKind, ParticipantRole};
use tertulia_domain::user::User;
use tertulia_domain::{ConversationId, TeamId, UserId};
use tertulia_store::{inboxes, participants, teams, users};

use crate::views::ConversationView;
use crate::{Change, Ctx, Engine, Error, Result};

/// Assigns the conversation to a person, or to nobody.
pub async fn assign(
    engine: &Engine,
    ctx: &Ctx,
    conversation: ConversationId,
    user: Option<UserId>,
) -> Result<ConversationView> {
    ctx.require(Permission::ConversationsWrite)?;
    engine
        .commit_in_room(ctx, conversation, move |change| {
            let mut conversation = change.conversation(conversation)?;
            if conversation.assignee_id == user {
                return change.changed(&mut conversation);
            }
            conversation.assignee_id = user;
            match user {
                None => change.activity(&mut conversation, ActivityAction::Unassigned, &[])?,
                Some(id) => {
                    let user = assignable(change, id, conversation.inbox_id)?;
                    change.join_as_agent(conversation.id, id)?;
                    let params = [("user_id", id.to_string()), ("user_name", user.name)];
                    change.activity(&mut conversation, ActivityAction::Assigned, &params)?;
                }
            }
            change.changed(&mut conversation)
        })
        .await
}

/// Assigns the conversation to a team, or to none.
pub async fn assign_team(
    engine: &Engine,
    ctx: &Ctx,
    conversation: ConversationId,
    team: Option<TeamId>,
) -> Result<ConversationView> {
    ctx.require(Permission::ConversationsWrite)?;
    engine
        .commit_in_room(ctx, conversation, move |change| {
            let mut conversation = change.conversation(conversation)?;
            if conversation.team_id == team {
                return change.changed(&mut conversation);
            }
            conversation.team_id = team;
            match team {
                None => change.activity(&mut conversation, ActivityAction::TeamUnassigned, &[])?,
                Some(id) => {
                    let found = teams::get(change.tx, change.ctx.account_id, id)?;
                    let team = found.ok_or_else(|| Error::invalid("/team_id", "is not a team"))?;
                    let params = [("team_id", id.to_string()), ("team_name", team.name)];
                    change.activity(&mut conversation, ActivityAction::TeamAssigned, &params)?;
                }
            }
            change.changed(&mut conversation)
        })
        .await
}

/// An active person of the account who sees the inbox.
pub(super) fn assignable(
    change: &mut Change<'_, '_>,
    id: UserId,
    inbox: tertulia_domain::InboxId,
) -> Result<User> {
    let account = change.ctx.account_id;
    let user = users::get(change.tx, account, id)?.filter(|user| user.active);
    let user = user.ok_or_else(|| Error::invalid("/user_id", "is not an active user"))?;
    if inboxes::is_visible(change.tx, account, inbox, id, user.role)? {
        return Ok(user);
    }
    Err(Error::invalid("/user_id", "is not a member of the conversation's inbox"))
}

impl Change<'_, '_> {
    /// A person takes part in the conversation from now on.
    pub(crate) fn join_as_agent(&mut self, id: ConversationId, user: UserId) -> Result<()> {
        let who = (ParticipantKind::Agent, user.0);
        let role = ParticipantRole::Primary;
        Ok(participants::join(self.tx, self.ctx.account_id, id, who, role, self.now)?)
    }
}
