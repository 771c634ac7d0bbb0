//! From the journal to deliveries: exactly one per event and endpoint.

use std::sync::Arc;

use serde_json::json;
use tertulia_domain::{AccountId, Clock, DeliveryId, Timestamp};
use tertulia_jobs::Follower;
use tertulia_store::deliveries::{self, NewDelivery};
use tertulia_store::events::Event;
use tertulia_store::jobs::{self, NewJob};
use tertulia_store::{ReadTx, Result, WriteTx, webhooks};

use super::deliver::{KIND, pool};

/// Makes the deliveries of all accounts.
pub struct WebhookFollower {
    clock: Arc<dyn Clock>,
}

impl WebhookFollower {
    /// The follower of a node.
    #[must_use]
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock }
    }
}

impl Follower for WebhookFollower {
    type Work = Vec<NewDelivery>;

    fn name(&self) -> &'static str {
        "webhooks"
    }

    fn plan(&self, tx: &mut ReadTx<'_>, events: &[Event]) -> Result<Option<Self::Work>> {
        let endpoints = webhooks::enabled(tx)?;
        let mut wanted = Vec::new();
        for event in events {
            let takers = endpoints.iter().filter(|(account, webhook)| {
                // An endpoint gets what happens after it was switched on, however far behind this runs.
                *account == event.account_id
                    && webhook.enabled_at <= event.at
                    && webhook.filter.wants(event.kind)
            });
            wanted.extend(takers.map(|(account, webhook)| NewDelivery {
                account: *account,
                webhook: webhook.id,
                event: event.id,
                kind: event.kind,
                conversation: event.conversation_id,
            }));
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
