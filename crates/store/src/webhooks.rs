//! Webhooks of an account.

use serde_json::{Value, json};
use tertulia_domain::app::ContractKind;
use tertulia_domain::webhook::{EventFilter, Webhook};
use tertulia_domain::{AccountId, AppId, Timestamp, WebhookId};

use crate::dialect::rows;
use crate::{Error, ReadTx, Result, Row, WriteTx, params};

const COLUMNS: &str = "w.id, w.url, w.description, w.events, w.secret, w.previous_secret, \
     w.previous_expires_at, w.enabled, w.enabled_at, w.failing_since, w.last_failure_at, w.created_at, \
     w.contract, w.app_id, w.inbox_id, w.ack_secs";

/// Adds an endpoint; its id is the answer, the one inside `webhook` means nothing.
pub fn create(tx: &mut WriteTx<'_>, account: AccountId, webhook: &Webhook) -> Result<WebhookId> {
    tx.one(
        "INSERT INTO webhooks (account_id, url, description, events, secret, enabled, enabled_at, \
         created_at, contract, app_id, inbox_id, ack_secs) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING id",
        params![
            account,
            webhook.url,
            webhook.description,
            json!(webhook.filter.words()),
            webhook.secret,
            webhook.enabled,
            webhook.enabled_at,
            webhook.created_at,
            webhook.contract,
            webhook.app_id,
            webhook.inbox_id,
            webhook.ack_secs,
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

/// Endpoints of the account itself, not of its apps, with ids above `after`, by id, at most `limit`.
pub fn list(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    after: WebhookId,
    limit: i64,
) -> Result<Vec<Webhook>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM webhooks w WHERE w.account_id = $1 AND w.id > $2 \
         AND w.app_id IS NULL ORDER BY w.id LIMIT $3"
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

/// The endpoint of an app.
pub fn of_app(tx: &mut ReadTx<'_>, account: AccountId, app: AppId) -> Result<Option<Webhook>> {
    let sql = format!("SELECT {COLUMNS} FROM webhooks w WHERE w.account_id = $1 AND w.app_id = $2");
    tx.optional(&sql, params![account, app], read)
}

/// How many endpoints an account has, those of its apps aside.
pub fn count(tx: &mut ReadTx<'_>, account: AccountId) -> Result<i64> {
    let sql = "SELECT count(*) FROM webhooks WHERE account_id = $1 AND app_id IS NULL";
    tx.one(sql, params![account], |row| row.take())
}

/// Overwrites everything that changes in an endpoint.
pub fn update(tx: &mut WriteTx<'_>, account: AccountId, webhook: &Webhook) -> Result<()> {
    let previous = webhook.previous_secret.as_ref();
    tx.execute(
        "UPDATE webhooks SET url = $3, description = $4, events = $5, secret = $6, \
         previous_secret = $7, previous_expires_at = $8, enabled = $9, failing_since = $10, \
         last_failure_at = $11, enabled_at = $12, ack_secs = $13 WHERE account_id = $1 AND id = $2",
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
            webhook.ack_secs,
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
    let words = row.take::<Value>()?;
    let (secret, previous) = (row.take()?, row.take::<Option<String>>()?);
    let until = row.take::<Option<Timestamp>>()?;
    let (enabled, enabled_at) = (row.take()?, row.take()?);
    let (failing_since, last_failure_at) = (row.take()?, row.take()?);
    let (created_at, contract) = (row.take()?, row.take()?);
    Ok(Webhook {
        id,
        url,
        description,
        filter: read_filter(contract, &words)?,
        contract,
        app_id: row.take()?,
        inbox_id: row.take()?,
        ack_secs: row.take()?,
        secret,
        previous_secret: previous.zip(until),
        enabled,
        enabled_at,
        failing_since,
        last_failure_at,
        created_at,
    })
}

fn read_filter(contract: ContractKind, words: &Value) -> Result<EventFilter> {
    let words: Vec<&str> =
        words.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    if contract != ContractKind::Tertulia && words != ["*"] {
        return Ok(EventFilter::Names(words.into_iter().map(str::to_owned).collect()));
    }
    EventFilter::parse(&words)
        .map_err(|word| Error::Damaged { reason: format!("a webhook wants {word:?}") })
}
