//! Deliveries of webhooks: one row per event and endpoint, with the answer to the last attempt.

use tertulia_domain::actor::ActorKind;
use tertulia_domain::event::EventKind;
use tertulia_domain::webhook::{DeliveryState, WebhookDelivery};
use tertulia_domain::{AccountId, ConversationId, DeliveryId, EventId, Timestamp, WebhookId};

use crate::{ReadTx, Result, Row, WriteTx, params};

const COLUMNS: &str = "id, webhook_id, event_id, event_type, conversation_id, status, attempts, \
     response_status, response_body, error, duration_ms, next_attempt_at, created_at, name";

/// An event for an endpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    pub account: AccountId,
    pub webhook: WebhookId,
    pub event: EventId,
    pub kind: EventKind,
    pub conversation: Option<ConversationId>,
    /// What the endpoint's contract calls it; empty in ours.
    pub name: String,
}

/// The answer to an attempt, or the lack of one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Attempt {
    pub response_status: Option<i64>,
    pub response_body: Option<String>,
    pub error: Option<String>,
    pub duration_ms: Option<i64>,
}

/// Adds a delivery; `None` when the event has one already, or the endpoint has gone.
pub fn insert(
    tx: &mut WriteTx<'_>,
    new: &NewDelivery,
    now: Timestamp,
) -> Result<Option<DeliveryId>> {
    tx.optional(
        "INSERT INTO deliveries (account_id, webhook_id, event_id, event_type, conversation_id, \
         status, next_attempt_at, created_at, name) \
         SELECT w.account_id, w.id, $3, $4, $5, $6, $7, $7, $8 FROM webhooks w \
         WHERE w.account_id = $1 AND w.id = $2 \
         ON CONFLICT (event_id, webhook_id, name) DO NOTHING RETURNING id",
        params![
            new.account,
            new.webhook,
            new.event,
            new.kind,
            new.conversation,
            DeliveryState::Pending,
            now,
            new.name,
        ],
        |row| row.take(),
    )
}

/// One delivery.
pub fn get(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    id: DeliveryId,
) -> Result<Option<WebhookDelivery>> {
    let sql = format!("SELECT {COLUMNS} FROM deliveries WHERE account_id = $1 AND id = $2");
    tx.optional(&sql, params![account, id], read)
}

/// Deliveries of an endpoint with ids below `before`, newest first, at most `limit`.
pub fn list(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    webhook: WebhookId,
    before: DeliveryId,
    limit: i64,
) -> Result<Vec<WebhookDelivery>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM deliveries WHERE account_id = $1 AND webhook_id = $2 AND id < $3 \
         ORDER BY id DESC LIMIT $4"
    );
    tx.all(&sql, params![account, webhook, before, limit], read)
}

/// When the oldest message of the customer was written that an endpoint has not been told of yet.
pub fn customer_waits_since(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    webhook: WebhookId,
    conversation: ConversationId,
) -> Result<Option<Timestamp>> {
    tx.one(
        "SELECT min(e.at) FROM deliveries d JOIN events e ON e.id = d.event_id \
         WHERE d.account_id = $1 AND d.webhook_id = $2 AND d.conversation_id = $3 \
         AND d.status = 'pending' AND e.kind = $4 AND e.actor_kind IN ($5, $6)",
        params![
            account,
            webhook,
            conversation,
            EventKind::MessageCreated,
            ActorKind::Contact,
            ActorKind::Inbox
        ],
        |row| row.take(),
    )
}

/// Writes down an attempt: the answer, the state after it, and when the next attempt is.
pub fn record(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    id: DeliveryId,
    attempt: &Attempt,
    state: DeliveryState,
    next_attempt_at: Option<Timestamp>,
) -> Result<()> {
    tx.execute(
        "UPDATE deliveries SET attempts = attempts + 1, response_status = $3, response_body = $4, \
         error = $5, duration_ms = $6, status = $7, next_attempt_at = $8 \
         WHERE account_id = $1 AND id = $2",
        params![
            account,
            id,
            attempt.response_status,
            attempt.response_body,
            attempt.error,
            attempt.duration_ms,
            state,
            next_attempt_at,
        ],
    )?;
    Ok(())
}

/// Gives up on everything that an endpoint still has to come. Says how much it was.
pub fn give_up(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    webhook: WebhookId,
    error: &str,
) -> Result<u64> {
    tx.execute(
        "UPDATE deliveries SET status = $3, error = $4, next_attempt_at = NULL \
         WHERE account_id = $1 AND webhook_id = $2 AND status = $5",
        params![account, webhook, DeliveryState::Failed, error, DeliveryState::Pending],
    )
}

/// Forgets settled deliveries made before `before`; says how many.
pub fn purge(tx: &mut WriteTx<'_>, before: Timestamp) -> Result<u64> {
    tx.execute(
        "/* system */ DELETE FROM deliveries WHERE created_at < $1 AND status <> $2",
        params![before, DeliveryState::Pending],
    )
}

fn read(row: &mut Row<'_>) -> Result<WebhookDelivery> {
    Ok(WebhookDelivery {
        id: row.take()?,
        webhook_id: row.take()?,
        event_id: row.take()?,
        event_kind: row.take()?,
        conversation_id: row.take()?,
        state: row.take()?,
        attempts: row.take()?,
        response_status: row.take()?,
        response_body: row.take()?,
        error: row.take()?,
        duration_ms: row.take()?,
        next_attempt_at: row.take()?,
        created_at: row.take()?,
        name: row.take()?,
    })
}
