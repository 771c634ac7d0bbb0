//! `DELETE webhooks/{id}`.

use axum::extract::State;
use tertulia_domain::access::Permission;
use tertulia_engine::webhooks;

use crate::app::App;
use crate::compat::chatwoot::{Caller, Empty, One, Path, Refusal};

pub(super) async fn delete(
    Caller(ctx): Caller,
    State(app): State<App>,
    Path(one): Path<One>,
) -> Result<Empty, Refusal> {
    ctx.require(Permission::WebhooksManage)?;
    let webhook = super::find(&app, &ctx, one.id).await?;
    webhooks::delete(&app.engine, &ctx, webhook.id).await?;
    Ok(Empty)
}
