//! Inboxes, their members, and who may see one.

mod door;
mod of_ids;

use std::collections::HashMap;

use tertulia_domain::access::{self, Permission};
use tertulia_domain::inbox::{Channel, Health, Inbox, InboxSettings, ProviderToken};
use tertulia_domain::user::Role;
use tertulia_domain::{AccountId, InboxId, Timestamp, UserId};

pub use door::{Door, door, door_by_hook};
pub use of_ids::of_ids;

use crate::{Error, Json, ReadTx, Result, Row, WriteTx, params};

/// Columns of an inbox `b`, in the order of [`read`].
const COLUMNS: &str = "b.id, b.name, b.channel, b.enabled, b.hook_token, b.secret, \
     b.identity_secret, b.provider_token, b.reopen_window_secs, b.greeting, b.settings, \
     b.health_state, b.health_detail, b.health_at, b.created_at";

/// Adds an inbox; its `id` is ignored.
pub fn create(tx: &mut WriteTx<'_>, account: AccountId, inbox: &Inbox) -> Result<InboxId> {
    tx.one(
        "INSERT INTO inboxes (account_id, name, channel, enabled, hook_token, widget_key, secret, \
         identity_secret, provider_token, reopen_window_secs, greeting, settings, health_state, \
         health_detail, health_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, \
         $12, $13, $14, $15, $16) RETURNING id",
        params![
            account,
            inbox.name,
            inbox.channel,
            inbox.enabled,
            inbox.hook_token,
            widget_key(inbox),
            inbox.secret,
            inbox.identity_secret,
            inbox.provider_token.as_ref().map(ProviderToken::reveal),
            inbox.reopen_window_secs,
            inbox.greeting,
            settings_to_json(&inbox.settings)?,
            inbox.health.as_ref().map(|health| health.state),
            inbox.health.as_ref().and_then(|health| health.detail.as_deref()),
            inbox.health.as_ref().map(|health| health.checked_at),
            inbox.created_at,
        ],
        |row| row.take(),
    )
}

/// One inbox that was not deleted.
pub fn get(tx: &mut ReadTx<'_>, account: AccountId, inbox: InboxId) -> Result<Option<Inbox>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM inboxes b \
         WHERE b.account_id = $1 AND b.id = $2 AND b.deleted_at IS NULL"
    );
    tx.optional(&sql, params![account, inbox], read)
}

/// Inboxes with ids above `after`, by id, at most `limit`.
pub fn list(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    after: InboxId,
    limit: i64,
) -> Result<Vec<Inbox>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM inboxes b \
         WHERE b.account_id = $1 AND b.id > $2 AND b.deleted_at IS NULL ORDER BY b.id LIMIT $3"
    );
    tx.all(&sql, params![account, after, limit], read)
}

/// The same, only of the inboxes that a user is a member of.
pub fn list_of_member(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    user: UserId,
    after: InboxId,
    limit: i64,
) -> Result<Vec<Inbox>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM inboxes b JOIN inbox_members m ON m.inbox_id = b.id \
         WHERE b.account_id = $1 AND m.user_id = $2 AND b.id > $3 AND b.deleted_at IS NULL \
         ORDER BY b.id LIMIT $4"
    );
    tx.all(&sql, params![account, user, after, limit], read)
}

/// The inbox with a widget key, and its account.
pub fn by_widget_key(tx: &mut ReadTx<'_>, key: &str) -> Result<Option<(AccountId, Inbox)>> {
    let sql = format!(
        "/* system */ SELECT b.account_id, {COLUMNS} FROM inboxes b \
         WHERE b.widget_key = $1 AND b.deleted_at IS NULL"
    );
    tx.optional(&sql, params![key], |row| Ok((row.take()?, read(row)?)))
}

/// Overwrites what can be changed of an inbox.
pub fn update(tx: &mut WriteTx<'_>, account: AccountId, inbox: &Inbox) -> Result<()> {
    tx.execute(
        "UPDATE inboxes SET name = $3, enabled = $4, secret = $5, identity_secret = $6, \
         reopen_window_secs = $7, greeting = $8, settings = $9, provider_token = $10 \
         WHERE account_id = $1 AND id = $2",
        params![
            account,
            inbox.id,
            inbox.name,
            inbox.enabled,
            inbox.secret,
            inbox.identity_secret,
            inbox.reopen_window_secs,
            inbox.greeting,
            settings_to_json(&inbox.settings)?,
            inbox.provider_token.as_ref().map(ProviderToken::reveal),
        ],
    )?;
    Ok(())
}

/// Writes how the connection to the provider is.
pub fn set_health(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    inbox: InboxId,
    health: &Health,
) -> Result<()> {
    tx.execute(
        "UPDATE inboxes SET health_state = $3, health_detail = $4, health_at = $5 \
         WHERE account_id = $1 AND id = $2",
        params![account, inbox, health.state, health.detail, health.checked_at],
    )?;
    Ok(())
}

/// Inboxes of a channel that are in service, over all accounts.
pub fn of_channel(tx: &mut ReadTx<'_>, channel: Channel) -> Result<Vec<(AccountId, Inbox)>> {
    let sql = format!(
        "/* system */ SELECT b.account_id, {COLUMNS} FROM inboxes b \
         WHERE b.channel = $1 AND b.enabled AND b.deleted_at IS NULL ORDER BY b.id"
    );
    tx.all(&sql, params![channel], |row| Ok((row.take()?, read(row)?)))
}

