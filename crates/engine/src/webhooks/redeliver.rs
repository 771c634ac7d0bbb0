//! Sends a delivery again, now.

use tertulia_domain::access::Permission;
use tertulia_domain::{DeliveryId, WebhookId};
use tertulia_store::deliveries::{self, NewDelivery};

use super::follow::enqueue;
use crate::views::WebhookDeliveryView;
use crate::{Ctx, Engine, Error, Result};

/// Sends a delivery once more, at once and outside the order of the others, whatever became of it.
///
/// One that is still being tried stays in its place: if this attempt succeeds it is done.
pub async fn redeliver(
    engine: &Engine,
    ctx: &Ctx,
    webhook: WebhookId,
    delivery: DeliveryId,
) -> Result<WebhookDeliveryView> {
    ctx.require(Permission::WebhooksManage)?;
    send_again(engine, ctx, webhook, delivery).await
}

/// The same for the endpoint of an app, whose manager has asked.
pub(crate) async fn send_again(
    engine: &Engine,
    ctx: &Ctx,
    webhook: WebhookId,
    delivery: DeliveryId,
) -> Result<WebhookDeliveryView> {
    engine
        .commit(ctx, move |change| {
            let account = change.ctx.account_id;
            let found = deliveries::get(change.tx, account, delivery)?;
            let found = found
                .filter(|found| found.webhook_id == webhook)
                .ok_or(Error::NotFound("delivery"))?;
            let new = NewDelivery {
                account,
                webhook,
                event: found.event_id,
                kind: found.event_kind,
                conversation: found.conversation_id,
                name: found.name.clone(),
            };
            let lane = format!("delivery:{delivery}");
            enqueue(change.tx, &new, delivery, &lane, true, change.now)?;
            Ok(WebhookDeliveryView::from(&found))
        })
        .await
}
