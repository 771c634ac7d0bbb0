//! How webhooks and their deliveries are shown.

use serde::{Deserialize, Serialize};
use tertulia_domain::app::ContractKind;
use tertulia_domain::event::EventKind;
use tertulia_domain::webhook::{DeliveryState, Webhook, WebhookDelivery};
use tertulia_domain::{DeliveryId, Timestamp, WebhookId};
use utoipa::ToSchema;

/// An endpoint that events are sent to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Webhook)]
pub struct WebhookView {
    pub id: WebhookId,
    pub url: String,
    pub description: String,
    /// In whose words it is told; the events are called as there.
    pub contract: ContractKind,
    /// Event types, or `["*"]`.
    pub events: Vec<String>,
    /// False when somebody switched it off, when it answered 410, or when it failed for five days.
    pub enabled: bool,
    /// Only in the answer that made it.
    pub secret: Option<String>,
    pub last_failure_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

/// The signing secret of an endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = WebhookSecret)]
pub struct WebhookSecretView {
    pub secret: String,
    /// Until then the secret before this one signs too.
    pub previous_until: Option<Timestamp>,
}

/// An event on its way to an endpoint, with the answer to the last attempt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = WebhookDelivery)]
pub struct WebhookDeliveryView {
    pub id: DeliveryId,
    pub webhook_id: WebhookId,
    pub event_type: EventKind,
    /// What the endpoint's contract calls it; empty in ours.
    pub name: String,
    pub status: DeliveryState,
    pub attempts: i64,
    pub response_status: Option<i64>,
    /// The beginning of the answer.
    pub response_body: Option<String>,
    /// Why there was no answer.
    pub error: Option<String>,
    pub duration_ms: Option<i64>,
    pub next_attempt_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

impl From<&Webhook> for WebhookView {
    fn from(webhook: &Webhook) -> Self {
        Self {
            id: webhook.id,
            url: webhook.url.clone(),
            description: webhook.description.clone(),
            contract: webhook.contract,
            events: webhook.filter.words().into_iter().map(str::to_owned).collect(),
            enabled: webhook.enabled,
            secret: None,
            last_failure_at: webhook.last_failure_at,
            created_at: webhook.created_at,
        }
    }
}

impl WebhookSecretView {
    /// The secret that signs at `now`.
    #[must_use]
    pub fn at(webhook: &Webhook, now: Timestamp) -> Self {
        let previous = webhook.previous_secret.as_ref().map(|(_, until)| *until);
        Self {
            secret: webhook.secret.clone(),
            previous_until: previous.filter(|until| now < *until),
        }
    }
}

impl From<&WebhookDelivery> for WebhookDeliveryView {
    fn from(delivery: &WebhookDelivery) -> Self {
        Self {
            id: delivery.id,
            webhook_id: delivery.webhook_id,
            event_type: delivery.event_kind,
            name: delivery.name.clone(),
            status: delivery.state,
            attempts: delivery.attempts,
            response_status: delivery.response_status,
            response_body: delivery.response_body.clone(),
            error: delivery.error.clone(),
            duration_ms: delivery.duration_ms,
            next_attempt_at: delivery.next_attempt_at,
            created_at: delivery.created_at,
        }
    }
}
