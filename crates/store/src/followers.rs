//! Places of the journal's durable followers.

use crate::events::Cursor;
use crate::{Error, ReadTx, Result, WriteTx, params};

/// How far a follower has come; the beginning when it is new.
pub fn place(tx: &mut ReadTx<'_>, name: &str) -> Result<Cursor> {
    let sql = "SELECT cursor FROM followers WHERE name = $1";
    let found = tx.optional(sql, params![name], |row| row.take::<String>())?;
    found.map_or(Ok(Cursor::default()), |text| {
        text.parse().map_err(|_| Error::Damaged { reason: format!("the place of {name}: {text}") })
    })
}

/// Moves a follower; false when it is no longer at `from`, because another node has moved it.
///
/// Comes first in the transaction: on PostgreSQL the second node waits here for the first one.
pub fn advance(tx: &mut WriteTx<'_>, name: &str, from: Cursor, to: Cursor) -> Result<bool> {
    let (from, to, start) = (from.to_string(), to.to_string(), Cursor::default().to_string());
    tx.execute(
        "INSERT INTO followers (name, cursor) VALUES ($1, $2) ON CONFLICT DO NOTHING",
        params![name, start],
    )?;
    let sql = "UPDATE followers SET cursor = $3 WHERE name = $1 AND cursor = $2";
    Ok(tx.execute(sql, params![name, from, to])? == 1)
}
