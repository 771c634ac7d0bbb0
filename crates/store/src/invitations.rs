//! Invitations of people by e-mail address, found by the hash of their secret.

use tertulia_domain::user::{Invitation, Role};
use tertulia_domain::{AccountId, InvitationId, Timestamp, UserId};

use crate::{ReadTx, Result, Row, WriteTx, params};

/// An invitation to add. `email` is normalised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewInvitation<'a> {
    pub email: &'a str,
    pub role: Role,
    pub token_hash: &'a str,
    pub invited_by: UserId,
    pub expires_at: Timestamp,
    pub now: Timestamp,
}

const COLUMNS: &str = "id, email, role, invited_by, expires_at, created_at";
const PENDING: &str = "accepted_at IS NULL AND revoked_at IS NULL";

/// Adds an invitation.
pub fn create(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    invitation: &NewInvitation<'_>,
) -> Result<InvitationId> {
    tx.one(
        "INSERT INTO invitations (account_id, email, role, token_hash, invited_by, expires_at, \
         created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        params![
            account,
            invitation.email,
            invitation.role,
            invitation.token_hash,
            invitation.invited_by,
            invitation.expires_at,
            invitation.now,
        ],
        |row| row.take(),
    )
}

/// Invitations with ids above `after` that can still be accepted, by id, at most `limit`.
pub fn list(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    after: InvitationId,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Invitation>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM invitations WHERE account_id = $1 AND id > $2 AND {PENDING} \
         AND expires_at > $3 ORDER BY id LIMIT $4"
    );
    tx.all(&sql, params![account, after, now, limit], read)
}

/// One invitation that can still be accepted.
pub fn get(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    invitation: InvitationId,
    now: Timestamp,
) -> Result<Option<Invitation>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM invitations WHERE account_id = $1 AND id = $2 AND {PENDING} \
         AND expires_at > $3"
    );
    tx.optional(&sql, params![account, invitation, now], read)
}

/// The invitation of a secret, while it can be accepted.
pub fn by_hash(
    tx: &mut ReadTx<'_>,
    token_hash: &str,
    now: Timestamp,
) -> Result<Option<(AccountId, Invitation)>> {
    let sql = format!(
        "/* system */ SELECT account_id, {COLUMNS} FROM invitations \
         WHERE token_hash = $1 AND {PENDING} AND expires_at > $2"
    );
    tx.optional(&sql, params![token_hash, now], |row| Ok((row.take()?, read(row)?)))
}

/// Invitations of an e-mail address in all accounts that can still be accepted, oldest first.
pub fn for_email(
    tx: &mut ReadTx<'_>,
    email: &str,
    now: Timestamp,
) -> Result<Vec<(AccountId, Invitation)>> {
    let sql = format!(
        "/* system */ SELECT account_id, {COLUMNS} FROM invitations \
         WHERE email = $1 AND {PENDING} AND expires_at > $2 ORDER BY id"
    );
    tx.all(&sql, params![email, now], |row| Ok((row.take()?, read(row)?)))
}

/// Marks it accepted; false when somebody was faster, or it was revoked.
pub fn accept(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    invitation: InvitationId,
    now: Timestamp,
) -> Result<bool> {
    let sql = format!(
        "UPDATE invitations SET accepted_at = $3 WHERE account_id = $1 AND id = $2 AND {PENDING}"
    );
    Ok(tx.execute(&sql, params![account, invitation, now])? == 1)
}

/// Takes it back; false when it was accepted or taken back before.
pub fn revoke(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    invitation: InvitationId,
    now: Timestamp,
) -> Result<bool> {
    let sql = format!(
        "UPDATE invitations SET revoked_at = $3 WHERE account_id = $1 AND id = $2 AND {PENDING}"
    );
    Ok(tx.execute(&sql, params![account, invitation, now])? == 1)
}

/// Takes back what was sent to an address before.
pub fn revoke_for_email(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    email: &str,
    now: Timestamp,
) -> Result<u64> {
    let sql = format!(
        "UPDATE invitations SET revoked_at = $3 WHERE account_id = $1 AND email = $2 AND {PENDING}"
    );
    tx.execute(&sql, params![account, email, now])
}

fn read(row: &mut Row<'_>) -> Result<Invitation> {
    Ok(Invitation {
        id: row.take()?,
        email: row.take()?,
        role: row.take()?,
        invited_by: row.take()?,
        expires_at: row.take()?,
        created_at: row.take()?,
    })
}
