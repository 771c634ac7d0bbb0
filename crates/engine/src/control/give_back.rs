//! Control goes to an app: the one that answers on the inbox, or a named one.

use tertulia_domain::access::Permission;
use tertulia_domain::content::ActivityAction;
use tertulia_domain::control::ControlVerb;
use tertulia_domain::conversation::{Conversation, ParticipantRole};
use tertulia_domain::{AppId, ConversationId};
use tertulia_store::apps;

use super::set;
use super::take::join;
use crate::conversations::closed;
use crate::views::ConversationView;
use crate::{Change, Ctx, Engine, Error, Result};

/// Gives the conversation back to the app that answers on its inbox: the status is `pending` again.
pub async fn give_back(
    engine: &Engine,
    ctx: &Ctx,
    conversation: ConversationId,
) -> Result<ConversationView> {
    give(engine, ctx, conversation, None).await
}

/// Passes the conversation to an app, whether it answers on the inbox or not.
pub async fn pass(
    engine: &Engine,
    ctx: &Ctx,
    conversation: ConversationId,
    app: AppId,
) -> Result<ConversationView> {
    give(engine, ctx, conversation, Some(app)).await
}

async fn give(
    engine: &Engine,
    ctx: &Ctx,
    conversation: ConversationId,
    app: Option<AppId>,
) -> Result<ConversationView> {
    ctx.require(Permission::ConversationsWrite)?;
    engine
        .commit_in_room(ctx, conversation, move |change| {
            let mut conversation = change.conversation(conversation)?;
            if conversation.resolved_at.is_some() {
                return Err(closed(change, &conversation));
            }
            let (app, name) = named(change, &conversation, app)?;
            // An app never takes control from a person; it may only let go of its own.
            if let Some(me) = change.ctx.app() {
                super::speak_as_app(change, &mut conversation, me)?;
            }
            conversation.snoozed_until = None;
            let next = conversation.control.pass(app);
            if set(change, &mut conversation, next, ControlVerb::Pass, None)? {
                join(change, conversation.id, app, ParticipantRole::Primary)?;
                let params = [("app_id", app.to_string()), ("app_name", name)];
                change.activity(&mut conversation, ActivityAction::GivenBack, &params)?;
            }
            change.changed(&mut conversation)
        })
        .await
}

fn named(
    change: &mut Change<'_, '_>,
    conversation: &Conversation,
    app: Option<AppId>,
) -> Result<(AppId, String)> {
    let account = change.ctx.account_id;
    let Some(id) = app else {
        let answering = apps::answering(change.tx, account, conversation.inbox_id)?;
        let detail = "no app that works answers on this inbox";
        return answering.ok_or_else(|| Error::conflict("no_app", detail));
    };
    let found = apps::get(change.tx, account, id)?.filter(|app| app.enabled);
    let found = found.ok_or_else(|| Error::invalid("/app_id", "is not an app that is on"))?;
    Ok((found.id, found.name))
}
