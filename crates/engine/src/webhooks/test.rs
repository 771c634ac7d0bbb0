//! An event that only says that somebody wants to see one.

use serde_json::json;
use tertulia_domain::WebhookId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::deliveries::{self, NewDelivery};
use tertulia_store::webhooks;

use super::follow::enqueue;
use crate::views::WebhookDeliveryView;
use crate::{Ctx, Engine, Error, Fact, Result};

/// Sends `webhook.tested` to one endpoint, at once and outside the order of the others.
pub async fn test(engine: &Engine, ctx: &Ctx, webhook: WebhookId) -> Result<WebhookDeliveryView> {
    ctx.require(Permission::WebhooksManage)?;
    engine
        .commit(ctx, move |change| {
            let account = change.ctx.account_id;
            let missing = || Error::NotFound("webhook");
            webhooks::lock(change.tx, account, webhook)?.ok_or_else(missing)?;
            let data = json!({"webhook_id": webhook});
            let kind = EventKind::WebhookTested;
            let event = change.record(&Fact::new(kind, data).about(webhook.0))?;
            let new = NewDelivery {
                account,
                webhook,
                event,
                kind,
                conversation: None,
                name: String::new(),
            };
            let delivery = deliveries::insert(change.tx, &new, change.now)?.ok_or_else(missing)?;
            let lane = format!("delivery:{delivery}");
            enqueue(change.tx, &new, delivery, &lane, true, change.now)?;
            let made = deliveries::get(change.tx, account, delivery)?.ok_or_else(missing)?;
            Ok(WebhookDeliveryView::from(&made))
        })
        .await
}
