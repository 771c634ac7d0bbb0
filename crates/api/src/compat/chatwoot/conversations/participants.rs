//! `GET|POST|PATCH|DELETE conversations/{id}/participants`: people who take part besides the assignee.

use axum::extract::State;
use serde_json::Value;
use tertulia_domain::access::Permission;
use tertulia_domain::conversation::ParticipantKind;
use tertulia_domain::{ConversationId, UserId};
use tertulia_engine::{Ctx, conversations};
use tertulia_store::{Error as StoreError, Scope, participants, users};

use super::Place;
use crate::app::App;
use crate::compat::chatwoot::shapes::user;
use crate::compat::chatwoot::{Caller, Empty, Fields, Path, Refusal, Reply};

pub(super) async fn list(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsRead)?;
    let id = place.find(&app, &ctx).await?;
    answer(&app, &ctx, id).await
}

pub(super) async fn add(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsWrite)?;
    let people = people(&fields)?;
    let id = place.find(&app, &ctx).await?;
    conversations::add_participants(&app.engine, &ctx, id, people).await?;
    answer(&app, &ctx, id).await
}

/// Exactly these, and nobody else.
pub(super) async fn replace(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsWrite)?;
    let people = people(&fields)?;
    let id = place.find(&app, &ctx).await?;
    let present = present(&app, &ctx, id).await?;
    let others = present.into_iter().filter(|id| !people.contains(id)).collect();
    conversations::add_participants(&app.engine, &ctx, id, people).await?;
    conversations::remove_participants(&app.engine, &ctx, id, others).await?;
    answer(&app, &ctx, id).await
}

pub(super) async fn remove(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
    fields: Fields,
) -> Result<Empty, Refusal> {
    ctx.require(Permission::ConversationsWrite)?;
    let people = people(&fields)?;
    let id = place.find(&app, &ctx).await?;
    conversations::remove_participants(&app.engine, &ctx, id, people).await?;
    Ok(Empty)
}

fn people(fields: &Fields) -> Result<Vec<UserId>, Refusal> {
    let ids = fields.integers("user_ids")?.unwrap_or_default();
    Ok(ids.into_iter().map(UserId).collect())
}

async fn present(app: &App, ctx: &Ctx, id: ConversationId) -> Result<Vec<UserId>, Refusal> {
    let account = ctx.account_id;
    let read = app.engine.store.read::<_, StoreError, _>(Scope::Account(account), move |tx| {
        participants::of_conversation(tx, account, id)
    });
    let found = read.await?;
    let people = found.iter().filter(|p| p.kind == ParticipantKind::Agent && p.left_at.is_none());
    Ok(people.map(|participant| UserId(participant.principal_id)).collect())
}

async fn answer(app: &App, ctx: &Ctx, id: ConversationId) -> Result<Reply, Refusal> {
    let people = present(app, ctx, id).await?;
    let account = ctx.account_id;
    let read = app.engine.store.read::<_, StoreError, _>(Scope::Account(account), move |tx| {
        users::of_ids(tx, account, &people)
    });
    let found = read.await?;
    let shapes = found.iter().map(|u| user::agent(account, u, app.live.presence(account, u.id)));
    Ok(Reply(Value::Array(shapes.collect())))
}
