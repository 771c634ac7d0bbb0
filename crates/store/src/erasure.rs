//! Taking a person out of the database: what is erased, batch by batch, and what stays as a shell.

use serde_json::Value;
use tertulia_domain::contact::Identity;
use tertulia_domain::content::Content;
use tertulia_domain::{AccountId, ContactId, EventId, MessageId, RoomId, Timestamp};

use crate::dialect::rows;
use crate::{Error, ReadTx, Result, WriteTx, params};

/// What an erased customer is called in the log.
pub const ERASED_NAME: &str = "—";

/// A row of the journal that tells about the person.
#[derive(Debug, Clone, PartialEq)]
pub struct Trace {
    pub event: EventId,
    pub by_the_person: bool,
    pub data: Value,
}

/// A file of the person: its place in the blob store.
pub type Keys = (String, Option<String>);

/// The contact and everybody who was merged into it.
pub fn persons(tx: &mut ReadTx<'_>, account: AccountId, id: ContactId) -> Result<Vec<ContactId>> {
    tx.all(
        "SELECT id FROM contacts WHERE account_id = $1 AND (id = $2 OR merged_into = $2)",
        params![account, id],
        |row| row.take(),
    )
}

/// Empties a contact and cuts it off: its name, addresses, labels, identities and tokens.
pub fn forget_contact(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    contact: ContactId,
    now: Timestamp,
) -> Result<()> {
    for sql in [
        "UPDATE visitor_tokens SET revoked_at = $3, page = NULL WHERE account_id = $1 AND \
         revoked_at IS NULL AND identity_id IN \
         (SELECT id FROM identities WHERE account_id = $1 AND contact_id = $2)",
        "UPDATE contacts SET name = '—', email = NULL, phone = NULL, locale = NULL, \
         avatar_token = NULL, attributes = '{}', verified = false, erased_at = $3, updated_at = $3 \
         WHERE account_id = $1 AND id = $2",
    ] {
        tx.execute(sql, params![account, contact, now])?;
    }
    for sql in [
        "DELETE FROM visitor_tokens WHERE account_id = $1 AND identity_id IN \
         (SELECT id FROM identities WHERE account_id = $1 AND contact_id = $2)",
        "DELETE FROM identities WHERE account_id = $1 AND contact_id = $2",
        "UPDATE attachments SET owner = 'nobody', name = '' WHERE account_id = $1 \
         AND owner = 'picture:contact:' || CAST(CAST($2 AS BIGINT) AS TEXT) AND message_id IS NULL",
        "DELETE FROM contact_labels WHERE account_id = $1 AND contact_id = $2",
        "UPDATE conversations SET attributes = '{}', origin = NULL, open_key = NULL \
         WHERE account_id = $1 AND contact_id = $2",
        "DELETE FROM drafts WHERE account_id = $1 AND conversation_id IN \
         (SELECT id FROM conversations WHERE account_id = $1 AND contact_id = $2)",
    ] {
        tx.execute(sql, params![account, contact])?;
    }
    Ok(())
}

/// Files that identities uploaded and never sent.
pub fn let_go_uploads(tx: &mut WriteTx<'_>, account: AccountId, identity: &Identity) -> Result<()> {
    let owner = format!("identity:{}", identity.id);
    tx.execute(
        "UPDATE attachments SET owner = 'nobody', name = '' \
         WHERE account_id = $1 AND owner = $2 AND message_id IS NULL",
        params![account, owner],
    )?;
    Ok(())
}

/// Drops unreadable and parked input of an inbox that mentions one of the words.
pub fn drop_mentions(tx: &mut WriteTx<'_>, account: AccountId, words: &[String]) -> Result<()> {
    let mentions = |text: &str| words.iter().any(|word| text.contains(word.as_str()));
    let quarantined =
        tx.all("SELECT id, body FROM quarantine WHERE account_id = $1", params![account], |row| {
            Ok((row.take::<i64>()?, row.take::<Vec<u8>>()?))
        })?;
    for (id, body) in quarantined {
        if mentions(&String::from_utf8_lossy(&body)) {
            let sql = "DELETE FROM quarantine WHERE account_id = $1 AND id = $2";
            tx.execute(sql, params![account, id])?;
        }
    }
    let parked =
        tx.all("SELECT id, item FROM parked WHERE account_id = $1", params![account], |row| {
            Ok((row.take::<i64>()?, row.take::<Value>()?))
        })?;
    for (id, item) in parked {
        if mentions(&item.to_string()) {
            let sql = "DELETE FROM parked WHERE account_id = $1 AND id = $2";
            tx.execute(sql, params![account, id])?;
        }
    }
    Ok(())
}

/// The rooms in which contacts were served.
pub fn rooms(tx: &mut ReadTx<'_>, account: AccountId, contact: ContactId) -> Result<Vec<RoomId>> {
    tx.all(
        "SELECT id FROM rooms WHERE account_id = $1 AND contact_id = $2 \
         UNION SELECT room_id FROM conversations WHERE account_id = $1 AND contact_id = $2",
        params![account, contact],
        |row| row.take(),
    )
}

