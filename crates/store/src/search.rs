//! Full-text search of messages and contacts, newest first.
//!
//! The index is kept by a follower of the journal, behind the message path, since indexing inside the
//! message's own transaction costs two thirds of its throughput.

use tertulia_domain::search::{INDEX_WORDS_MAX, QUERY_WORDS_MAX, words};
use tertulia_domain::{AccountId, ContactId, ConversationId, MessageId, UserId};

use crate::dialect::search as dialect;
use crate::{ReadTx, Result, WriteTx, params};

/// A found message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MessageHit {
    pub message_id: MessageId,
    pub conversation_id: ConversationId,
}

/// Puts a message's text into the index, in place of what was there; an empty text takes it out.
pub fn put_message(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    message: MessageId,
    text: &str,
) -> Result<()> {
    put(tx, account, "message_search", message.0, text)
}

/// Puts what a contact can be found by into the index, in place of what was there.
pub fn put_contact(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    contact: ContactId,
    text: &str,
) -> Result<()> {
    put(tx, account, "contact_search", contact.0, text)
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
