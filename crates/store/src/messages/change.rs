//! What can change about a message that is there: its words, its reactions, its delivery.

use tertulia_domain::content::Content;
use tertulia_domain::message::{Delivery, Reaction};
use tertulia_domain::span::Span;
use tertulia_domain::{AccountId, MessageId, Timestamp};

use super::{spans_json, to_json};
use crate::{Result, WriteTx, attachments, params};

/// Gives the message new words.
pub fn rewrite(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    id: MessageId,
    content: &Content,
    spans: &[Span],
    at: Timestamp,
) -> Result<()> {
    let (text, spans) = (content.plain_text(), spans_json(spans)?);
    tx.execute(
        "UPDATE messages SET content = $3, text = $4, edited_at = $5, spans = $6 \
         WHERE account_id = $1 AND id = $2",
        params![account, id, to_json(content)?, text, at, spans],
    )?;
    Ok(())
}

/// Takes everything out of the message but its place in the log.
pub fn wipe(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    id: MessageId,
    emptied: &Content,
    at: Timestamp,
) -> Result<()> {
    tx.execute(
        "UPDATE messages SET content = $3, text = '', reactions = NULL, spans = NULL, attachment_count = 0, \
         deleted_at = $4 WHERE account_id = $1 AND id = $2",
        params![account, id, to_json(emptied)?, at],
    )?;
    attachments::untie_all(tx, account, id)
}

/// Counts a message's files anew, after one was added.
pub fn count_files(tx: &mut WriteTx<'_>, account: AccountId, id: MessageId) -> Result<()> {
    tx.execute(
        "UPDATE messages SET attachment_count = (SELECT count(*) FROM attachments a \
         WHERE a.account_id = $1 AND a.message_id = $2) WHERE account_id = $1 AND id = $2",
        params![account, id],
    )?;
    Ok(())
}

/// Replaces the message's reactions.
pub fn set_reactions(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    id: MessageId,
    reactions: &[Reaction],
) -> Result<()> {
    tx.execute(
        "UPDATE messages SET reactions = $3 WHERE account_id = $1 AND id = $2",
        params![account, id, to_json(&reactions)?],
    )?;
    Ok(())
}

/// Writes where an outgoing message is; `domain::delivery` has decided that it moves there.
pub fn record_delivery(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    id: MessageId,
    delivery: &Delivery,
) -> Result<()> {
    tx.execute(
        "UPDATE messages SET delivery_status = $3, delivery_code = $4, delivery_detail = $5, \
         delivery_at = $6 WHERE account_id = $1 AND id = $2",
        params![account, id, delivery.status, delivery.code, delivery.detail, delivery.at],
    )?;
    Ok(())
}
