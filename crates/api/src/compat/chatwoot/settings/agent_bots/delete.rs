//! `DELETE agent_bots/{id}`: what the bot holds goes to people.

use axum::extract::State;
use tertulia_domain::AppId;
use tertulia_domain::access::Permission;
use tertulia_engine::apps;

use crate::app::App;
use crate::compat::chatwoot::{Caller, Empty, One, Path, Refusal};

pub(super) async fn delete(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
) -> Result<Empty, Refusal> {
    ctx.require(Permission::AppsManage)?;
    let bot = super::find(&app, &ctx, AppId(one.id)).await?;
    apps::delete(&app.engine, &ctx, bot.id()).await?;
    Ok(Empty)
}
