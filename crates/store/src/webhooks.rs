//! Webhooks of an account.

use serde_json::{Value, json};
use tertulia_domain::webhook::{EventFilter, Webhook};
use tertulia_domain::{AccountId, Timestamp, WebhookId};

use crate::dialect::rows;
use crate::{Error, ReadTx, Result, Row, WriteTx, params};

const COLUMNS: &str = "w.id, w.url, w.description, w.events, w.secret, w.previous_secret, \
     w.previous_expires_at, w.enabled, w.enabled_at, w.failing_since, w.last_failure_at, w.created_at";

/// Adds an endpoint; its id is the answer, the one inside `webhook` means nothing.
pub fn create(tx: &mut WriteTx<'_>, account: AccountId, webhook: &Webhook) -> Result<WebhookId> {
    tx.one(
        "INSERT INTO webhooks (account_id, url, description, events, secret, enabled, enabled_at, \
         created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id",
        params![
            account,
            webhook.url,
            webhook.description,
            json!(webhook.filter.words()),
            webhook.secret,
            webhook.enabled,
            webhook.enabled_at,
            webhook.created_at,
        ],
        |row| row.take(),
    )
}

/// One endpoint.
pub fn get(tx: &mut ReadTx<'_>, account: AccountId, id: WebhookId) -> Result<Option<Webhook>> {
    let sql = format!("SELECT {COLUMNS} FROM webhooks w WHERE w.account_id = $1 AND w.id = $2");
    tx.optional(&sql, params![account, id], read)
}

/// One endpoint, locked until the commit.
pub fn lock(tx: &mut WriteTx<'_>, account: AccountId, id: WebhookId) -> Result<Option<Webhook>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM webhooks w WHERE w.account_id = $1 AND w.id = $2{}",
        rows::for_update_of(tx, "w")
    );
    tx.optional(&sql, params![account, id], read)
}

/// Endpoints with ids above `after`, by id, at most `limit`.
pub fn list(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    after: WebhookId,
    limit: i64,
) -> Result<Vec<Webhook>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM webhooks w WHERE w.account_id = $1 AND w.id > $2 \
         ORDER BY w.id LIMIT $3"
    );
    tx.all(&sql, params![account, after, limit], read)
}

/// Every endpoint that is switched on, with its account.
pub fn enabled(tx: &mut ReadTx<'_>) -> Result<Vec<(AccountId, Webhook)>> {
    let sql = format!(
        "/* system */ SELECT w.account_id, {COLUMNS} FROM webhooks w WHERE w.enabled ORDER BY w.id"
    );
    tx.all(&sql, &[], |row| Ok((row.take()?, read(row)?)))
}

/// How many endpoints an account has.
pub fn count(tx: &mut ReadTx<'_>, account: AccountId) -> Result<i64> {
    let sql = "SELECT count(*) FROM webhooks WHERE account_id = $1";
    tx.one(sql, params![account], |row| row.take())
}

/// Overwrites everything that changes in an endpoint.
pub fn update(tx: &mut WriteTx<'_>, account: AccountId, webhook: &Webhook) -> Result<()> {
    let previous = webhook.previous_secret.as_ref();
    tx.execute(
        "UPDATE webhooks SET url = $3, description = $4, events = $5, secret = $6, \
         previous_secret = $7, previous_expires_at = $8, enabled = $9, failing_since = $10, \
         last_failure_at = $11, enabled_at = $12 WHERE account_id = $1 AND id = $2",
        params![
            account,
            webhook.id,
            webhook.url,
            webhook.description,
            json!(webhook.filter.words()),
            webhook.secret,
            previous.map(|(secret, _)| secret),
            previous.map(|(_, until)| *until),
            webhook.enabled,
            webhook.failing_since,
            webhook.last_failure_at,
            webhook.enabled_at,
        ],
    )?;
    Ok(())
}

/// Removes an endpoint with its delivery log; false when there is none.
pub fn delete(tx: &mut WriteTx<'_>, account: AccountId, id: WebhookId) -> Result<bool> {
    let sql = "DELETE FROM webhooks WHERE account_id = $1 AND id = $2";
    Ok(tx.execute(sql, params![account, id])? == 1)
}

fn read(row: &mut Row<'_>) -> Result<Webhook> {
    let (id, url, description) = (row.take()?, row.take()?, row.take()?);
    let filter = read_filter(&row.take()?)?;
    let (secret, previous) = (row.take()?, row.take::<Option<String>>()?);
    let until = row.take::<Option<Timestamp>>()?;
    Ok(Webhook {
        id,
        url,
        description,
        filter,
        secret,
        previous_secret: previous.zip(until),
        enabled: row.take()?,
        enabled_at: row.take()?,
        failing_since: row.take()?,
        last_failure_at: row.take()?,
        created_at: row.take()?,
    })
}

fn read_filter(words: &Value) -> Result<EventFilter> {
    let words: Vec<&str> =
        words.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    EventFilter::parse(&words)
        .map_err(|word| Error::Damaged { reason: format!("a webhook wants {word:?}") })
}
