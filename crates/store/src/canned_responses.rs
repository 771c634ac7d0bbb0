//! Canned responses of an account.

use tertulia_domain::canned_response::CannedResponse;
use tertulia_domain::search::fold;
use tertulia_domain::{AccountId, CannedResponseId, Timestamp};

use crate::{ReadTx, Result, Row, WriteTx, params};

const COLUMNS: &str = "id, short_code, content, created_at, updated_at";

/// How well a response fits what was searched for, and its short code: the order of the list.
pub type Place = (i64, String);

/// Adds a response; `None` when the short code is taken.
pub fn create(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    short_code: &str,
    content: &str,
    now: Timestamp,
) -> Result<Option<CannedResponseId>> {
    tx.optional(
        "INSERT INTO canned_responses (account_id, short_code, content, folded_code, \
         folded_content, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $6) \
         ON CONFLICT (account_id, short_code) DO NOTHING RETURNING id",
        params![account, short_code, content, fold(short_code), fold(content), now],
        |row| row.take(),
    )
}

/// One response.
pub fn get(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    response: CannedResponseId,
) -> Result<Option<CannedResponse>> {
    let sql = format!("SELECT {COLUMNS} FROM canned_responses WHERE account_id = $1 AND id = $2");
    tx.optional(&sql, params![account, response], read)
}

/// The response with a short code.
pub fn by_short_code(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    short_code: &str,
) -> Result<Option<CannedResponse>> {
    let sql =
        format!("SELECT {COLUMNS} FROM canned_responses WHERE account_id = $1 AND short_code = $2");
    tx.optional(&sql, params![account, short_code], read)
}

/// Responses whose short code or content has `wanted` in it, at most `limit`: those whose short code
/// begins with it first, then those whose short code has it, then the others.
pub fn list(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    wanted: &str,
    after: Option<&Place>,
    limit: i64,
) -> Result<Vec<(Place, CannedResponse)>> {
    let literal = literal(&fold(wanted));
    let (begins, contains) = (format!("{literal}%"), format!("%{literal}%"));
    let (rank, code) = after.map_or((-1, ""), |(rank, code)| (*rank, code.as_str()));
    let sql = format!(
        "SELECT place, {COLUMNS} FROM (SELECT CAST(CASE \
           WHEN folded_code LIKE $2 ESCAPE '\\' THEN 0 \
           WHEN folded_code LIKE $3 ESCAPE '\\' THEN 1 ELSE 2 END AS BIGINT) AS place, {COLUMNS} \
         FROM canned_responses WHERE account_id = $1 AND (folded_code LIKE $3 ESCAPE '\\' \
           OR folded_content LIKE $3 ESCAPE '\\')) found \
         WHERE (place, short_code) > ($4, $5) ORDER BY place, short_code LIMIT $6"
    );
    tx.all(&sql, params![account, begins, contains, rank, code, limit], |row| {
        let rank = row.take()?;
        let response = read(row)?;
        Ok(((rank, response.short_code.clone()), response))
    })
}

/// Overwrites a response.
pub fn update(tx: &mut WriteTx<'_>, account: AccountId, response: &CannedResponse) -> Result<()> {
    tx.execute(
        "UPDATE canned_responses SET short_code = $3, content = $4, folded_code = $5, \
         folded_content = $6, updated_at = $7 WHERE account_id = $1 AND id = $2",
        params![
            account,
            response.id,
            response.short_code,
            response.content,
            fold(&response.short_code),
            fold(&response.content),
            response.updated_at
        ],
    )?;
    Ok(())
}

/// Removes a response; false when there is none.
pub fn delete(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    response: CannedResponseId,
) -> Result<bool> {
    let sql = "DELETE FROM canned_responses WHERE account_id = $1 AND id = $2";
    Ok(tx.execute(sql, params![account, response])? == 1)
}

/// The text as a pattern that means nothing but itself.
fn literal(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

fn read(row: &mut Row<'_>) -> Result<CannedResponse> {
    Ok(CannedResponse {
        id: row.take()?,
        short_code: row.take()?,
        content: row.take()?,
        created_at: row.take()?,
        updated_at: row.take()?,
    })
}
