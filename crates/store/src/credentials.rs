//! People over all accounts: sign-in name, password, second factor. Nothing here belongs to one account.

use serde_json::Value;
use tertulia_domain::user::Credential;
use tertulia_domain::{Timestamp, UserId};

use crate::{ReadTx, Result, Row, WriteTx, params};

/// A person to add. `email` is normalised.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUser<'a> {
    pub email: &'a str,
    pub name: &'a str,
    pub locale: &'a str,
    pub password_hash: Option<&'a str>,
    pub now: Timestamp,
}

const COLUMNS: &str = "id, name, email, locale, password_hash, totp_secret, totp_enabled_at";

/// Adds a person; `None` when the e-mail address is taken.
pub fn create(tx: &mut WriteTx<'_>, user: &NewUser<'_>) -> Result<Option<UserId>> {
    tx.optional(
        "INSERT INTO users (email, name, locale, password_hash, created_at) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (email) DO NOTHING RETURNING id",
        params![user.email, user.name, user.locale, user.password_hash, user.now],
        |row| row.take(),
    )
}

/// Whether there is anybody at all.
pub fn any(tx: &mut ReadTx<'_>) -> Result<bool> {
    let found = tx.optional("SELECT id FROM users LIMIT 1", &[], |row| row.take::<UserId>())?;
    Ok(found.is_some())
}

/// The person with a (normalised) e-mail address.
pub fn by_email(tx: &mut ReadTx<'_>, email: &str) -> Result<Option<Credential>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM users WHERE email = $1"), params![email], read)
}

/// One person.
pub fn get(tx: &mut ReadTx<'_>, user: UserId) -> Result<Option<Credential>> {
    tx.optional(&format!("SELECT {COLUMNS} FROM users WHERE id = $1"), params![user], read)
}

/// Overwrites what a person may change of themselves.
pub fn set_profile(tx: &mut WriteTx<'_>, user: UserId, name: &str, locale: &str) -> Result<()> {
    let sql = "UPDATE users SET name = $2, locale = $3 WHERE id = $1";
    tx.execute(sql, params![user, name, locale]).map(drop)
}

/// Overwrites the password.
pub fn set_password(tx: &mut WriteTx<'_>, user: UserId, hash: &str) -> Result<()> {
    let sql = "UPDATE users SET password_hash = $2 WHERE id = $1";
    tx.execute(sql, params![user, hash]).map(drop)
}

/// Stores the secret of a second factor that is not confirmed yet; says whether none is in force.
pub fn begin_totp(tx: &mut WriteTx<'_>, user: UserId, secret: &str) -> Result<bool> {
    let sql = "UPDATE users SET totp_secret = $2, totp_last_step = 0 \
               WHERE id = $1 AND totp_enabled_at IS NULL";
    Ok(tx.execute(sql, params![user, secret])? == 1)
}

/// Puts the second factor in force, with the hashes of its recovery codes.
pub fn enable_totp(
    tx: &mut WriteTx<'_>,
    user: UserId,
    recovery_hashes: &[String],
    now: Timestamp,
) -> Result<()> {
    let hashes = Value::from(recovery_hashes.to_vec());
    let sql = "UPDATE users SET totp_enabled_at = $2, recovery_hashes = $3 WHERE id = $1";
    tx.execute(sql, params![user, now, hashes]).map(drop)
}

/// Takes the second factor away.
pub fn disable_totp(tx: &mut WriteTx<'_>, user: UserId) -> Result<()> {
    let sql = "UPDATE users SET totp_secret = NULL, totp_enabled_at = NULL, totp_last_step = 0, \
               recovery_hashes = $2 WHERE id = $1";
    tx.execute(sql, params![user, Value::Array(Vec::new())]).map(drop)
}

/// Spends a time step of the second factor; false when it, or a later one, was spent before.
pub fn spend_totp_step(tx: &mut WriteTx<'_>, user: UserId, step: i64) -> Result<bool> {
    let sql = "UPDATE users SET totp_last_step = $2 WHERE id = $1 AND totp_last_step < $2";
    Ok(tx.execute(sql, params![user, step])? == 1)
}

/// Spends a recovery code by its hash; false when there is no such code left.
pub fn spend_recovery(tx: &mut WriteTx<'_>, user: UserId, hash: &str) -> Result<bool> {
    // The update first, so that two at once take turns at the row.
    tx.execute("UPDATE users SET name = name WHERE id = $1", params![user])?;
    let sql = "SELECT recovery_hashes FROM users WHERE id = $1";
    let Some(stored) = tx.optional(sql, params![user], |row| row.take::<Value>())? else {
        return Ok(false);
    };
    let hashes = stored.as_array().cloned().unwrap_or_default();
    let left: Vec<Value> = hashes.iter().filter(|it| it.as_str() != Some(hash)).cloned().collect();
    if left.len() == hashes.len() {
        return Ok(false);
    }
    let sql = "UPDATE users SET recovery_hashes = $2 WHERE id = $1";
    tx.execute(sql, params![user, Value::Array(left)])?;
    Ok(true)
}

fn read(row: &mut Row<'_>) -> Result<Credential> {
    Ok(Credential {
        user_id: row.take()?,
        name: row.take()?,
        email: row.take()?,
        locale: row.take()?,
        password_hash: row.take()?,
        totp_secret: row.take()?,
        totp_enabled: row.take::<Option<Timestamp>>()?.is_some(),
    })
}
