//! Users: people as members of one account, with their role there.

use std::collections::HashMap;

use serde_json::Value;
use tertulia_domain::account::Account;
use tertulia_domain::user::{Role, User};
use tertulia_domain::{AccountId, TeamId, Timestamp, UserId};

use crate::dialect::rows;
use crate::{ReadTx, Result, Row, WriteTx, params};

const SELECT: &str = "SELECT u.id, u.name, u.email, u.locale, m.role, m.active, \
     u.totp_enabled_at, m.created_at FROM memberships m JOIN users u ON u.id = m.user_id \
     WHERE m.account_id = $1 AND m.deleted_at IS NULL";

/// Makes a person a member, or one who was removed a member again; false for a present member.
pub fn add(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    user: UserId,
    role: Role,
    now: Timestamp,
) -> Result<bool> {
    let changed = tx.execute(
        "INSERT INTO memberships (account_id, user_id, role, active, created_at) \
         VALUES ($1, $2, $3, TRUE, $4) ON CONFLICT (account_id, user_id) DO UPDATE \
         SET role = excluded.role, active = TRUE, deleted_at = NULL \
         WHERE memberships.deleted_at IS NOT NULL",
        params![account, user, role, now],
    )?;
    Ok(changed == 1)
}

/// One member.
pub fn get(tx: &mut ReadTx<'_>, account: AccountId, user: UserId) -> Result<Option<User>> {
    let found =
        tx.optional(&format!("{SELECT} AND m.user_id = $2"), params![account, user], read)?;
    let Some(mut found) = found else { return Ok(None) };
    found.team_ids = tx.all(
        "SELECT team_id FROM team_members WHERE account_id = $1 AND user_id = $2 ORDER BY team_id",
        params![account, user],
        |row| row.take(),
    )?;
    Ok(Some(found))
}

/// These people, without their teams: also those who were removed, because what they did is still shown.
pub fn of_ids(tx: &mut ReadTx<'_>, account: AccountId, ids: &[UserId]) -> Result<Vec<User>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let all = SELECT.replace(" AND m.deleted_at IS NULL", "");
    let sql = format!("{all} AND m.user_id {}", rows::any_of(tx, "$2"));
    let ids = Value::from(ids.iter().map(|id| id.0).collect::<Vec<_>>());
    tx.all(&sql, params![account, ids], read)
}

/// Members with ids above `after`, by id, at most `limit`.
pub fn list(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    after: UserId,
    limit: i64,
) -> Result<Vec<User>> {
    let sql = format!("{SELECT} AND m.user_id > $2 ORDER BY m.user_id LIMIT $3");
    let mut users = tx.all(&sql, params![account, after, limit], read)?;
    let rows = tx.all(
        "SELECT user_id, team_id FROM team_members WHERE account_id = $1 ORDER BY team_id",
        params![account],
        |row| Ok((row.take()?, row.take()?)),
    )?;
    let mut teams: HashMap<UserId, Vec<TeamId>> = HashMap::new();
    for (user, team) in rows {
        teams.entry(user).or_default().push(team);
    }
    for user in &mut users {
        user.team_ids = teams.remove(&user.id).unwrap_or_default();
    }
    Ok(users)
}

/// Overwrites the role and whether the member may come in.
pub fn set_role(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    user: UserId,
    role: Role,
    active: bool,
) -> Result<()> {
    tx.execute(
        "UPDATE memberships SET role = $3, active = $4 WHERE account_id = $1 AND user_id = $2",
        params![account, user, role, active],
    )?;
    Ok(())
}

/// Removes a member, also from teams and inboxes; the name stays on what they did.
pub fn remove(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    user: UserId,
    now: Timestamp,
) -> Result<()> {
    for table in ["team_members", "inbox_members"] {
        let sql = format!("DELETE FROM {table} WHERE account_id = $1 AND user_id = $2");
        tx.execute(&sql, params![account, user])?;
    }
    tx.execute(
        "UPDATE memberships SET active = FALSE, deleted_at = $3 \
         WHERE account_id = $1 AND user_id = $2",
        params![account, user, now],
    )?;
    Ok(())
}

/// Active administrators other than `user`, locked against change until the commit.
pub fn other_administrators(tx: &mut WriteTx<'_>, account: AccountId, user: UserId) -> Result<u64> {
    // An update that changes nothing takes the row locks that a plain count would not.
    tx.execute(
        "UPDATE memberships SET active = active WHERE account_id = $1 AND user_id <> $2 \
         AND role = 'administrator' AND active AND deleted_at IS NULL",
        params![account, user],
    )
}

/// The accounts that a person may enter, with the role in each, oldest first.
pub fn accounts_of(tx: &mut ReadTx<'_>, user: UserId) -> Result<Vec<(Account, Role)>> {
    tx.all(
        "/* system */ SELECT a.id, a.name, a.locale, a.conversation_policy, a.created_at, m.role \
         FROM memberships m JOIN accounts a ON a.id = m.account_id \
         WHERE m.user_id = $1 AND m.active AND m.deleted_at IS NULL ORDER BY a.id",
        params![user],
        |row| {
            let account = Account {
                id: row.take()?,
                name: row.take()?,
                locale: row.take()?,
                conversation_policy: row.take()?,
                created_at: row.take()?,
            };
            Ok((account, row.take()?))
        },
    )
}

/// Whether a person is also a member of another account, or was, and keeps a name there.
pub fn accounts_beyond(tx: &mut ReadTx<'_>, account: AccountId, user: UserId) -> Result<bool> {
    let sql = "/* system */ SELECT account_id FROM memberships \
               WHERE user_id = $2 AND account_id <> $1 LIMIT 1";
    let found = tx.optional(sql, params![account, user], |row| row.take::<AccountId>())?;
    Ok(found.is_some())
}

/// How many of these people are members of the account.
pub fn count_of(tx: &mut ReadTx<'_>, account: AccountId, users: &[UserId]) -> Result<usize> {
    let mut present = 0;
    for user in users {
        let sql = "SELECT user_id FROM memberships \
                   WHERE account_id = $1 AND user_id = $2 AND deleted_at IS NULL";
        let found = tx.optional(sql, params![account, user], |row| row.take::<UserId>())?;
        present += usize::from(found.is_some());
    }
    Ok(present)
}

fn read(row: &mut Row<'_>) -> Result<User> {
    Ok(User {
        id: row.take()?,
        name: row.take()?,
        email: row.take()?,
        locale: row.take()?,
        role: row.take()?,
        active: row.take()?,
        totp_enabled: row.take::<Option<Timestamp>>()?.is_some(),
        team_ids: Vec::new(),
        created_at: row.take()?,
    })
}
