//! `GET reports/conversations?type=`: what is open now, of the account or by person.

use axum::extract::State;
use serde_json::{Value, json};
use tertulia_domain::UserId;
use tertulia_domain::user::User;
use tertulia_engine::Ctx;
use tertulia_store::{Error, Scope, reports, users};

use super::question::require;
use crate::app::App;
use crate::compat::chatwoot::{Caller, Fields, Refusal, Reply, shapes};

/// People of one page, as in Chatwoot.
const PAGE: usize = 25;
/// People who are looked at.
const PEOPLE_MAX: i64 = 1_000;

pub(super) async fn show(
    Caller(ctx): Caller,
    State(app): State<App>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    require(&ctx)?;
    match fields.filled("type")?.as_deref() {
        None | Some("account") => of_account(&app, &ctx).await,
        Some("agent") => by_agent(&app, &ctx, &fields).await,
        Some(_) => Err(Refusal::wrong("type", "must be account or agent")),
    }
}

async fn of_account(app: &App, ctx: &Ctx) -> Result<Reply, Refusal> {
    let account = ctx.account_id;
    let present = app
        .engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| reports::present(tx, account))
        .await?;
    Ok(Reply(json!({
        "open": present.open,
        "unattended": present.unattended,
        "unassigned": present.unassigned,
        "pending": present.pending,
    })))
}

async fn by_agent(app: &App, ctx: &Ctx, fields: &Fields) -> Result<Reply, Refusal> {
    let account = ctx.account_id;
    let page = fields.integer("page")?.unwrap_or(1).max(1);
    let skipped = usize::try_from(page - 1).unwrap_or(usize::MAX).saturating_mul(PAGE);
    let (people, counts) = app
        .engine
        .store
        .read::<_, Error, _>(Scope::Account(account), move |tx| {
            let people = users::list(tx, account, UserId(0), PEOPLE_MAX)?;
            Ok((people, reports::present_by_assignee(tx, account)?))
        })
        .await?;
    let wanted = fields.integer("user_id")?;
    let is_wanted = |user: &&User| user.active && wanted.is_none_or(|id| id == user.id.0);
    let line = |user: &User| {
        let present = counts.get(&user.id).copied().unwrap_or_default();
        json!({
            "id": user.id,
            "name": user.name,
            "email": user.email,
            "thumbnail": "",
            "availability": shapes::user::availability(app.live.presence(account, user.id)),
            "metric": {"open": present.open, "unattended": present.unattended},
        })
    };
    let chosen = people.iter().filter(is_wanted).skip(skipped).take(PAGE);
    Ok(Reply(chosen.map(line).collect::<Value>()))
}
