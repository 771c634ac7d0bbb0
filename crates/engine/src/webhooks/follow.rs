//! From the journal to deliveries: exactly one per event, endpoint and name.

use std::collections::HashSet;
use std::sync::Arc;

use serde_json::json;
use tertulia_domain::control::Holder;
use tertulia_domain::webhook::Webhook;
use tertulia_domain::{AccountId, AppId, Clock, DeliveryId, InboxId, Timestamp};
use tertulia_jobs::Follower;
use tertulia_store::deliveries::{self, NewDelivery};
use tertulia_store::events::Event;
use tertulia_store::jobs::{self, NewJob};
use tertulia_store::{ReadTx, Result, WriteTx, apps, conversations, webhooks};

use super::Contracts;
use super::deliver::{KIND, pool};

/// Makes the deliveries of all accounts.
pub struct WebhookFollower {
    clock: Arc<dyn Clock>,
    contracts: Contracts,
}

impl WebhookFollower {
    /// The follower of a node.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>, contracts: Contracts) -> Self {
        Self { clock, contracts }
    }

    fn names(&self, webhook: &Webhook, event: &Event) -> Vec<&'static str> {
        let contract = self.contracts.of(webhook.contract);
        contract.map(|contract| contract.names(webhook, event)).unwrap_or_default()
    }
}

impl Follower for WebhookFollower {
    type Work = Vec<NewDelivery>;

    fn name(&self) -> &'static str {
        "webhooks"
    }

    fn plan(&self, tx: &mut ReadTx<'_>, events: &[Event]) -> Result<Option<Self::Work>> {
        let endpoints = webhooks::enabled(tx)?;
        let serve_apps = endpoints.iter().any(|(_, webhook)| webhook.app_id.is_some());
        let places: HashSet<(AppId, InboxId)> =
            if serve_apps { apps::places(tx)?.into_iter().collect() } else { HashSet::new() };
        let mut wanted = Vec::new();
        for event in events {
            for (account, webhook) in &endpoints {
                // An endpoint gets what happens after it was switched on, however far behind this runs.
                if *account != event.account_id || webhook.enabled_at > event.at {
                    continue;
                }
                let names = self.names(webhook, event);
                if names.is_empty() || !hears(tx, webhook, event, &places)? {
                    continue;
                }
                wanted.extend(names.into_iter().map(|name| NewDelivery {
                    account: *account,
                    webhook: webhook.id,
                    event: event.id,
                    kind: event.kind,
                    conversation: event.conversation_id,
                    name: name.to_owned(),
                }));
            }
        }
        Ok((!wanted.is_empty()).then_some(wanted))
    }

    fn apply(&self, tx: &mut WriteTx<'_>, work: &Self::Work) -> Result<()> {
        let now = self.clock.now();
        for new in work {
            if let Some(delivery) = deliveries::insert(tx, new, now)? {
                let conversation = new.conversation.map(|id| id.to_string());
                let lane = conversation.as_deref().unwrap_or("account");
                let lane = format!("{}:{lane}", pool(new.webhook));
                enqueue(tx, new, delivery, &lane, false, now)?;
            }
        }
        Ok(())
    }
}

/// Whether what happened is any business of the endpoint's: an app hears of the inboxes that it works
/// on and of conversations that it holds elsewhere.
fn hears(
    tx: &mut ReadTx<'_>,
    webhook: &Webhook,
    event: &Event,
    places: &HashSet<(AppId, InboxId)>,
) -> Result<bool> {
    if webhook.inbox_id.is_some() && webhook.inbox_id != event.inbox_id {
        return Ok(false);
    }
    let Some(app) = webhook.app_id else { return Ok(true) };
    let (Some(inbox), Some(conversation)) = (event.inbox_id, event.conversation_id) else {
        return Ok(event.inbox_id.is_some_and(|inbox| places.contains(&(app, inbox))));
    };
    if places.contains(&(app, inbox)) {
        return Ok(true);
    }
    let holder = conversations::holder(tx, event.account_id, conversation)?;
    Ok(holder == Some(Holder::App(app)))
}

/// Adds the job of a delivery.
pub(super) fn enqueue(
    tx: &mut WriteTx<'_>,
    new: &NewDelivery,
    delivery: DeliveryId,
    lane: &str,
    manual: bool,
    now: Timestamp,
) -> Result<()> {
    let payload = &json!({"delivery_id": delivery, "manual": manual});
    let pool = pool(new.webhook);
    let account: Option<AccountId> = Some(new.account);
    let (lane, pool) = (Some(lane), Some(pool.as_str()));
    jobs::enqueue(tx, &NewJob { account, kind: KIND, lane, pool, payload, run_at: now, now })?;
    Ok(())
}
