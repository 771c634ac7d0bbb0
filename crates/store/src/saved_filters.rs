//! Saved filters: each belongs to one person in one account, who alone can find it.

use tertulia_domain::attribute_definition::Subject;
use tertulia_domain::saved_filter::SavedFilter;
use tertulia_domain::{AccountId, SavedFilterId, UserId};

use crate::{ReadTx, Result, Row, WriteTx, params};

const COLUMNS: &str = "id, user_id, subject, name, query, created_at, updated_at";

/// Adds a filter, whose `id` is not looked at.
pub fn create(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    new: &SavedFilter,
) -> Result<SavedFilterId> {
    tx.one(
        "INSERT INTO saved_filters (account_id, user_id, subject, name, query, created_at, \
         updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id",
        params![
            account,
            new.user_id,
            new.subject,
            new.name,
            new.query,
            new.created_at,
            new.updated_at
        ],
        |row| row.take(),
    )
}

/// How many filters a person has.
pub fn count(tx: &mut ReadTx<'_>, account: AccountId, user: UserId) -> Result<i64> {
    let sql = "SELECT count(*) FROM saved_filters WHERE account_id = $1 AND user_id = $2";
    tx.one(sql, params![account, user], |row| row.take())
}

/// One filter of a person.
pub fn get(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    user: UserId,
    filter: SavedFilterId,
) -> Result<Option<SavedFilter>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM saved_filters WHERE account_id = $1 AND user_id = $2 AND id = $3"
    );
    tx.optional(&sql, params![account, user, filter], read)
}

/// A person's filters with ids above `after`, of one subject or all, by id, at most `limit`.
pub fn list(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    user: UserId,
    subject: Option<Subject>,
    after: SavedFilterId,
    limit: i64,
) -> Result<Vec<SavedFilter>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM saved_filters WHERE account_id = $1 AND user_id = $2 AND id > $3 \
         AND ($4 = '' OR subject = $4) ORDER BY id LIMIT $5"
    );
    let subject = subject.map_or("", Subject::as_str);
    tx.all(&sql, params![account, user, after, subject, limit], read)
}

/// Overwrites name and query.
pub fn update(tx: &mut WriteTx<'_>, account: AccountId, filter: &SavedFilter) -> Result<()> {
    tx.execute(
        "UPDATE saved_filters SET name = $4, query = $5, updated_at = $6 \
         WHERE account_id = $1 AND user_id = $2 AND id = $3",
        params![account, filter.user_id, filter.id, filter.name, filter.query, filter.updated_at],
    )?;
    Ok(())
}

/// Removes a person's filter; false when there is none.
pub fn delete(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    user: UserId,
    filter: SavedFilterId,
) -> Result<bool> {
    let sql = "DELETE FROM saved_filters WHERE account_id = $1 AND user_id = $2 AND id = $3";
    Ok(tx.execute(sql, params![account, user, filter])? == 1)
}

fn read(row: &mut Row<'_>) -> Result<SavedFilter> {
    Ok(SavedFilter {
        id: row.take()?,
        user_id: row.take()?,
        subject: row.take()?,
        name: row.take()?,
        query: row.take()?,
        created_at: row.take()?,
        updated_at: row.take()?,
    })
}
