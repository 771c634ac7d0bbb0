//! Accounts: the tenants themselves. Only `create` and `list` look beyond one of them.

use tertulia_domain::account::{Account, ConversationPolicy};
use tertulia_domain::{AccountId, Timestamp};

use crate::{ReadTx, Result, Row, WriteTx, params};

const COLUMNS: &str = "id, name, locale, conversation_policy, created_at";

/// Adds an account.
pub fn create(
    tx: &mut WriteTx<'_>,
    name: &str,
    locale: &str,
    policy: ConversationPolicy,
    now: Timestamp,
) -> Result<AccountId> {
    tx.one(
        "INSERT INTO accounts (name, locale, conversation_policy, created_at) \
         VALUES ($1, $2, $3, $4) RETURNING id",
        params![name, locale, policy, now],
        |row| row.take(),
    )
}

/// One account.
pub fn get(tx: &mut ReadTx<'_>, account: AccountId) -> Result<Option<Account>> {
    let sql = format!("SELECT {COLUMNS} FROM accounts WHERE id = $1");
    tx.optional(&sql, params![account], read)
}

/// All accounts of this server, oldest first.
pub fn list(tx: &mut ReadTx<'_>) -> Result<Vec<Account>> {
    tx.all(&format!("SELECT {COLUMNS} FROM accounts ORDER BY id"), &[], read)
}

/// Overwrites what can be changed of an account.
pub fn update(tx: &mut WriteTx<'_>, account: &Account) -> Result<()> {
    tx.execute(
        "UPDATE accounts SET name = $2, locale = $3, conversation_policy = $4 WHERE id = $1",
        params![account.id, account.name, account.locale, account.conversation_policy],
    )?;
    Ok(())
}

fn read(row: &mut Row<'_>) -> Result<Account> {
    Ok(Account {
        id: row.take()?,
        name: row.take()?,
        locale: row.take()?,
        conversation_policy: row.take()?,
        created_at: row.take()?,
    })
}
