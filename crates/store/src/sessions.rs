//! Signed-in browsers, found by the hash of their cookie.

use tertulia_domain::user::{Role, Session};
use tertulia_domain::{AccountId, SessionId, Timestamp, UserId};

use crate::{ReadTx, Result, Row, WriteTx, params};

/// A browser that signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewSession<'a> {
    pub token_hash: &'a str,
    pub user_id: UserId,
    pub account_id: AccountId,
    pub user_agent: &'a str,
    pub ip: &'a str,
    pub now: Timestamp,
    pub expires_at: Timestamp,
}

/// A session with what decides the rights of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    pub session: Session,
    pub name: String,
    pub role: Role,
}

const COLUMNS: &str = "s.id, s.user_id, s.current_account, s.user_agent, s.ip, s.created_at, \
     s.last_seen_at, s.expires_at";

/// Adds a session.
pub fn create(tx: &mut WriteTx<'_>, session: &NewSession<'_>) -> Result<SessionId> {
    tx.one(
        "INSERT INTO sessions (token_hash, user_id, current_account, user_agent, ip, created_at, \
         last_seen_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $6, $7) RETURNING id",
        params![
            session.token_hash,
            session.user_id,
            session.account_id,
            session.user_agent,
            session.ip,
            session.now,
            session.expires_at,
        ],
        |row| row.take(),
    )
}

/// The session of a cookie, when its person may (still) enter its account.
pub fn by_hash(tx: &mut ReadTx<'_>, token_hash: &str) -> Result<Option<Signed>> {
    signed(tx, "s.token_hash = $1", params![token_hash])
}

/// The same by id, for what was opened in a session's name.
pub fn get(tx: &mut ReadTx<'_>, session: SessionId) -> Result<Option<Signed>> {
    signed(tx, "s.id = $1", params![session])
}

/// The sessions of a person, newest first.
pub fn of_user(tx: &mut ReadTx<'_>, user: UserId) -> Result<Vec<Session>> {
    let sql = format!("SELECT {COLUMNS} FROM sessions s WHERE s.user_id = $1 ORDER BY s.id DESC");
    tx.all(&sql, params![user], read)
}

/// Notes that the session was used.
pub fn touch(tx: &mut WriteTx<'_>, session: SessionId, now: Timestamp) -> Result<()> {
    let sql = "UPDATE sessions SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2";
    tx.execute(sql, params![session, now]).map(drop)
}

/// Gives the session another secret and another account.
pub fn switch(
    tx: &mut WriteTx<'_>,
    session: SessionId,
    account: AccountId,
    token_hash: &str,
) -> Result<()> {
    let sql = "UPDATE sessions SET current_account = $2, token_hash = $3 WHERE id = $1";
    tx.execute(sql, params![session, account, token_hash]).map(drop)
}

/// Ends one session of a person; false when there is none.
pub fn delete(tx: &mut WriteTx<'_>, user: UserId, session: SessionId) -> Result<bool> {
    let sql = "DELETE FROM sessions WHERE id = $1 AND user_id = $2";
    Ok(tx.execute(sql, params![session, user])? == 1)
}

/// Ends all sessions of a person, in all accounts, except `keep`; answers those that ended.
pub fn delete_others(
    tx: &mut WriteTx<'_>,
    user: UserId,
    keep: Option<SessionId>,
) -> Result<Vec<SessionId>> {
    tx.all(
        "DELETE FROM sessions WHERE user_id = $1 AND id <> $2 RETURNING id",
        params![user, keep.unwrap_or(SessionId(0))],
        |row| row.take(),
    )
}

/// Ends the sessions of a person in one account.
pub fn delete_in_account(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    user: UserId,
) -> Result<Vec<SessionId>> {
    tx.all(
        "DELETE FROM sessions WHERE user_id = $1 AND current_account = $2 RETURNING id",
        params![user, account],
        |row| row.take(),
    )
}

/// Forgets sessions that ended, or were last used, before a moment; says how many.
pub fn purge(tx: &mut WriteTx<'_>, now: Timestamp, idle_since: Timestamp) -> Result<u64> {
    let sql = "DELETE FROM sessions WHERE expires_at <= $1 OR last_seen_at <= $2";
    tx.execute(sql, params![now, idle_since])
}

fn signed(
    tx: &mut ReadTx<'_>,
    condition: &str,
    params: &[crate::Param<'_>],
) -> Result<Option<Signed>> {
    let sql = format!(
        "/* system */ SELECT {COLUMNS}, u.name, m.role FROM sessions s \
         JOIN users u ON u.id = s.user_id \
         JOIN memberships m ON m.user_id = s.user_id AND m.account_id = s.current_account \
         WHERE m.active AND m.deleted_at IS NULL AND {condition}"
    );
    tx.optional(&sql, params, |row| {
        Ok(Signed { session: read(row)?, name: row.take()?, role: row.take()? })
    })
}

fn read(row: &mut Row<'_>) -> Result<Session> {
    Ok(Session {
        id: row.take()?,
        user_id: row.take()?,
        account_id: row.take()?,
        user_agent: row.take()?,
        ip: row.take()?,
        created_at: row.take()?,
        last_seen_at: row.take()?,
        expires_at: row.take()?,
    })
}
