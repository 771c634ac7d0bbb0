//! Sends a delivery of an app's endpoint again, now.

use tertulia_domain::access::Permission;
use tertulia_domain::{AppId, DeliveryId};
use tertulia_store::{Scope, webhooks};

use crate::views::WebhookDeliveryView;
use crate::{Ctx, Engine, Error, Result};

/// Sends it once more, at once and outside the order of the others, whatever became of it.
pub async fn redeliver(
    engine: &Engine,
    ctx: &Ctx,
    app: AppId,
    delivery: DeliveryId,
) -> Result<WebhookDeliveryView> {
    ctx.require(Permission::AppsManage)?;
    let account = ctx.account_id;
    let found = engine.store.read(Scope::Account(account), move |tx| {
        Ok::<_, Error>(webhooks::of_app(tx, account, app)?)
    });
    let endpoint = found.await?.ok_or(Error::NotFound("app with an endpoint"))?;
    crate::webhooks::send_again(engine, ctx, endpoint.id, delivery).await
}
