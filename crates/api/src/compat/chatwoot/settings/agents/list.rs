//! `GET agents`: everybody who may come in, as a bare list.

use axum::extract::State;
use tertulia_domain::access::Permission;

use crate::app::App;
use crate::compat::chatwoot::settings::people;
use crate::compat::chatwoot::{Caller, Refusal, Reply};

pub(super) async fn list(Caller(ctx): Caller, State(app): State<App>) -> Result<Reply, Refusal> {
    ctx.require(Permission::SettingsRead)?;
    let all = people::all(&app, &ctx).await?;
    Ok(Reply(all.iter().map(|user| people::shape(&app, &ctx, user)).collect()))
}
