//! `POST conversations/{id}/assignments`: to a person, a bot, a team, or nobody.

use axum::extract::State;
use serde_json::Value;
use tertulia_domain::access::Permission;
use tertulia_domain::{AppId, ConversationId, TeamId, UserId};
use tertulia_engine::views::TeamView;
use tertulia_engine::{Ctx, control, conversations};
use tertulia_store::{Error as StoreError, Scope, teams, users};

use super::Place;
use crate::app::App;
use crate::compat::chatwoot::shapes::{bot, team, user};
use crate::compat::chatwoot::{Caller, Fields, Path, Refusal, Reply};

pub(super) async fn assign(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsWrite)?;
    let id = place.find(&app, &ctx).await?;
    let assignee = fields.integer("assignee_id")?.filter(|id| *id != 0);
    let to_bot = fields.filled("assignee_type")?.as_deref() == Some("AgentBot");
    if fields.has("assignee_id") || to_bot {
        return match assignee {
            Some(bot) if to_bot => to_app(&app, &ctx, id, AppId(bot)).await,
            Some(user) => to_user(&app, &ctx, id, UserId(user)).await,
            None => to_nobody(&app, &ctx, id).await,
        };
    }
    if fields.has("team_id") {
        let team = fields.integer("team_id")?.filter(|id| *id != 0).map(TeamId);
        return to_team(&app, &ctx, id, team).await;
    }
    Ok(Reply(Value::Null))
}

/// Assigns to a person; answers the agent.
async fn to_user(app: &App, ctx: &Ctx, id: ConversationId, who: UserId) -> Result<Reply, Refusal> {
    conversations::assign(&app.engine, ctx, id, Some(who)).await?;
    let account = ctx.account_id;
    let read = app
        .engine
        .store
        .read::<_, StoreError, _>(Scope::Account(account), move |tx| users::get(tx, account, who));
    let found = read.await?;
    let shape = found.map(|found| user::agent(account, &found, app.live.presence(account, who)));
    Ok(Reply(shape.unwrap_or_default()))
}

async fn to_app(app: &App, ctx: &Ctx, id: ConversationId, who: AppId) -> Result<Reply, Refusal> {
    let view = control::pass(&app.engine, ctx, id, who).await?;
    let name = view.control.holder.name.unwrap_or_default();
    Ok(Reply(bot::push(who.0, &name)))
}

async fn to_nobody(app: &App, ctx: &Ctx, id: ConversationId) -> Result<Reply, Refusal> {
    conversations::assign(&app.engine, ctx, id, None).await?;
    Ok(Reply(Value::Null))
}

async fn to_team(
    app: &App,
    ctx: &Ctx,
    id: ConversationId,
    which: Option<TeamId>,
) -> Result<Reply, Refusal> {
    conversations::assign_team(&app.engine, ctx, id, which).await?;
    let Some(which) = which else { return Ok(Reply(Value::Null)) };
    let (account, me) = (ctx.account_id, ctx.user());
    let read = app.engine.store.read::<_, StoreError, _>(Scope::Account(account), move |tx| {
        teams::get(tx, account, which)
    });
    let found = read.await?;
    let shape = found.map(|found| team::rest(account, &TeamView::from(&found), me));
    Ok(Reply(shape.unwrap_or_default()))
}
