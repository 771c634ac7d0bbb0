//! In whose words an endpoint is told: which deliveries an event makes, what is in them, how they are
//! signed. Ours is here; a foreign one comes from the façade that knows it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;
use tertulia_domain::app::ContractKind;
use tertulia_domain::webhook::{EventFilter, Webhook, WebhookDelivery};
use tertulia_domain::{AccountId, Timestamp};
use tertulia_net::signature::{self, ID_HEADER, SIGNATURE_HEADER, TIMESTAMP_HEADER};
use tertulia_store::events::Event;
use tertulia_store::{ReadTx, Result};

use crate::views::EventView;

/// A published way to tell endpoints what happens.
pub trait Contract: Send + Sync {
    /// Whether an endpoint can ask for events by this name.
    fn knows(&self, name: &str) -> bool;

    /// The names of the deliveries that an event makes for an endpoint, in their order; empty when the
    /// endpoint is not told.
    fn names(&self, webhook: &Webhook, event: &Event) -> Vec<&'static str>;

    /// The body of one of them; `None` when what it is about has gone.
    fn body(
        &self,
        tx: &mut ReadTx<'_>,
        account: AccountId,
        webhook: &Webhook,
        event: &Event,
        name: &str,
    ) -> Result<Option<Vec<u8>>>;

    /// The headers of an attempt, signature included.
    fn headers(
        &self,
        webhook: &Webhook,
        delivery: &WebhookDelivery,
        body: &[u8],
        now: Timestamp,
    ) -> Vec<(&'static str, String)>;
}

/// The contracts that this server speaks; cheap to clone.
#[derive(Clone)]
pub struct Contracts(Arc<BTreeMap<ContractKind, Arc<dyn Contract>>>);

impl Default for Contracts {
    fn default() -> Self {
        let ours: Arc<dyn Contract> = Arc::new(Ours);
        Self(Arc::new(BTreeMap::from([(ContractKind::Tertulia, ours)])))
    }
}

impl Contracts {
    /// The same with one more.
    #[must_use]
    pub fn with(&self, kind: ContractKind, contract: Arc<dyn Contract>) -> Self {
        let mut all = self.0.as_ref().clone();
        all.insert(kind, contract);
        Self(Arc::new(all))
    }

    /// `None`: this server does not speak it.
    pub(super) fn of(&self, kind: ContractKind) -> Option<&dyn Contract> {
        self.0.get(&kind).map(AsRef::as_ref)
    }
}

/// Events as they are in the journal, by the Standard Webhooks specification.
struct Ours;

/// What a delivery carries: the event, and its moment under the name of the specification.
#[derive(Debug, Serialize)]
struct Payload<'e> {
    #[serde(flatten)]
    event: &'e EventView,
    timestamp: Timestamp,
}

impl Contract for Ours {
    fn knows(&self, name: &str) -> bool {
        EventFilter::parse(&[name]).is_ok()
    }

    fn names(&self, webhook: &Webhook, event: &Event) -> Vec<&'static str> {
        if webhook.filter.wants(event.kind) { vec![""] } else { Vec::new() }
    }

    fn body(
        &self,
        _: &mut ReadTx<'_>,
        _: AccountId,
        _: &Webhook,
        event: &Event,
        _: &str,
    ) -> Result<Option<Vec<u8>>> {
        let payload = Payload { event: &EventView::from(event), timestamp: event.at };
        // A view is made of strings, numbers and maps with string keys: it always has a JSON form.
        Ok(serde_json::to_vec(&payload).ok())
    }

    fn headers(
        &self,
        webhook: &Webhook,
        delivery: &WebhookDelivery,
        body: &[u8],
        now: Timestamp,
    ) -> Vec<(&'static str, String)> {
        // The same for every attempt of a delivery, and different for every other.
        let id = format!("msg_{}_{}", webhook.id, delivery.event_id);
        let secrets = webhook.secrets(now);
        let signatures: Vec<String> =
            secrets.iter().map(|secret| signature::sign(secret, &id, now.secs(), body)).collect();
        vec![
            (ID_HEADER, id),
            (TIMESTAMP_HEADER, now.secs().to_string()),
            (SIGNATURE_HEADER, signatures.join(" ")),
        ]
    }
}
