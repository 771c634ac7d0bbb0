//! Attachments: rows of files; the bytes are in the blob store.

use serde_json::Value;
use tertulia_domain::attachment::Attachment;
use tertulia_domain::{AccountId, AttachmentId, MessageId, Timestamp};

use crate::dialect::rows;
use crate::{ReadTx, Result, Row, WriteTx, params};

/// Columns of an attachment, in the order of [`read`].
pub(crate) const COLUMNS: &str = "id, account_id, message_id, token, blob_key, thumbnail_key, name, \
     content_type, kind, size_bytes, width_px, height_px, state, problem, created_at";

/// Adds a file; its id is ignored, the new one answered.
pub fn create(tx: &mut WriteTx<'_>, file: &Attachment, owner: &str) -> Result<AttachmentId> {
    tx.one(
        "INSERT INTO attachments (account_id, message_id, owner, token, blob_key, thumbnail_key, \
         name, content_type, kind, size_bytes, width_px, height_px, state, problem, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) RETURNING id",
        params![
            file.account_id,
            file.message_id,
            owner,
            file.token,
            file.blob_key,
            file.thumbnail_key,
            file.name,
            file.content_type,
            file.kind,
            file.size_bytes,
            file.width_px,
            file.height_px,
            file.state,
            file.problem,
            file.created_at,
        ],
        |row| row.take(),
    )
}

/// The file.
pub fn find(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    attachment: AttachmentId,
) -> Result<Option<Attachment>> {
    let sql = format!("SELECT {COLUMNS} FROM attachments WHERE account_id = $1 AND id = $2");
    tx.optional(&sql, params![account, attachment], read)
}

/// Writes what a fetched file is, or why it could not be fetched; false when nobody waits for it any
/// more.
pub fn settle(tx: &mut WriteTx<'_>, file: &Attachment) -> Result<bool> {
    let settled = tx.execute(
        "UPDATE attachments SET thumbnail_key = $3, content_type = $4, kind = $5, size_bytes = $6, \
         width_px = $7, height_px = $8, state = $9, problem = $10 \
         WHERE account_id = $1 AND id = $2 AND state = 'fetching' AND message_id IS NOT NULL",
        params![
            file.account_id,
            file.id,
            file.thumbnail_key,
            file.content_type,
            file.kind,
            file.size_bytes,
            file.width_px,
            file.height_px,
            file.state,
            file.problem,
        ],
    )?;
    Ok(settled > 0)
}

/// The file of an address; whoever knows the token may have it.
pub fn by_token(tx: &mut ReadTx<'_>, token: &str) -> Result<Option<Attachment>> {
    let sql = format!("/* system */ SELECT {COLUMNS} FROM attachments WHERE token = $1");
    tx.optional(&sql, params![token], read)
}

/// Files of all accounts that are tied to no message: uploads from before `before`, and what
/// deleted messages let go of. At most `limit`.
pub fn loose(tx: &mut ReadTx<'_>, before: Timestamp, limit: i64) -> Result<Vec<Attachment>> {
    let sql = format!(
        "/* system */ SELECT {COLUMNS} FROM attachments WHERE message_id IS NULL \
         AND owner NOT LIKE 'picture:%' AND (created_at < $1 OR owner = 'nobody') \
         ORDER BY id LIMIT $2"
    );
    tx.all(&sql, params![before, limit], read)
}

/// Takes a file from its owner, so that no message can have it any more; says whether none has.
pub fn let_go(tx: &mut WriteTx<'_>, account: AccountId, attachment: AttachmentId) -> Result<bool> {
    let changed = tx.execute(
        "UPDATE attachments SET owner = 'nobody', name = '' \
         WHERE account_id = $1 AND id = $2 AND message_id IS NULL",
        params![account, attachment],
    )?;
    Ok(changed > 0)
}

/// Forgets a file, unless it was tied to a message meanwhile; says whether it did.
pub fn delete_loose(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    attachment: AttachmentId,
) -> Result<bool> {
    let deleted = tx.execute(
        "DELETE FROM attachments WHERE account_id = $1 AND id = $2 AND message_id IS NULL",
        params![account, attachment],
    )?;
    Ok(deleted > 0)
}

/// Ties an upload to a message: only once, and only by its owner; `None` stands for anybody.
pub fn tie(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    owner: Option<&str>,
    token: &str,
    message: MessageId,
) -> Result<Option<Attachment>> {
    let sql = format!(
        "UPDATE attachments SET message_id = $4 WHERE account_id = $1 \
         AND owner = coalesce($2, owner) AND owner <> 'nobody' \
         AND owner NOT LIKE 'picture:%' AND token = $3 AND message_id IS NULL RETURNING {COLUMNS}"
    );
    tx.optional(&sql, params![account, owner, token, message], read)
}

/// Lets go of the files of a deleted message; loose files are swept away with their bytes.
pub fn untie_all(tx: &mut WriteTx<'_>, account: AccountId, message: MessageId) -> Result<()> {
    tx.execute(
        "UPDATE attachments SET message_id = NULL, owner = 'nobody' \
         WHERE account_id = $1 AND message_id = $2",
        params![account, message],
    )?;
    Ok(())
}

/// The files of messages, in order of upload.
pub fn of_messages(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    messages: &[MessageId],
) -> Result<Vec<Attachment>> {
    if messages.is_empty() {
        return Ok(Vec::new());
    }
    let ids = Value::from(messages.iter().map(|id| id.0).collect::<Vec<_>>());
    let sql = format!(
        "SELECT {COLUMNS} FROM attachments WHERE account_id = $1 AND message_id {} ORDER BY id",
        rows::any_of(tx, "$2")
    );
    tx.all(&sql, params![account, ids], read)
}

pub(crate) fn read(row: &mut Row<'_>) -> Result<Attachment> {
    Ok(Attachment {
        id: row.take()?,
        account_id: row.take()?,
        message_id: row.take()?,
        token: row.take()?,
        blob_key: row.take()?,
        thumbnail_key: row.take()?,
        name: row.take()?,
        content_type: row.take()?,
        kind: row.take()?,
        size_bytes: row.take()?,
        width_px: row.take()?,
        height_px: row.take()?,
        state: row.take()?,
        problem: row.take()?,
        created_at: row.take()?,
    })
}
