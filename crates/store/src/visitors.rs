//! Visitors of websites: a random token, stored hashed, stands for one identity in one widget.

use serde_json::Value;
use tertulia_domain::inbox::WidgetSettings;
use tertulia_domain::{AccountId, ContactId, IdentityId, InboxId, RoomId, Timestamp};

use crate::{Error, Json, ReadTx, Result, WriteTx, params};

/// Whom a visitor's token stands for, with what decides whether it is let in.
#[derive(Debug, Clone, PartialEq)]
pub struct Visitor {
    pub account_id: AccountId,
    pub inbox_id: InboxId,
    pub identity_id: IdentityId,
    pub contact_id: ContactId,
    pub contact_name: String,
    pub contact_email: Option<String>,
    pub room_id: Option<RoomId>,
    /// The identity was proven by the website.
    pub verified: bool,
    pub blocked: bool,
    pub settings: WidgetSettings,
    /// The page the visitor was on when we last heard, as `{url, title, referrer}`.
    pub page: Option<Value>,
}

/// A token to keep.
#[derive(Debug, Clone, PartialEq)]
pub struct NewToken<'a> {
    pub inbox: InboxId,
    pub identity: IdentityId,
    pub token_hash: &'a str,
    pub page: Option<Value>,
    pub now: Timestamp,
}

/// The visitor of a token, unless it was revoked or its inbox is switched off or deleted.
pub fn by_token(tx: &mut ReadTx<'_>, token_hash: &str) -> Result<Option<Visitor>> {
    tx.optional(
        "/* system */ SELECT t.account_id, t.inbox_id, i.id, c.id, c.name, c.email, r.id, \
         i.verified, c.blocked_at IS NOT NULL, b.settings, t.page FROM visitor_tokens t \
         JOIN identities i ON i.id = t.identity_id AND i.account_id = t.account_id \
         JOIN contacts c ON c.id = i.contact_id AND c.account_id = t.account_id \
         JOIN inboxes b ON b.id = t.inbox_id AND b.account_id = t.account_id \
         LEFT JOIN rooms r ON r.contact_id = c.id AND r.account_id = t.account_id \
         WHERE t.token_hash = $1 AND t.revoked_at IS NULL AND c.erased_at IS NULL \
         AND b.enabled AND b.deleted_at IS NULL",
        params![token_hash],
        |row| {
            Ok(Visitor {
                account_id: row.take()?,
                inbox_id: row.take()?,
                identity_id: row.take()?,
                contact_id: row.take()?,
                contact_name: row.take()?,
                contact_email: row.take()?,
                room_id: row.take()?,
                verified: row.take()?,
                blocked: row.take()?,
                settings: settings(&row.take()?)?,
                page: row.take()?,
            })
        },
    )
}

fn settings(stored: &Json) -> Result<WidgetSettings> {
    stored.read().map_err(|e| Error::Damaged { reason: format!("settings of a widget: {e}") })
}

/// Keeps the hash of a new token.
pub fn insert_token(tx: &mut WriteTx<'_>, account: AccountId, new: &NewToken<'_>) -> Result<()> {
    tx.execute(
        "INSERT INTO visitor_tokens (token_hash, account_id, inbox_id, identity_id, page, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        params![new.token_hash, account, new.inbox, new.identity, new.page, new.now],
    )?;
    Ok(())
}

/// Ends one token.
pub fn revoke_token(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    token_hash: &str,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        "UPDATE visitor_tokens SET revoked_at = $3 \
         WHERE account_id = $1 AND token_hash = $2 AND revoked_at IS NULL",
        params![account, token_hash, now],
    )?;
    Ok(())
}

/// Notes the page that a visitor is on.
pub fn set_page(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    token_hash: &str,
    page: &Value,
) -> Result<()> {
    tx.execute(
        "UPDATE visitor_tokens SET page = $3 WHERE account_id = $1 AND token_hash = $2",
        params![account, token_hash, page],
    )?;
    Ok(())
}

/// Messages of the team behind the customer's watermark, as far as counting is worth it.
pub fn unread(tx: &mut ReadTx<'_>, account: AccountId, room: RoomId, read_seq: i64) -> Result<i64> {
    tx.one(
        "SELECT count(*) FROM (SELECT 1 FROM messages WHERE account_id = $1 AND room_id = $2 \
         AND seq > $3 AND direction = 'out' AND visibility = 'public' AND deleted_at IS NULL \
         LIMIT 100) unread",
        params![account, room, read_seq],
        |row| row.take(),
    )
}
