//! What attributes of contacts and conversations mean in an account.

use serde_json::Value;
use tertulia_domain::attribute_definition::{AttributeDefinition, Subject};
use tertulia_domain::{AccountId, AttributeDefinitionId};

use crate::{Error, ReadTx, Result, Row, WriteTx, params};

const COLUMNS: &str =
    "id, subject, key, name, description, kind, choices, pattern, cue, created_at, updated_at";

/// Adds a definition, whose `id` is not looked at; `None` when the key is taken.
pub fn create(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    new: &AttributeDefinition,
) -> Result<Option<AttributeDefinitionId>> {
    let choices: Value = new.choices.iter().map(String::as_str).collect();
    tx.optional(
        "INSERT INTO attribute_definitions (account_id, subject, key, name, description, kind, \
         choices, pattern, cue, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) \
         ON CONFLICT (account_id, subject, key) DO NOTHING RETURNING id",
        params![
            account,
            new.subject,
            new.key,
            new.name,
            new.description,
            new.kind,
            choices,
            new.pattern,
            new.cue,
            new.created_at,
            new.updated_at
        ],
        |row| row.take(),
    )
}

/// One definition.
pub fn get(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    definition: AttributeDefinitionId,
) -> Result<Option<AttributeDefinition>> {
    let sql =
        format!("SELECT {COLUMNS} FROM attribute_definitions WHERE account_id = $1 AND id = $2");
    tx.optional(&sql, params![account, definition], read)
}

/// Definitions with ids above `after`, of one subject or all, by id, at most `limit`.
pub fn list(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    subject: Option<Subject>,
    after: AttributeDefinitionId,
    limit: i64,
) -> Result<Vec<AttributeDefinition>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM attribute_definitions WHERE account_id = $1 AND id > $2 \
         AND ($3 = '' OR subject = $3) ORDER BY id LIMIT $4"
    );
    let subject = subject.map_or("", Subject::as_str);
    tx.all(&sql, params![account, after, subject, limit], read)
}

/// Overwrites all but subject and key, which values in contacts and conversations are stored under.
pub fn update(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    definition: &AttributeDefinition,
) -> Result<()> {
    let choices: Value = definition.choices.iter().map(String::as_str).collect();
    tx.execute(
        "UPDATE attribute_definitions SET name = $3, description = $4, kind = $5, choices = $6, \
         pattern = $7, cue = $8, updated_at = $9 WHERE account_id = $1 AND id = $2",
        params![
            account,
            definition.id,
            definition.name,
            definition.description,
            definition.kind,
            choices,
            definition.pattern,
            definition.cue,
            definition.updated_at
        ],
    )?;
    Ok(())
}

/// Removes a definition; the values stay where they are. False when there is none.
pub fn delete(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    definition: AttributeDefinitionId,
) -> Result<bool> {
    let sql = "DELETE FROM attribute_definitions WHERE account_id = $1 AND id = $2";
    Ok(tx.execute(sql, params![account, definition])? == 1)
}

fn read(row: &mut Row<'_>) -> Result<AttributeDefinition> {
    Ok(AttributeDefinition {
        id: row.take()?,
        subject: row.take()?,
        key: row.take()?,
        name: row.take()?,
        description: row.take()?,
        kind: row.take()?,
        choices: choices(row.take()?)?,
        pattern: row.take()?,
        cue: row.take()?,
        created_at: row.take()?,
        updated_at: row.take()?,
    })
}

fn choices(stored: Value) -> Result<Vec<String>> {
    serde_json::from_value(stored)
        .map_err(|e| Error::Damaged { reason: format!("the choices of an attribute: {e}") })
}
