//! `GET agent_bots/{id}`.

use axum::extract::State;
use tertulia_domain::AppId;
use tertulia_domain::access::Permission;

use crate::app::App;
use crate::compat::chatwoot::{Caller, One, Path, Refusal, Reply};

pub(super) async fn show(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
) -> Result<Reply, Refusal> {
    ctx.require(Permission::SettingsRead)?;
    super::told(&app, &ctx, AppId(one.id)).await
}
