//! `POST inboxes/{id}/set_agent_bot`: which bot answers on an inbox; null or nothing takes it away.

use axum::extract::State;
use tertulia_domain::access::Permission;
use tertulia_domain::{AppId, InboxId};
use tertulia_engine::apps::set_answering;

use crate::app::App;
use crate::compat::chatwoot::settings::agent_bots;
use crate::compat::chatwoot::{Caller, Empty, Fields, One, Path, Refusal};

pub(super) async fn set(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
    fields: Fields,
) -> Result<Empty, Refusal> {
    ctx.require(Permission::AppsManage)?;
    let bot = match fields.integer("agent_bot")? {
        Some(id) => Some(agent_bots::find(&app, &ctx, AppId(id)).await?.id()),
        None => None,
    };
    set_answering(&app.engine, &ctx, InboxId(one.id), bot).await?;
    Ok(Empty)
}
