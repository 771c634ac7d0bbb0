//! The contract of Chatwoot's agent bots and webhooks: which events they are told, in which words, and
//! how they are signed. The engine delivers: in order for each conversation, at least once.

mod body;
mod changed;
mod names;
mod sign;

use tertulia_domain::webhook::{Webhook, WebhookDelivery};
use tertulia_domain::{AccountId, Timestamp};
use tertulia_engine::webhooks::Contract;
use tertulia_store::events::Event;
use tertulia_store::{ReadTx, Result};

pub(crate) use names::Name;

/// Chatwoot's contract, for a server that browsers reach at `public_url`.
pub struct ChatwootContract {
    public_url: String,
}

impl ChatwootContract {
    /// Links in payloads begin with `public_url`.
    #[must_use]
    pub fn new(public_url: &str) -> Self {
        Self { public_url: public_url.to_owned() }
    }
}

/// What endpoints may ask for although nobody is told: typing is shown and not kept.
const NEVER_TOLD: &[&str] = &["conversation_typing_on", "conversation_typing_off"];

impl Contract for ChatwootContract {
    fn knows(&self, name: &str) -> bool {
        NEVER_TOLD.contains(&name) || Name::from_str(name).is_some_and(Name::is_for_webhooks)
    }

    fn names(&self, webhook: &Webhook, event: &Event) -> Vec<&'static str> {
        names::names(webhook, event).into_iter().map(Name::as_str).collect()
    }

    fn body(
        &self,
        tx: &mut ReadTx<'_>,
        account: AccountId,
        _: &Webhook,
        event: &Event,
        name: &str,
    ) -> Result<Option<Vec<u8>>> {
        let Some(name) = Name::from_str(name) else { return Ok(None) };
        let body = body::body(tx, account, event, name, &self.public_url)?;
        Ok(body.and_then(|body| serde_json::to_vec(&body).ok()))
    }

    fn headers(
        &self,
        webhook: &Webhook,
        delivery: &WebhookDelivery,
        body: &[u8],
        now: Timestamp,
    ) -> Vec<(&'static str, String)> {
        sign::headers(webhook, delivery, body, now)
    }
}
