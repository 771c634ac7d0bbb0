//! `POST agent_bots/{id}/reset_access_token`: the old token has no force from then on.

use axum::extract::State;
use tertulia_domain::AppId;
use tertulia_domain::access::Permission;
use tertulia_engine::apps;

use crate::app::App;
use crate::compat::chatwoot::{Caller, One, Path, Refusal, Reply};

pub(super) async fn reset_access_token(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::AppsManage)?;
    let bot = super::find(&app, &ctx, AppId(one.id)).await?;
    apps::rotate_token(&app.engine, &ctx, bot.id()).await?;
    super::told(&app, &ctx, bot.id()).await
}
