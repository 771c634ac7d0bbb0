//! Shows the signing secret again.

use tertulia_domain::WebhookId;
use tertulia_domain::access::Permission;
use tertulia_store::{Scope, webhooks};

use crate::views::WebhookSecretView;
use crate::{Ctx, Engine, Error, Result};

/// The signing secret of an endpoint.
pub async fn show_secret(
    engine: &Engine,
    ctx: &Ctx,
    webhook: WebhookId,
) -> Result<WebhookSecretView> {
    ctx.require(Permission::WebhooksManage)?;
    let account = ctx.account_id;
    let scope = Scope::Account(account);
    let found = engine.store.read(scope, move |tx| webhooks::get(tx, account, webhook)).await?;
    let found = found.ok_or(Error::NotFound("webhook"))?;
    Ok(WebhookSecretView::at(&found, engine.clock.now()))
}
