//! A new endpoint.

use tertulia_domain::WebhookId;
use tertulia_domain::access::Permission;
use tertulia_domain::app::ContractKind;
use tertulia_domain::event::EventKind;
use tertulia_domain::webhook::{ACK_SECS, Webhook};
use tertulia_store::webhooks;

use super::{check, record};
use crate::views::WebhookView;
use crate::{Ctx, Engine, Error, Result};

/// Endpoints of one account.
const WEBHOOKS_MAX: i64 = 20;

/// An endpoint to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Create {
    pub url: String,
    pub events: Vec<String>,
    pub description: String,
}

/// Adds an endpoint; it gets the events from now on. Its secret is only in this answer.
pub async fn create(engine: &Engine, ctx: &Ctx, command: Create) -> Result<WebhookView> {
    ctx.require(Permission::WebhooksManage)?;
    let now = engine.clock.now();
    let webhook = Webhook {
        id: WebhookId(0),
        url: check::url(engine, &command.url)?,
        description: check::description(&command.description)?,
        filter: check::events(&command.events)?,
        contract: ContractKind::Tertulia,
        app_id: None,
        inbox_id: None,
        ack_secs: ACK_SECS,
        secret: crate::secret::signing(engine.entropy.as_ref()),
        previous_secret: None,
        enabled: true,
        enabled_at: now,
        failing_since: None,
        last_failure_at: None,
        created_at: now,
    };
    engine
        .commit(ctx, move |change| {
            let account = change.ctx.account_id;
            if webhooks::count(change.tx, account)? >= WEBHOOKS_MAX {
                let detail = format!("An account has at most {WEBHOOKS_MAX} webhooks.");
                return Err(Error::Conflict { code: "conflict", detail });
            }
            let id = webhooks::create(change.tx, account, &webhook)?;
            let created = Webhook { id, ..webhook.clone() };
            let view = record(change, EventKind::WebhookCreated, &created)?;
            Ok(WebhookView { secret: Some(created.secret), ..view })
        })
        .await
}
