//! Removes an endpoint with its delivery log.

use serde_json::json;
use tertulia_domain::WebhookId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::webhooks;

use crate::{Ctx, Engine, Error, Fact, Result};

/// Removes an endpoint; what was still to be delivered is not.
pub async fn delete(engine: &Engine, ctx: &Ctx, webhook: WebhookId) -> Result<()> {
    ctx.require(Permission::WebhooksManage)?;
    engine
        .commit(ctx, move |change| {
            if !webhooks::delete(change.tx, change.ctx.account_id, webhook)? {
                return Err(Error::NotFound("webhook"));
            }
            let data = json!({"id": webhook});
            change.record(&Fact::new(EventKind::WebhookDeleted, data).about(webhook.0))?;
            Ok(())
        })
        .await
}
