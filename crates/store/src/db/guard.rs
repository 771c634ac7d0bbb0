//! The first tenant wall: in debug builds a statement on an account table must name `account_id`.
//!
//! It reads the statement's text once per distinct text. PostgreSQL's row-level security is the second wall.

use std::collections::HashSet;
use std::sync::{LazyLock, Mutex};

use crate::error::{Error, Result};
use crate::schema::ACCOUNT_TABLES;

static SEEN: LazyLock<Mutex<HashSet<u64>>> = LazyLock::new(Mutex::default);

/// Marks a statement that works over all accounts on purpose (timers, the runner, sign-in).
pub(crate) const SYSTEM_MARK: &str = "/* system */";

/// Refuses a statement that touches an account table without an account predicate.
pub(crate) fn check(sql: &str) -> Result<()> {
    if !cfg!(debug_assertions) || sql.starts_with(SYSTEM_MARK) {
        return Ok(());
    }
    let mut seen = SEEN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let key = fingerprint(sql);
    if seen.contains(&key) {
        return Ok(());
    }
    if let Some(table) = unguarded(sql) {
        let reason = format!("no account_id predicate on {table} in: {sql}");
        return Err(Error::Refused { reason });
    }
    seen.insert(key);
    Ok(())
}

/// The first account table that is used although `account_id` appears nowhere in the statement.
fn unguarded(sql: &str) -> Option<&'static str> {
    let words: HashSet<&str> =
        sql.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).collect();
    if words.contains("account_id") {
        return None;
    }
    ACCOUNT_TABLES.iter().copied().find(|table| words.contains(table))
}

fn fingerprint(sql: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash, Hasher};
    let mut hasher = DefaultHasher::new();
    sql.hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_statement_without_the_account_is_refused() {
        assert_eq!(unguarded("SELECT id FROM messages WHERE id = $1"), Some("messages"));
        assert_eq!(unguarded("SELECT id FROM messages WHERE account_id = $1 AND id = $2"), None);
        assert_eq!(unguarded("SELECT id FROM users WHERE id = $1"), None);
        assert!(check("DELETE FROM contacts WHERE id = $1").is_err());
    }
}
