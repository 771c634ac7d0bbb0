//! Attachments: rows of files; the bytes are in the blob store.

use serde_json::Value;
use tertulia_domain::attachment::Attachment;
use tertulia_domain::{AccountId, MessageId};

use crate::dialect::rows;
use crate::{ReadTx, Result, Row, WriteTx, params};

/// Columns of an attachment, in the order of [`read`].
pub(crate) const COLUMNS: &str = "id, account_id, message_id, token, blob_key, thumbnail_key, name, \
     content_type, kind, size_bytes, width_px, height_px, created_at";

/// Ties an upload to a message: only once, and only by the one who uploaded it.
pub fn tie(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    owner: &str,
    token: &str,
    message: MessageId,
) -> Result<Option<Attachment>> {
    let sql = format!(
        "UPDATE attachments SET message_id = $4 WHERE account_id = $1 AND owner = $2 \
         AND token = $3 AND message_id IS NULL RETURNING {COLUMNS}"
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
        created_at: row.take()?,
    })
}