/// Takes an inbox out of service; its conversations stay. False when there is none.
pub fn delete(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    inbox: InboxId,
    now: Timestamp,
) -> Result<bool> {
    let sql = "UPDATE inboxes SET deleted_at = $3, enabled = FALSE \
               WHERE account_id = $1 AND id = $2 AND deleted_at IS NULL";
    Ok(tx.execute(sql, params![account, inbox, now])? == 1)
}

/// An inbox that was deleted, and whose provider has to be told.
pub fn deleted(tx: &mut ReadTx<'_>, account: AccountId, inbox: InboxId) -> Result<Option<Inbox>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM inboxes b WHERE b.account_id = $1 AND b.id = $2 \
         AND b.deleted_at IS NOT NULL AND b.provider_token IS NOT NULL"
    );
    tx.optional(&sql, params![account, inbox], read)
}

/// Forgets what the provider gave us.
pub fn forget_token(tx: &mut WriteTx<'_>, account: AccountId, inbox: InboxId) -> Result<()> {
    let sql = "UPDATE inboxes SET provider_token = NULL WHERE account_id = $1 AND id = $2";
    tx.execute(sql, params![account, inbox])?;
    Ok(())
}

/// The members of an inbox, by id.
pub fn members(tx: &mut ReadTx<'_>, account: AccountId, inbox: InboxId) -> Result<Vec<UserId>> {
    tx.all(
        "SELECT user_id FROM inbox_members WHERE account_id = $1 AND inbox_id = $2 \
         ORDER BY user_id",
        params![account, inbox],
        |row| row.take(),
    )
}

/// The members of every inbox of the account.
pub fn all_members(
    tx: &mut ReadTx<'_>,
    account: AccountId,
) -> Result<HashMap<InboxId, Vec<UserId>>> {
    let rows = tx.all(
        "SELECT inbox_id, user_id FROM inbox_members WHERE account_id = $1 ORDER BY user_id",
        params![account],
        |row| Ok((row.take()?, row.take()?)),
    )?;
    let mut members: HashMap<InboxId, Vec<UserId>> = HashMap::new();
    for (inbox, user) in rows {
        members.entry(inbox).or_default().push(user);
    }
    Ok(members)
}

/// Overwrites the members.
pub fn set_members(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    inbox: InboxId,
    members: &[UserId],
) -> Result<()> {
    let sql = "DELETE FROM inbox_members WHERE account_id = $1 AND inbox_id = $2";
    tx.execute(sql, params![account, inbox])?;
    for user in members {
        tx.execute(
            "INSERT INTO inbox_members (account_id, inbox_id, user_id) VALUES ($1, $2, $3) \
             ON CONFLICT DO NOTHING",
            params![account, inbox, user],
        )?;
    }
    Ok(())
}

/// Whether a user may see an inbox and what came through it, also after it was deleted.
pub fn is_visible(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    inbox: InboxId,
    user: UserId,
    role: Role,
) -> Result<bool> {
    let found = if access::allows(role, Permission::InboxesAll) {
        let sql = "SELECT id FROM inboxes WHERE account_id = $1 AND id = $2";
        tx.optional(sql, params![account, inbox], |row| row.take::<InboxId>())?
    } else {
        let sql = "SELECT inbox_id FROM inbox_members \
                   WHERE account_id = $1 AND inbox_id = $2 AND user_id = $3";
        tx.optional(sql, params![account, inbox, user], |row| row.take::<InboxId>())?
    };
    Ok(found.is_some())
}

fn widget_key(inbox: &Inbox) -> Option<&str> {
    match &inbox.settings {
        InboxSettings::Widget(settings) => Some(&settings.key),
        InboxSettings::Api(_) | InboxSettings::Telegram(_) => None,
    }
}

fn settings_to_json(settings: &InboxSettings) -> Result<Json> {
    let json = match settings {
        InboxSettings::Widget(settings) => Json::of(settings),
        InboxSettings::Api(settings) => Json::of(settings),
        InboxSettings::Telegram(settings) => Json::of(settings),
    };
    json.map_err(|e| Error::Refused { reason: format!("settings of an inbox: {e}") })
}

fn settings_from_json(channel: Channel, stored: &Json) -> Result<InboxSettings> {
    let settings = match channel {
        Channel::Widget => stored.read().map(InboxSettings::Widget),
        Channel::Api => stored.read().map(InboxSettings::Api),
        Channel::Telegram => stored.read().map(InboxSettings::Telegram),
    };
    settings.map_err(|e| Error::Damaged { reason: format!("settings of an inbox: {e}") })
}

fn read(row: &mut Row<'_>) -> Result<Inbox> {
    let (id, name, channel) = (row.take()?, row.take()?, row.take()?);
    Ok(Inbox {
        id,
        name,
        channel,
        enabled: row.take()?,
        hook_token: row.take()?,
        secret: row.take()?,
        identity_secret: row.take()?,
        provider_token: row.take::<Option<String>>()?.map(ProviderToken::new),
        reopen_window_secs: row.take()?,
        greeting: row.take()?,
        settings: settings_from_json(channel, &row.take()?)?,
        health: read_health(row)?,
        created_at: row.take()?,
    })
}

fn read_health(row: &mut Row<'_>) -> Result<Option<Health>> {
    let (state, detail, at) = (row.take::<Option<_>>()?, row.take()?, row.take::<Option<_>>()?);
    Ok(state.map(|state| Health { state, detail, checked_at: at.unwrap_or_default() }))
}
