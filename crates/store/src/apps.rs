//! Apps of an account, found by their token too, and the inboxes that they work on.

use std::collections::HashMap;

use serde_json::Value;
use tertulia_domain::app::{App, AppPlace, AppRole};
use tertulia_domain::{AccountId, AppId, InboxId, Timestamp};

use crate::dialect::rows;
use crate::{Error, ReadTx, Result, Row, WriteTx, params};

const COLUMNS: &str = "p.id, p.name, p.description, p.contract, p.scopes, p.token, p.enabled, \
     p.hands_over_on_failure, p.created_at";

/// Adds an app without places; its id is the answer, the one inside `app` means nothing.
pub fn create(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    app: &App,
    token_hash: &str,
) -> Result<AppId> {
    tx.one(
        "INSERT INTO apps (account_id, name, description, contract, scopes, token, token_hash, \
         enabled, hands_over_on_failure, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id",
        params![
            account,
            app.name,
            app.description,
            app.contract,
            scope_words(app),
            app.token,
            token_hash,
            app.enabled,
            app.hands_over_on_failure,
            app.created_at,
        ],
        |row| row.take(),
    )
}

/// One app that was not removed.
pub fn get(tx: &mut ReadTx<'_>, account: AccountId, app: AppId) -> Result<Option<App>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM apps p \
         WHERE p.account_id = $1 AND p.id = $2 AND p.deleted_at IS NULL"
    );
    let found = tx.optional(&sql, params![account, app], read)?;
    with_places(tx, account, found.into_iter().collect()).map(|mut apps| apps.pop())
}

/// One app, locked until the commit.
pub fn lock(tx: &mut WriteTx<'_>, account: AccountId, app: AppId) -> Result<Option<App>> {
    let sql = format!(
        "SELECT p.id FROM apps p WHERE p.account_id = $1 AND p.id = $2{}",
        rows::for_update_of(tx, "p")
    );
    tx.optional(&sql, params![account, app], |row| row.take::<AppId>())?;
    get(tx, account, app)
}

/// Apps with ids above `after`, by id, at most `limit`.
pub fn list(tx: &mut ReadTx<'_>, account: AccountId, after: AppId, limit: i64) -> Result<Vec<App>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM apps p WHERE p.account_id = $1 AND p.id > $2 \
         AND p.deleted_at IS NULL ORDER BY p.id LIMIT $3"
    );
    let found = tx.all(&sql, params![account, after, limit], read)?;
    with_places(tx, account, found)
}

/// The app of a token, with its account; switched off, it has no force.
pub fn by_token_hash(tx: &mut ReadTx<'_>, hash: &str) -> Result<Option<(AccountId, App)>> {
    let sql = format!(
        "/* system */ SELECT {COLUMNS}, p.account_id FROM apps p \
         WHERE p.token_hash = $1 AND p.deleted_at IS NULL AND p.enabled"
    );
    tx.optional(&sql, params![hash], |row| {
        let app = read(row)?;
        Ok((row.take()?, app))
    })
}

/// Overwrites everything that changes in an app, except its places and its token.
pub fn update(tx: &mut WriteTx<'_>, account: AccountId, app: &App) -> Result<()> {
    tx.execute(
        "UPDATE apps SET name = $3, description = $4, scopes = $5, enabled = $6, \
         hands_over_on_failure = $7 WHERE account_id = $1 AND id = $2",
        params![
            account,
            app.id,
            app.name,
            app.description,
            scope_words(app),
            app.enabled,
            app.hands_over_on_failure,
        ],
    )
    .map(drop)
}

/// Gives an app another token; the one before has no force from then on.
pub fn set_token(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    app: AppId,
    token: &str,
    hash: &str,
) -> Result<()> {
    let sql = "UPDATE apps SET token = $3, token_hash = $4 WHERE account_id = $1 AND id = $2";
    tx.execute(sql, params![account, app, token, hash]).map(drop)
}

/// Removes an app and its places; what it has said stays. False when there is none.
pub fn delete(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    app: AppId,
    now: Timestamp,
) -> Result<bool> {
    let places = "DELETE FROM app_inboxes WHERE account_id = $1 AND app_id = $2";
    tx.execute(places, params![account, app])?;
    let sql = "UPDATE apps SET deleted_at = $3, enabled = FALSE \
               WHERE account_id = $1 AND id = $2 AND deleted_at IS NULL";
    Ok(tx.execute(sql, params![account, app, now])? == 1)
}

