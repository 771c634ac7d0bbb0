//! Sign-ins by OpenID Connect: the ones under way, and who is who at which issuer.

use tertulia_domain::{Timestamp, UserId};

use crate::{ReadTx, Result, WriteTx, params};

/// A sign-in that waits for the person to come back from the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Login {
    pub provider: String,
    pub nonce: String,
    /// The PKCE verifier.
    pub verifier: String,
    /// Who was signed in already and wants to be known by the provider.
    pub link_to: Option<UserId>,
}

/// Remembers a sign-in under the hash of its state.
pub fn begin(
    tx: &mut WriteTx<'_>,
    state_hash: &str,
    login: &Login,
    expires_at: Timestamp,
) -> Result<()> {
    tx.execute(
        "INSERT INTO oidc_logins (state_hash, provider, nonce, verifier, link_to, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
        params![
            state_hash,
            login.provider,
            login.nonce,
            login.verifier,
            login.link_to,
            expires_at,
        ],
    )?;
    Ok(())
}

/// Takes the sign-in of a state; the second who brings the state gets nothing.
pub fn take(tx: &mut WriteTx<'_>, state_hash: &str, now: Timestamp) -> Result<Option<Login>> {
    tx.optional(
        "DELETE FROM oidc_logins WHERE state_hash = $1 AND expires_at > $2 \
         RETURNING provider, nonce, verifier, link_to",
        params![state_hash, now],
        |row| {
            Ok(Login {
                provider: row.take()?,
                nonce: row.take()?,
                verifier: row.take()?,
                link_to: row.take()?,
            })
        },
    )
}

/// Forgets sign-ins that were never finished; says how many.
pub fn purge(tx: &mut WriteTx<'_>, now: Timestamp) -> Result<u64> {
    tx.execute("DELETE FROM oidc_logins WHERE expires_at <= $1", params![now])
}

/// The person whom an issuer knows as `subject`.
pub fn user(tx: &mut ReadTx<'_>, issuer: &str, subject: &str) -> Result<Option<UserId>> {
    tx.optional(
        "SELECT user_id FROM user_oidc WHERE issuer = $1 AND subject = $2",
        params![issuer, subject],
        |row| row.take(),
    )
}

/// Ties an issuer's `subject` to a person.
pub fn link(tx: &mut WriteTx<'_>, issuer: &str, subject: &str, user: UserId) -> Result<()> {
    tx.execute(
        "INSERT INTO user_oidc (issuer, subject, user_id) VALUES ($1, $2, $3) \
         ON CONFLICT DO NOTHING",
        params![issuer, subject, user],
    )?;
    Ok(())
}
