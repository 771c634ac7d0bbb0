//! A new endpoint.

use tertulia_domain::access::Permission;
use tertulia_domain::app::ContractKind;
use tertulia_domain::event::EventKind;
use tertulia_domain::webhook::{ACK_SECS, Webhook};
use tertulia_domain::{InboxId, WebhookId};
use tertulia_store::{inboxes, webhooks};

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
    /// In whose words it is told.
    pub contract: ContractKind,
    /// Hears of this inbox only.
    pub inbox_id: Option<InboxId>,
}

/// Adds an endpoint; it gets the events from now on. Its secret is only in this answer.
pub async fn create(engine: &Engine, ctx: &Ctx, command: Create) -> Result<WebhookView> {
    ctx.require(Permission::WebhooksManage)?;
    let now = engine.clock.now();
    let webhook = Webhook {
        id: WebhookId(0),
        url: check::url(engine, &command.url)?,
        description: check::description(&command.description)?,
        filter: check::events(&engine.contracts, command.contract, &command.events)?,
        contract: command.contract,
        app_id: None,
        inbox_id: command.inbox_id,
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
            if let Some(inbox) = webhook.inbox_id {
                let missing = || Error::invalid("/inbox_id", "is not an inbox of the account");
                inboxes::get(change.tx, account, inbox)?.ok_or_else(missing)?;
            }
            let id = webhooks::create(change.tx, account, &webhook)?;
            let created = Webhook { id, ..webhook.clone() };
            let view = record(change, EventKind::WebhookCreated, &created)?;
            Ok(WebhookView { secret: Some(created.secret), ..view })
        })
        .await
}
