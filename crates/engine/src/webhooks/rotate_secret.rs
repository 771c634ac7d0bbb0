//! A new signing secret, with a time in which the old one signs too.

use std::time::Duration;

use tertulia_domain::WebhookId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::webhooks;

use super::record;
use crate::views::WebhookSecretView;
use crate::{Ctx, Engine, Error, Result};

/// How long both secrets sign.
const OVERLAP_SECS: u64 = 24 * 60 * 60;

/// Makes a new secret. Receivers have a day to learn it.
pub async fn rotate_secret(
    engine: &Engine,
    ctx: &Ctx,
    webhook: WebhookId,
) -> Result<WebhookSecretView> {
    ctx.require(Permission::WebhooksManage)?;
    rotate(engine, ctx, webhook).await
}

/// The same for the endpoint of an app, whose manager has asked.
pub(crate) async fn rotate(
    engine: &Engine,
    ctx: &Ctx,
    webhook: WebhookId,
) -> Result<WebhookSecretView> {
    let secret = crate::secret::signing(engine.entropy.as_ref());
    engine
        .commit(ctx, move |change| {
            let account = change.ctx.account_id;
            let found = webhooks::lock(change.tx, account, webhook)?;
            let mut changed = found.ok_or(Error::NotFound("webhook"))?;
            let until = change.now.plus(Duration::from_secs(OVERLAP_SECS));
            let previous = std::mem::replace(&mut changed.secret, secret.clone());
            changed.previous_secret = Some((previous, until));
            webhooks::update(change.tx, account, &changed)?;
            record(change, EventKind::WebhookSecretRotated, &changed)?;
            Ok(WebhookSecretView::at(&changed, change.now))
        })
        .await
}
