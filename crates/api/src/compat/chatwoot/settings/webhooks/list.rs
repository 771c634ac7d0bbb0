//! `GET webhooks`.

use axum::extract::State;
use serde_json::{Value, json};
use tertulia_domain::access::Permission;

use super::shape;
use crate::app::App;
use crate::compat::chatwoot::{Caller, Refusal, Reply};

pub(super) async fn list(Caller(ctx): Caller, State(app): State<App>) -> Result<Reply, Refusal> {
    ctx.require(Permission::WebhooksManage)?;
    let all = super::all(&app, &ctx).await?;
    let webhooks: Value = all.iter().map(|webhook| shape(ctx.account_id, webhook)).collect();
    Ok(Reply(json!({"payload": {"webhooks": webhooks}})))
}
