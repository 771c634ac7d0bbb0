//! Idempotency keys: claimed in the transaction of the write, with the answer kept beside the key.

use serde_json::Value;
use tertulia_domain::{AccountId, Timestamp};

use crate::{Result, WriteTx, params};

/// What became of a claim.
#[derive(Debug, Clone, PartialEq)]
pub enum Claim {
    /// First time: do the work, then [`answer`].
    Fresh,
    /// Done before with the same request: answer this again.
    Done(Value),
    /// Used before for another request.
    Mismatch,
}

/// Claims a key. A concurrent claim of the same key waits for the first one's commit.
pub fn claim(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    principal: &str,
    key: &str,
    fingerprint: &str,
    now: Timestamp,
) -> Result<Claim> {
    let inserted = tx.execute(
        "INSERT INTO idempotency_keys (account_id, principal, key, fingerprint, created_at) \
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
        params![account, principal, key, fingerprint, now],
    )?;
    if inserted == 1 {
        return Ok(Claim::Fresh);
    }
    let (same, answer) = tx.one(
        "SELECT fingerprint = $4, answer FROM idempotency_keys \
         WHERE account_id = $1 AND principal = $2 AND key = $3",
        params![account, principal, key, fingerprint],
        |row| Ok((row.take::<bool>()?, row.take::<Option<Value>>()?)),
    )?;
    Ok(if same { Claim::Done(answer.unwrap_or(Value::Null)) } else { Claim::Mismatch })
}

/// Keeps the answer of a fresh claim.
pub fn answer(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    principal: &str,
    key: &str,
    answer: &Value,
) -> Result<()> {
    tx.execute(
        "UPDATE idempotency_keys SET answer = $4 \
         WHERE account_id = $1 AND principal = $2 AND key = $3",
        params![account, principal, key, answer],
    )?;
    Ok(())
}

/// Forgets keys made before `before`; says how many.
pub fn purge(tx: &mut WriteTx<'_>, before: Timestamp) -> Result<u64> {
    tx.execute("/* system */ DELETE FROM idempotency_keys WHERE created_at < $1", params![before])
}
