//! Teams and their members.

use std::collections::HashMap;

use tertulia_domain::account::Team;
use tertulia_domain::{AccountId, TeamId, UserId};

use crate::{ReadTx, Result, Row, WriteTx, params};

/// Adds a team; `None` when the name is taken.
pub fn create(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    name: &str,
    description: &str,
) -> Result<Option<TeamId>> {
    tx.optional(
        "INSERT INTO teams (account_id, name, description) VALUES ($1, $2, $3) \
         ON CONFLICT (account_id, name) DO NOTHING RETURNING id",
        params![account, name, description],
        |row| row.take(),
    )
}

/// One team.
pub fn get(tx: &mut ReadTx<'_>, account: AccountId, team: TeamId) -> Result<Option<Team>> {
    let sql = "SELECT id, name, description FROM teams WHERE account_id = $1 AND id = $2";
    let Some(mut team) = tx.optional(sql, params![account, team], read)? else { return Ok(None) };
    team.member_ids = tx.all(
        "SELECT user_id FROM team_members WHERE account_id = $1 AND team_id = $2 ORDER BY user_id",
        params![account, team.id],
        |row| row.take(),
    )?;
    Ok(Some(team))
}

/// Teams with ids above `after`, by id, at most `limit`.
pub fn list(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    after: TeamId,
    limit: i64,
) -> Result<Vec<Team>> {
    let sql = "SELECT id, name, description FROM teams WHERE account_id = $1 AND id > $2 \
               ORDER BY id LIMIT $3";
    let mut teams = tx.all(sql, params![account, after, limit], read)?;
    let rows = tx.all(
        "SELECT team_id, user_id FROM team_members WHERE account_id = $1 ORDER BY user_id",
        params![account],
        |row| Ok((row.take()?, row.take()?)),
    )?;
    let mut members: HashMap<TeamId, Vec<UserId>> = HashMap::new();
    for (team, user) in rows {
        members.entry(team).or_default().push(user);
    }
    for team in &mut teams {
        team.member_ids = members.remove(&team.id).unwrap_or_default();
    }
    Ok(teams)
}

/// Whether another team has this name.
pub fn is_name_taken(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    name: &str,
    but: TeamId,
) -> Result<bool> {
    let sql = "SELECT id FROM teams WHERE account_id = $1 AND name = $2 AND id <> $3";
    let found = tx.optional(sql, params![account, name, but], |row| row.take::<TeamId>())?;
    Ok(found.is_some())
}

/// Overwrites name and description.
pub fn update(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    team: TeamId,
    name: &str,
    description: &str,
) -> Result<()> {
    tx.execute(
        "UPDATE teams SET name = $3, description = $4 WHERE account_id = $1 AND id = $2",
        params![account, team, name, description],
    )?;
    Ok(())
}

/// Overwrites the members.
pub fn set_members(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    team: TeamId,
    members: &[UserId],
) -> Result<()> {
    let sql = "DELETE FROM team_members WHERE account_id = $1 AND team_id = $2";
    tx.execute(sql, params![account, team])?;
    for user in members {
        tx.execute(
            "INSERT INTO team_members (account_id, team_id, user_id) VALUES ($1, $2, $3) \
             ON CONFLICT DO NOTHING",
            params![account, team, user],
        )?;
    }
    Ok(())
}

/// Removes a team, also from the conversations that it had; false when there is none.
pub fn delete(tx: &mut WriteTx<'_>, account: AccountId, team: TeamId) -> Result<bool> {
    let sql = "UPDATE conversations SET team_id = NULL WHERE account_id = $1 AND team_id = $2";
    tx.execute(sql, params![account, team])?;
    let sql = "DELETE FROM teams WHERE account_id = $1 AND id = $2";
    Ok(tx.execute(sql, params![account, team])? == 1)
}

fn read(row: &mut Row<'_>) -> Result<Team> {
    Ok(Team {
        id: row.take()?,
        name: row.take()?,
        description: row.take()?,
        member_ids: Vec::new(),
    })
}
