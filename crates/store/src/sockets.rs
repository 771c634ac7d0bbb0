//! What a socket may see: read when it subscribes, and again when its rights may have changed.

use serde_json::Value;
use tertulia_domain::access::Permission;
use tertulia_domain::user::Role;
use tertulia_domain::{
    AccountId, ContactId, ConversationId, IdentityId, InboxId, RoomId, SessionId, Timestamp,
    TokenId, UserId,
};

use crate::{Error, ReadTx, Result, Row, params};

/// A person, or a program that acts for one, who is allowed in at this moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffSocket {
    pub user_id: UserId,
    pub name: String,
    pub role: Role,
    /// `None`: a signed-in person, whose role alone decides.
    pub scopes: Option<Vec<Permission>>,
    pub expires_at: Option<Timestamp>,
    /// The inboxes that the person is a member of.
    pub inbox_ids: Vec<InboxId>,
}

/// A customer on an API inbox, who has a room from its first message on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CustomerSocket {
    pub inbox_id: InboxId,
    pub contact_id: ContactId,
    pub contact_name: String,
    pub blocked: bool,
    pub room_id: Option<RoomId>,
}

/// Where a conversation takes place: what decides who may see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub room_id: RoomId,
    pub inbox_id: InboxId,
    pub contact_id: ContactId,
}

/// The signed-in person behind a session, unless it ended or the person is no active member.
pub fn by_session(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    session: SessionId,
    now: Timestamp,
) -> Result<Option<StaffSocket>> {
    let found = tx.optional(
        "SELECT u.id, u.name, m.role, s.expires_at FROM sessions s \
         JOIN users u ON u.id = s.user_id \
         JOIN memberships m ON m.user_id = s.user_id AND m.account_id = $1 \
         WHERE s.id = $2 AND s.expires_at > $3 AND m.active AND m.deleted_at IS NULL",
        params![account, session, now],
        |row| staff(row, None),
    )?;
    with_inboxes(tx, account, found)
}

/// The program behind a token, unless it was revoked, expired, or its person is no active member.
pub fn by_token(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    token: TokenId,
    now: Timestamp,
) -> Result<Option<StaffSocket>> {
    let found = tx.optional(
        "SELECT u.id, t.name, m.role, t.expires_at, t.scopes FROM tokens t \
         JOIN users u ON u.id = t.created_by \
         JOIN memberships m ON m.user_id = u.id AND m.account_id = $1 \
         WHERE t.account_id = $1 AND t.id = $2 AND t.revoked_at IS NULL \
         AND (t.expires_at IS NULL OR t.expires_at > $3) AND m.active AND m.deleted_at IS NULL",
        params![account, token, now],
        |row| {
            let mut found = staff(row, Some(Vec::new()))?;
            found.scopes = Some(permissions(&row.take()?)?);
            Ok(found)
        },
    )?;
    with_inboxes(tx, account, found)
}

/// The customer behind an identity, unless its inbox is out of service or the person was erased.
pub fn by_identity(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    identity: IdentityId,
) -> Result<Option<CustomerSocket>> {
    tx.optional(
        "SELECT i.inbox_id, c.id, c.name, c.blocked_at IS NOT NULL, r.id FROM identities i \
         JOIN contacts c ON c.id = i.contact_id AND c.account_id = i.account_id \
         JOIN inboxes b ON b.id = i.inbox_id AND b.account_id = i.account_id \
         LEFT JOIN rooms r ON r.contact_id = c.id AND r.account_id = i.account_id \
         WHERE i.account_id = $1 AND i.id = $2 AND c.erased_at IS NULL \
         AND b.enabled AND b.deleted_at IS NULL",
        params![account, identity],
        |row| {
            Ok(CustomerSocket {
                inbox_id: row.take()?,
                contact_id: row.take()?,
                contact_name: row.take()?,
                blocked: row.take()?,
                room_id: row.take()?,
            })
        },
    )
}

/// The place of a conversation.
pub fn place(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    conversation: ConversationId,
) -> Result<Option<Place>> {
    tx.optional(
        "SELECT room_id, inbox_id, contact_id FROM conversations \
         WHERE account_id = $1 AND id = $2",
        params![account, conversation],
        |row| Ok(Place { room_id: row.take()?, inbox_id: row.take()?, contact_id: row.take()? }),
    )
}

fn staff(row: &mut Row<'_>, scopes: Option<Vec<Permission>>) -> Result<StaffSocket> {
    Ok(StaffSocket {
        user_id: row.take()?,
        name: row.take()?,
        role: row.take()?,
        expires_at: row.take()?,
        scopes,
        inbox_ids: Vec::new(),
    })
}

fn with_inboxes(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    found: Option<StaffSocket>,
) -> Result<Option<StaffSocket>> {
    let Some(mut found) = found else { return Ok(None) };
    found.inbox_ids = tx.all(
        "SELECT inbox_id FROM inbox_members WHERE account_id = $1 AND user_id = $2 \
         ORDER BY inbox_id",
        params![account, found.user_id],
        |row| row.take(),
    )?;
    Ok(Some(found))
}

fn permissions(scopes: &Value) -> Result<Vec<Permission>> {
    let damaged = || Error::Damaged { reason: format!("a token's scopes are {scopes}") };
    let words = scopes.as_array().ok_or_else(damaged)?;
    words
        .iter()
        .map(|word| word.as_str().and_then(|w| w.parse().ok()).ok_or_else(damaged))
        .collect()
}
