//! Reads a code against a person's second factor, and spends it: a code works once.

use tertulia_domain::Timestamp;
use tertulia_domain::user::Credential;
use tertulia_store::{WriteTx, credentials};
use totp_rs::{Builder, Secret, Totp};

use crate::{Error, Result, secret};

/// Steps before and after the present one that are accepted, for clocks that are a little off.
const SKEW_STEPS: u16 = 1;
const STEP_SECS: u64 = 30;
const DIGITS: u8 = 6;

/// What a code turned out to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Factor {
    /// The code of a time step.
    Step(i64),
    /// The hash of what may be a recovery code.
    Recovery(String),
}

/// The authenticator of a secret in Base32.
pub(super) fn authenticator(secret: &str, email: &str) -> Result<Totp> {
    let broken = |e: &dyn std::fmt::Display| Error::Internal(format!("a second factor: {e}"));
    let secret = Secret::try_from_base32(secret).map_err(|e| broken(&e))?;
    Builder::new()
        .with_secret(secret)
        .with_digits(DIGITS)
        .with_step_duration(STEP_SECS)
        .with_skew(SKEW_STEPS)
        .with_issuer(Some("Tertulia"))
        .with_account_name(email)
        .build()
        .map_err(|e| broken(&e))
}

/// What `code` is for this person; a wrong number of six digits is refused at once.
pub(crate) fn read_factor(person: &Credential, code: &str, now: Timestamp) -> Result<Factor> {
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    if code.len() != usize::from(DIGITS) {
        return Ok(Factor::Recovery(recovery_hash(&code)));
    }
    let totp = authenticator(person.totp_secret.as_deref().unwrap_or_default(), &person.email)?;
    let secs = u64::try_from(now.secs()).unwrap_or(0);
    let step = totp.check(&code, secs).ok_or_else(wrong)?;
    Ok(Factor::Step(i64::try_from(step).unwrap_or(i64::MAX)))
}

/// Spends the factor in the transaction that it lets through.
pub(crate) fn spend_factor(
    tx: &mut WriteTx<'_>,
    user: tertulia_domain::UserId,
    factor: &Factor,
) -> Result<()> {
    let is_spent = match factor {
        Factor::Step(step) => credentials::spend_totp_step(tx, user, *step)?,
        Factor::Recovery(hash) => credentials::spend_recovery(tx, user, hash)?,
    };
    if is_spent { Ok(()) } else { Err(wrong()) }
}

/// What is stored of a recovery code; dashes and capitals do not count.
pub(super) fn recovery_hash(code: &str) -> String {
    let code: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    secret::hash(&code.to_ascii_lowercase())
}

pub(super) fn wrong() -> Error {
    let detail = "The code is wrong, or was used before.".to_owned();
    Error::Unauthenticated { code: "credentials_invalid", detail }
}