/// Messages of a room behind `after` that still say something, by id, at most `limit`.
pub fn messages(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    room: RoomId,
    after: MessageId,
    limit: i64,
) -> Result<Vec<MessageId>> {
    tx.all(
        "SELECT id FROM messages WHERE account_id = $1 AND room_id = $2 AND id > $3 \
         ORDER BY id LIMIT $4",
        params![account, room, after, limit],
        |row| row.take(),
    )
}

/// The files of messages.
pub fn files(tx: &mut ReadTx<'_>, account: AccountId, ids: &[MessageId]) -> Result<Vec<Keys>> {
    let list = Value::from(ids.iter().map(|id| id.0).collect::<Vec<_>>());
    let sql = format!(
        "SELECT blob_key, thumbnail_key FROM attachments WHERE account_id = $1 AND message_id {}",
        rows::any_of(tx, "$2")
    );
    tx.all(&sql, params![account, list], |row| Ok((row.take()?, row.take()?)))
}

/// Empties messages; their places in the log stay. Answers the files that they had.
pub fn wipe_messages(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    ids: &[MessageId],
    now: Timestamp,
) -> Result<Vec<Keys>> {
    let list = Value::from(ids.iter().map(|id| id.0).collect::<Vec<_>>());
    let empty = serde_json::to_value(Content::Text { text: String::new() })
        .map_err(|e| Error::Refused { reason: e.to_string() })?;
    let wipe = format!(
        "UPDATE messages SET content = $3, text = '', reactions = NULL, spans = NULL, client_id = NULL, \
         delivery_detail = NULL, attachment_count = 0, deleted_at = coalesce(deleted_at, $4), \
         sender_name = CASE WHEN sender_kind = 'customer' THEN '—' ELSE sender_name END \
         WHERE account_id = $1 AND id {}",
        rows::any_of(tx, "$2")
    );
    tx.execute(&wipe, params![account, list, empty, now])?;
    let delete = format!(
        "DELETE FROM attachments WHERE account_id = $1 AND message_id {} \
         RETURNING blob_key, thumbnail_key",
        rows::any_of(tx, "$2")
    );
    tx.all(&delete, params![account, list], |row| Ok((row.take()?, row.take()?)))
}

/// Rows of the journal behind `after` about a contact or its rooms, by id, at most `limit`.
pub fn traces(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    contact: ContactId,
    rooms: &[RoomId],
    after: EventId,
    limit: i64,
) -> Result<Vec<Trace>> {
    let rooms = Value::from(rooms.iter().map(|id| id.0).collect::<Vec<_>>());
    let sql = format!(
        "SELECT id, actor_kind = 'contact' AND coalesce(actor_id, 0) = $2, data FROM events \
         WHERE account_id = $1 AND id > $4 AND (room_id {} \
         OR (actor_kind = 'contact' AND actor_id = $2) \
         OR (subject_id = $2 AND kind LIKE 'contact.%')) ORDER BY id LIMIT $5",
        rows::any_of(tx, "$3")
    );
    tx.all(&sql, params![account, contact, rooms, after, limit], |row| {
        Ok(Trace { event: row.take()?, by_the_person: row.take()?, data: row.take()? })
    })
}

/// Replaces what an event says, and forgets what endpoints answered to it.
pub fn rewrite_trace(tx: &mut WriteTx<'_>, account: AccountId, trace: &Trace) -> Result<()> {
    tx.execute(
        "UPDATE events SET data = $3, reason = NULL, \
         actor_name = CASE WHEN $4 THEN '—' ELSE actor_name END \
         WHERE account_id = $1 AND id = $2",
        params![account, trace.event, trace.data, trace.by_the_person],
    )?;
    tx.execute(
        "UPDATE deliveries SET response_body = NULL WHERE account_id = $1 AND event_id = $2",
        params![account, trace.event],
    )?;
    Ok(())
}

/// Forgets kept answers to idempotency keys that show the rooms or the contact.
pub fn forget_answers(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    contact: ContactId,
    rooms: &[RoomId],
) -> Result<()> {
    let rooms = Value::from(rooms.iter().map(|id| id.0).collect::<Vec<_>>());
    let sql = format!(
        "DELETE FROM idempotency_keys WHERE account_id = $1 \
         AND (CAST(answer ->> 'room_id' AS BIGINT) {} \
         OR (answer ->> 'identities' IS NOT NULL AND CAST(answer ->> 'id' AS BIGINT) = $2) \
         OR answer ->> 'visitor' IS NOT NULL)",
        rows::any_of(tx, "$3")
    );
    tx.execute(&sql, params![account, contact, rooms])?;
    Ok(())
}

/// Moves everything that hangs on one contact to another; rooms stay what they are.
pub fn hand_over(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    from: ContactId,
    into: ContactId,
) -> Result<()> {
    for sql in [
        "UPDATE identities SET contact_id = $3 WHERE account_id = $1 AND contact_id = $2",
        "UPDATE conversations SET contact_id = $3 WHERE account_id = $1 AND contact_id = $2",
        "UPDATE contacts SET merged_into = $3 WHERE account_id = $1 AND merged_into = $2",
        "UPDATE participants SET principal_id = $3 WHERE account_id = $1 AND kind = 'customer' \
         AND principal_id = $2",
    ] {
        tx.execute(sql, params![account, from, into])?;
    }
    Ok(())
}
