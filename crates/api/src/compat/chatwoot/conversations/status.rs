//! `POST conversations/{id}/toggle_status`: what is going on with it, and what that takes here.

use std::time::Duration;

use axum::extract::State;
use serde_json::json;
use tertulia_domain::access::Permission;
use tertulia_domain::status::Status;
use tertulia_domain::{ConversationId, Timestamp};
use tertulia_engine::views::ConversationView;
use tertulia_engine::{Ctx, control, conversations};
use tertulia_store::Scope;

use super::Place;
use crate::app::App;
use crate::compat::chatwoot::shapes::secs;
use crate::compat::chatwoot::{Caller, Fields, Path, Refusal, Reply};

/// How long "until the customer writes" is, when no time is given.
const SNOOZE_DAYS: u64 = 1_800;
const DAY_SECS: u64 = 86_400;

pub(super) async fn toggle(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(place): Path<Place>,
    fields: Fields,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::ConversationsWrite)?;
    let wanted = read(&fields)?;
    let until = fields.moment("snoozed_until")?;
    let id = place.find(&app, &ctx).await?;
    let before = current(&app, &ctx, id).await?;
    let wanted = wanted.unwrap_or(match before {
        Status::Open => Status::Resolved,
        Status::Pending | Status::Snoozed | Status::Resolved => Status::Open,
    });
    let view = set(&app, &ctx, (id, before), wanted, until).await?;
    Ok(Reply(json!({
        "meta": {},
        "payload": {
            "success": true,
            "conversation_id": view.number,
            "current_status": view.status,
            "snoozed_until": view.snoozed_until.map(secs),
        },
    })))
}

/// The status that a request asks for.
pub(super) fn read(fields: &Fields) -> Result<Option<Status>, Refusal> {
    let Some(word) = fields.filled("status")? else { return Ok(None) };
    let wrong = || Refusal::wrong("status", "must be open, pending, snoozed or resolved");
    word.parse().map(Some).map_err(|_| wrong())
}

/// Does what makes the status be so: here it follows from who is in control, and is never set by hand.
pub(super) async fn set(
    app: &App,
    ctx: &Ctx,
    (id, before): (ConversationId, Status),
    wanted: Status,
    until: Option<Timestamp>,
) -> Result<ConversationView, Refusal> {
    let engine = &app.engine;
    if wanted == Status::Resolved {
        return Ok(conversations::resolve(engine, ctx, id).await?);
    }
    let mut status = before;
    if matches!(before, Status::Resolved | Status::Snoozed) {
        let view = conversations::reopen(engine, ctx, id).await?;
        if view.status == wanted {
            return Ok(view);
        }
        status = view.status;
    }
    Ok(match wanted {
        Status::Pending if status == Status::Pending => conversations_now(app, ctx, id).await?,
        Status::Pending => control::give_back(engine, ctx, id).await?,
        Status::Snoozed => {
            let later = engine.clock.now().plus(Duration::from_secs(SNOOZE_DAYS * DAY_SECS));
            conversations::snooze(engine, ctx, id, until.unwrap_or(later)).await?
        }
        Status::Open | Status::Resolved => control::hand_over(engine, ctx, id, None).await?,
    })
}

/// The conversation as it is, when there is nothing to do.
async fn conversations_now(
    app: &App,
    ctx: &Ctx,
    id: ConversationId,
) -> Result<ConversationView, Refusal> {
    let (account, viewer) = (ctx.account_id, ctx.viewer());
    let read = app.engine.store.read(Scope::Account(account), move |tx| {
        tertulia_store::conversations::shown_one(tx, account, viewer, id)
    });
    let shown = read.await?.ok_or_else(Refusal::not_found)?;
    Ok(ConversationView::from(&shown))
}

pub(super) async fn current(app: &App, ctx: &Ctx, id: ConversationId) -> Result<Status, Refusal> {
    Ok(conversations_now(app, ctx, id).await?.status)
}