/// Puts an app to work on an inbox; one that answers takes the place of the one that did.
pub fn place(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    inbox: InboxId,
    app: AppId,
    role: AppRole,
) -> Result<()> {
    if role == AppRole::Answers {
        displace(tx, account, inbox)?;
    }
    tx.execute(
        "INSERT INTO app_inboxes (account_id, inbox_id, app_id, role) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (inbox_id, app_id) DO UPDATE SET role = excluded.role \
         WHERE app_inboxes.account_id = $1",
        params![account, inbox, app, role],
    )
    .map(drop)
}

/// Takes an app off an inbox; false when it was not there.
pub fn remove(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    inbox: InboxId,
    app: AppId,
) -> Result<bool> {
    let sql = "DELETE FROM app_inboxes WHERE account_id = $1 AND inbox_id = $2 AND app_id = $3";
    Ok(tx.execute(sql, params![account, inbox, app])? == 1)
}

/// Takes the app that answers off an inbox.
pub fn displace(tx: &mut WriteTx<'_>, account: AccountId, inbox: InboxId) -> Result<()> {
    let sql = "DELETE FROM app_inboxes WHERE account_id = $1 AND inbox_id = $2 AND role = $3";
    tx.execute(sql, params![account, inbox, AppRole::Answers]).map(drop)
}

/// The app that answers on an inbox, working or not.
pub fn assigned(tx: &mut ReadTx<'_>, account: AccountId, inbox: InboxId) -> Result<Option<AppId>> {
    let sql =
        "SELECT app_id FROM app_inboxes WHERE account_id = $1 AND inbox_id = $2 AND role = $3";
    tx.optional(sql, params![account, inbox, AppRole::Answers], |row| row.take())
}

/// The app that new conversations of an inbox begin with, with its name: it is switched on, and so is
/// its endpoint, if it has one.
pub fn answering(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    inbox: InboxId,
) -> Result<Option<(AppId, String)>> {
    tx.optional(
        "SELECT p.id, p.name FROM app_inboxes i JOIN apps p ON p.id = i.app_id \
         LEFT JOIN webhooks w ON w.app_id = p.id \
         WHERE i.account_id = $1 AND i.inbox_id = $2 AND i.role = $3 AND p.enabled \
         AND p.deleted_at IS NULL AND coalesce(w.enabled, TRUE)",
        params![account, inbox, AppRole::Answers],
        |row| Ok((row.take()?, row.take()?)),
    )
}

/// Every place of every app.
pub fn places(tx: &mut ReadTx<'_>) -> Result<Vec<(AppId, InboxId)>> {
    let sql = "/* system */ SELECT app_id, inbox_id FROM app_inboxes";
    tx.all(sql, &[], |row| Ok((row.take()?, row.take()?)))
}

/// How many apps an account has.
pub fn count(tx: &mut ReadTx<'_>, account: AccountId) -> Result<i64> {
    let sql = "SELECT count(*) FROM apps WHERE account_id = $1 AND deleted_at IS NULL";
    tx.one(sql, params![account], |row| row.take())
}

fn with_places(tx: &mut ReadTx<'_>, account: AccountId, mut apps: Vec<App>) -> Result<Vec<App>> {
    if apps.is_empty() {
        return Ok(apps);
    }
    let ids = Value::from(apps.iter().map(|app| app.id.0).collect::<Vec<_>>());
    let sql = format!(
        "SELECT app_id, inbox_id, role FROM app_inboxes WHERE account_id = $1 AND app_id {} \
         ORDER BY inbox_id",
        rows::any_of(tx, "$2")
    );
    let mut places: HashMap<AppId, Vec<AppPlace>> = HashMap::new();
    let found = tx.all(&sql, params![account, ids], |row| {
        Ok((row.take::<AppId>()?, AppPlace { inbox_id: row.take()?, role: row.take()? }))
    })?;
    for (app, place) in found {
        places.entry(app).or_default().push(place);
    }
    for app in &mut apps {
        app.places = places.remove(&app.id).unwrap_or_default();
    }
    Ok(apps)
}

fn scope_words(app: &App) -> Value {
    app.scopes.iter().map(|scope| scope.as_str()).collect()
}

fn read(row: &mut Row<'_>) -> Result<App> {
    Ok(App {
        id: row.take()?,
        name: row.take()?,
        description: row.take()?,
        contract: row.take()?,
        scopes: read_scopes(&row.take::<Value>()?)?,
        token: row.take()?,
        enabled: row.take()?,
        hands_over_on_failure: row.take()?,
        places: Vec::new(),
        created_at: row.take()?,
    })
}

fn read_scopes(stored: &Value) -> Result<Vec<tertulia_domain::access::Permission>> {
    let words = stored.as_array().into_iter().flatten().filter_map(Value::as_str);
    words
        .map(|word| word.parse().map_err(|e| Error::Damaged { reason: format!("a scope: {e}") }))
        .collect()
}
