//! Full-text search of messages and contacts, newest first.
//!
//! The index is kept by a follower of the journal, behind the message path, since indexing inside the
//! message's own transaction costs two thirds of its throughput.

use serde_json::Value;
use tertulia_domain::search::{INDEX_WORDS_MAX, QUERY_WORDS_MAX, words};
use tertulia_domain::{AccountId, ContactId, ConversationId, MessageId, UserId};

use crate::dialect::{rows, search as dialect};
use crate::{ReadTx, Result, Row, WriteTx, params};

/// A found message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageHit {
    pub message_id: MessageId,
    pub conversation_id: ConversationId,
}

/// Brings the index up to date with these messages: their present words, or none when they are gone.
pub fn refresh_messages(tx: &mut WriteTx<'_>, account: AccountId, ids: &[MessageId]) -> Result<()> {
    // Locked, so that an erasure of the same row comes before this or after it, never in between.
    let sql = format!(
        "SELECT m.id, CASE WHEN m.deleted_at IS NULL THEN m.text ELSE '' END FROM messages m \
         WHERE m.account_id = $1 AND m.id {}{}",
        rows::any_of(tx, "$2"),
        rows::for_update_of(tx, "m")
    );
    let found = tx.all(&sql, params![account, list(ids.iter().map(|id| id.0))], pair)?;
    refresh(tx, account, "message_search", found)
}

/// Brings the index up to date with these contacts: name and addresses, or nothing when they are gone.
pub fn refresh_contacts(tx: &mut WriteTx<'_>, account: AccountId, ids: &[ContactId]) -> Result<()> {
    let sql = format!(
        "SELECT c.id, CASE WHEN c.erased_at IS NULL AND c.merged_into IS NULL THEN \
         c.name || ' ' || coalesce(c.email, '') || ' ' || coalesce(c.phone, '') ELSE '' END \
         FROM contacts c WHERE c.account_id = $1 AND c.id {}{}",
        rows::any_of(tx, "$2"),
        rows::for_update_of(tx, "c")
    );
    let found = tx.all(&sql, params![account, list(ids.iter().map(|id| id.0))], pair)?;
    refresh(tx, account, "contact_search", found)
}

fn pair(row: &mut Row<'_>) -> Result<(i64, String)> {
    Ok((row.take()?, row.take()?))
}

fn list(ids: impl Iterator<Item = i64>) -> Value {
    ids.collect::<Vec<_>>().into()
}

fn refresh(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    table: &'static str,
    rows: Vec<(i64, String)>,
) -> Result<()> {
    rows.into_iter().try_for_each(|(id, text)| put(tx, account, table, id, &text))
}

fn put(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    table: &'static str,
    id: i64,
    text: &str,
) -> Result<()> {
    let words = words(text, INDEX_WORDS_MAX);
    if words.is_empty() {
        return dialect::forget(tx, account, table, id);
    }
    dialect::put(tx, account, table, id, &words.join(" "))
}

/// Messages that have every word of the query (the last letters may be missing), newest first.
///
/// `reader` limits them to the inboxes of that user; `before` goes on behind an earlier page.
pub fn messages(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    query: &str,
    reader: Option<UserId>,
    before: Option<MessageId>,
    limit: i64,
) -> Result<Vec<MessageHit>> {
    let words = words(query, QUERY_WORDS_MAX);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let (matching, pattern) = dialect::matching(tx, account, "message_search", &words);
    let sql = format!(
        "SELECT m.id, m.conversation_id FROM message_search s \
         JOIN messages m ON m.id = s.{id} AND m.account_id = $1 \
         WHERE {matching} AND s.{id} < $3 AND m.deleted_at IS NULL \
         AND (CAST($4 AS BIGINT) IS NULL OR EXISTS (SELECT 1 FROM inbox_members i \
            WHERE i.account_id = $1 AND i.inbox_id = m.inbox_id AND i.user_id = $4)) \
         ORDER BY s.{id} DESC LIMIT $5",
        id = dialect::id_column(tx),
    );
    let before = before.map_or(i64::MAX, MessageId::get);
    tx.all(&sql, params![account, pattern, before, reader, limit], |row| {
        Ok(MessageHit { message_id: row.take()?, conversation_id: row.take()? })
    })
}

/// Contacts that have every word of the query (the last letters may be missing), newest first.
pub fn contacts(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    query: &str,
    before: Option<ContactId>,
    limit: i64,
) -> Result<Vec<ContactId>> {
    let words = words(query, QUERY_WORDS_MAX);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let (matching, pattern) = dialect::matching(tx, account, "contact_search", &words);
    let sql = format!(
        "SELECT c.id FROM contact_search s JOIN contacts c ON c.id = s.{id} AND c.account_id = $1 \
         WHERE {matching} AND s.{id} < $3 AND c.erased_at IS NULL AND c.merged_into IS NULL \
         ORDER BY s.{id} DESC LIMIT $4",
        id = dialect::id_column(tx),
    );
    let before = before.map_or(i64::MAX, ContactId::get);
    tx.all(&sql, params![account, pattern, before, limit], |row| row.take())
}
