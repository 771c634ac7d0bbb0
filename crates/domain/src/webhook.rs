//! Webhooks: which events an endpoint wants, and what becomes of each delivery.

use std::time::Duration;

use crate::access::Permission;
use crate::app::ContractKind;
use crate::closed::closed_enum;
use crate::event::EventKind;
use crate::{AppId, ConversationId, DeliveryId, EventId, InboxId, Timestamp, WebhookId};

/// An endpoint that fails for so long without a single success is switched off.
const FAILING_MAX: Duration = Duration::from_secs(5 * 24 * 60 * 60);
/// How long an endpoint may take to acknowledge a delivery, unless its app says otherwise.
pub const ACK_SECS: i64 = 15;
/// The word for all events, in lists of kinds.
const ALL: &str = "*";

closed_enum! {
    /// What became of a delivery.
    DeliveryState {
        /// Not sent yet, or to be tried again.
        Pending = "pending",
        /// The endpoint answered 2xx.
        Succeeded = "succeeded",
        /// Given up on.
        Failed = "failed",
    }
}

/// An account's endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    pub id: WebhookId,
    pub url: String,
    pub description: String,
    pub filter: EventFilter,
    /// In whose words it is told.
    pub contract: ContractKind,
    /// The app that it belongs to: it hears of the inboxes that the app works on.
    pub app_id: Option<AppId>,
    /// Hears of this inbox only.
    pub inbox_id: Option<InboxId>,
    /// How long it may take to acknowledge a delivery.
    pub ack_secs: i64,
    pub secret: String,
    /// Signs too until the moment beside it, so that a rotation needs no downtime.
    pub previous_secret: Option<(String, Timestamp)>,
    pub enabled: bool,
    /// When it was last switched on: it gets what happens from then on.
    pub enabled_at: Timestamp,
    /// Since when every attempt has failed.
    pub failing_since: Option<Timestamp>,
    pub last_failure_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

/// Which events an endpoint wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventFilter {
    All,
    Kinds(Vec<EventKind>),
    /// By the names of a contract that is not ours, which alone knows what they mean.
    Names(Vec<String>),
}

/// One event on its way to one endpoint, with the answer to the last attempt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookDelivery {
    pub id: DeliveryId,
    pub webhook_id: WebhookId,
    pub event_id: EventId,
    pub event_kind: EventKind,
    /// What the contract calls it; empty in ours.
    pub name: String,
    pub conversation_id: Option<ConversationId>,
    pub state: DeliveryState,
    pub attempts: i64,
    pub response_status: Option<i64>,
    pub response_body: Option<String>,
    pub error: Option<String>,
    pub duration_ms: Option<i64>,
    pub next_attempt_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

impl EventFilter {
    /// Reads a list of kinds; `*` stands for all. Answers the first word that is neither.
    pub fn parse<'t>(words: &[&'t str]) -> Result<Self, &'t str> {
        let mut kinds = Vec::new();
        for &word in words {
            if word == ALL {
                return Ok(Self::All);
            }
            let kind = word.parse().ok().filter(|kind| is_published(*kind)).ok_or(word)?;
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        Ok(Self::Kinds(kinds))
    }

    /// The list that [`EventFilter::parse`] reads.
    #[must_use]
    pub fn words(&self) -> Vec<&str> {
        match self {
            Self::All => vec![ALL],
            Self::Kinds(kinds) => kinds.iter().map(|kind| kind.as_str()).collect(),
            Self::Names(names) => names.iter().map(String::as_str).collect(),
        }
    }

    /// Whether an event of this kind is wanted.
    #[must_use]
    pub fn wants(&self, kind: EventKind) -> bool {
        match self {
            Self::All | Self::Names(_) => is_published(kind),
            Self::Kinds(kinds) => kinds.contains(&kind),
        }
    }
}

impl Webhook {
    /// Whether a failure at `now` is one too many.
    #[must_use]
    pub fn has_failed_too_long(&self, now: Timestamp) -> bool {
        self.failing_since.is_some_and(|since| now.since(since) >= FAILING_MAX)
    }

    /// The secrets that sign at `now`, the present one first.
    #[must_use]
    pub fn secrets(&self, now: Timestamp) -> Vec<&str> {
        let previous = self.previous_secret.as_ref().filter(|(_, until)| now < *until);
        let previous = previous.map(|(secret, _)| secret.as_str());
        std::iter::once(self.secret.as_str()).chain(previous).collect()
    }
}

/// Whether events of this kind leave the house: what everybody in the account may see does, the
/// account's own administration stays in the journal.
#[must_use]
pub fn is_published(kind: EventKind) -> bool {
    kind.permission() != Permission::EventsRead
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_a_list_of_published_kinds_or_everything() {
        let two = EventFilter::parse(&["message.created", "contact.merged", "message.created"]);
        let two = two.unwrap();
        assert_eq!(two.words(), ["message.created", "contact.merged"]);
        assert!(two.wants(EventKind::ContactMerged) && !two.wants(EventKind::MessageUpdated));
        assert_eq!(EventFilter::parse(&["message.created", "*"]), Ok(EventFilter::All));
        for unknown in ["message.sent", "session.created", "webhook.created", "MESSAGE.CREATED", ""]
        {
            assert_eq!(EventFilter::parse(&["message.created", unknown]), Err(unknown));
        }
    }

    #[test]
    fn everything_means_everything_about_customers() {
        let left_out: Vec<&str> = EventKind::ALL
            .iter()
            .filter(|kind| !EventFilter::All.wants(**kind))
            .map(|kind| kind.as_str())
            .collect();
        for kind in ["webhook.tested", "session.created", "token.created", "inbox.secret_rotated"] {
            assert!(left_out.contains(&kind), "{kind}");
        }
        assert!(!left_out.iter().any(|kind| kind.starts_with("message.")));
    }

    #[test]
    fn an_endpoint_is_given_five_days() {
        let day = Duration::from_secs(86_400);
        let mut webhook = Webhook {
            id: WebhookId(1),
            url: String::new(),
            description: String::new(),
            filter: EventFilter::All,
            contract: ContractKind::Tertulia,
            app_id: None,
            inbox_id: None,
            ack_secs: ACK_SECS,
            secret: "new".to_owned(),
            previous_secret: Some(("old".to_owned(), Timestamp(10))),
            enabled: true,
            enabled_at: Timestamp(0),
            failing_since: Some(Timestamp(0)),
            last_failure_at: None,
            created_at: Timestamp(0),
        };
        assert!(!webhook.has_failed_too_long(Timestamp(0).plus(day * 5).minus(day / 86_400)));
        assert!(webhook.has_failed_too_long(Timestamp(0).plus(day * 5)));
        assert_eq!(webhook.secrets(Timestamp(9)), ["new", "old"]);
        assert_eq!(webhook.secrets(Timestamp(10)), ["new"]);
        webhook.failing_since = None;
        assert!(!webhook.has_failed_too_long(Timestamp(i64::MAX)));
    }
}
