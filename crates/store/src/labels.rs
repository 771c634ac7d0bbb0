//! Labels of an account. What carries them belongs to the files of conversations and contacts.

use tertulia_domain::account::Label;
use tertulia_domain::{AccountId, LabelId};

use crate::{ReadTx, Result, Row, WriteTx, params};

const COLUMNS: &str = "id, name, color, description";

/// Adds a label; `None` when the name is taken.
pub fn create(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    name: &str,
    color: &str,
    description: &str,
) -> Result<Option<LabelId>> {
    tx.optional(
        "INSERT INTO labels (account_id, name, color, description) VALUES ($1, $2, $3, $4) \
         ON CONFLICT (account_id, name) DO NOTHING RETURNING id",
        params![account, name, color, description],
        |row| row.take(),
    )
}

/// One label.
pub fn get(tx: &mut ReadTx<'_>, account: AccountId, label: LabelId) -> Result<Option<Label>> {
    let sql = format!("SELECT {COLUMNS} FROM labels WHERE account_id = $1 AND id = $2");
    tx.optional(&sql, params![account, label], read)
}

/// The label with a name.
pub fn by_name(tx: &mut ReadTx<'_>, account: AccountId, name: &str) -> Result<Option<Label>> {
    let sql = format!("SELECT {COLUMNS} FROM labels WHERE account_id = $1 AND name = $2");
    tx.optional(&sql, params![account, name], read)
}

/// Labels with ids above `after`, by id, at most `limit`.
pub fn list(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    after: LabelId,
    limit: i64,
) -> Result<Vec<Label>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM labels WHERE account_id = $1 AND id > $2 ORDER BY id LIMIT $3"
    );
    tx.all(&sql, params![account, after, limit], read)
}

/// Overwrites a label.
pub fn update(tx: &mut WriteTx<'_>, account: AccountId, label: &Label) -> Result<()> {
    tx.execute(
        "UPDATE labels SET name = $3, color = $4, description = $5 \
         WHERE account_id = $1 AND id = $2",
        params![account, label.id, label.name, label.color, label.description],
    )?;
    Ok(())
}

/// Removes a label from everything that carries it; false when there is none.
pub fn delete(tx: &mut WriteTx<'_>, account: AccountId, label: LabelId) -> Result<bool> {
    let sql = "DELETE FROM labels WHERE account_id = $1 AND id = $2";
    Ok(tx.execute(sql, params![account, label])? == 1)
}

fn read(row: &mut Row<'_>) -> Result<Label> {
    Ok(Label { id: row.take()?, name: row.take()?, color: row.take()?, description: row.take()? })
}
