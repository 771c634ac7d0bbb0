//! Address, events, description and switch of an endpoint.

use tertulia_domain::WebhookId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::{jobs, webhooks};

use super::deliver::pool;
use super::{check, record};
use crate::views::WebhookView;
use crate::{Ctx, Engine, Error, Result};

/// What to change; `None` stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Update {
    pub url: Option<String>,
    pub events: Option<Vec<String>>,
    pub description: Option<String>,
    pub enabled: Option<bool>,
}

/// Changes an endpoint. Switched on again, it gets the events from then on.
pub async fn update(
    engine: &Engine,
    ctx: &Ctx,
    webhook: WebhookId,
    command: Update,
) -> Result<WebhookView> {
    ctx.require(Permission::WebhooksManage)?;
    let url = command.url.as_deref().map(|url| check::url(engine, url)).transpose()?;
    let description = command.description.as_deref().map(check::description).transpose()?;
    let contracts = engine.contracts.clone();
    engine
        .commit(ctx, move |change| {
            let account = change.ctx.account_id;
            let found = webhooks::lock(change.tx, account, webhook)?;
            let mut changed = found.ok_or(Error::NotFound("webhook"))?;
            changed.url = url.clone().unwrap_or(changed.url);
            if let Some(events) = &command.events {
                changed.filter = check::events(&contracts, changed.contract, events)?;
            }
            changed.description = description.clone().unwrap_or(changed.description);
            if let Some(enabled) = command.enabled {
                if enabled && !changed.enabled {
                    changed.failing_since = None;
                    changed.enabled_at = change.now;
                    // Attempts that were put off for hours would keep what comes now waiting.
                    jobs::hurry(change.tx, account, &pool(webhook), change.now)?;
                }
                changed.enabled = enabled;
            }
            webhooks::update(change.tx, account, &changed)?;
            record(change, EventKind::WebhookUpdated, &changed)
        })
        .await
}
