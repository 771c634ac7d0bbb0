//! People of the account in Chatwoot's words, for every list that has some.

use serde_json::Value;
use tertulia_domain::UserId;
use tertulia_domain::user::{Role, User};
use tertulia_engine::Ctx;
use tertulia_store::{Error, Scope, users};

use super::ROWS_MAX;
use crate::app::App;
use crate::compat::chatwoot::{Fields, Refusal, shapes};

/// Everybody who may come in.
pub(super) async fn all(app: &App, ctx: &Ctx) -> Result<Vec<User>, Refusal> {
    let account = ctx.account_id;
    let found = app
        .engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            users::list(tx, account, UserId(0), ROWS_MAX)
        })
        .await?;
    Ok(found.into_iter().filter(|user| user.active).collect())
}

/// One member, whether they may come in or not.
pub(super) async fn find(app: &App, ctx: &Ctx, user: UserId) -> Result<User, Refusal> {
    let account = ctx.account_id;
    let found = app
        .engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| users::get(tx, account, user))
        .await?;
    found.ok_or_else(Refusal::not_found)
}

/// These of them.
pub(super) async fn of(app: &App, ctx: &Ctx, ids: &[UserId]) -> Result<Value, Refusal> {
    let all = all(app, ctx).await?;
    Ok(all.iter().filter(|user| ids.contains(&user.id)).map(|user| shape(app, ctx, user)).collect())
}

/// An agent, as Chatwoot calls everybody.
pub(super) fn shape(app: &App, ctx: &Ctx, user: &User) -> Value {
    shapes::user::agent(ctx.account_id, user, app.live.presence(ctx.account_id, user.id))
}

/// The people that a request names.
pub(super) fn named(fields: &Fields) -> Result<Vec<UserId>, Refusal> {
    let missing = || Refusal::wrong("user_ids", "is missing");
    let ids = fields.integers("user_ids")?.ok_or_else(missing)?;
    Ok(ids.into_iter().map(UserId).collect())
}

/// A role in Chatwoot's words. It knows no supervisors: whoever is one and is called an agent stays one.
pub(super) fn role(fields: &Fields, present: Option<Role>) -> Result<Option<Role>, Refusal> {
    match fields.filled("role")?.as_deref() {
        None => Ok(None),
        Some("administrator") => Ok(Some(Role::Administrator)),
        Some("agent") if present == Some(Role::Supervisor) => Ok(present),
        Some("agent") => Ok(Some(Role::Agent)),
        Some(_) => Err(Refusal::wrong("role", "must be agent or administrator")),
    }
}
