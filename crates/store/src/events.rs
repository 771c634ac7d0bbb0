//! The journal: append in the transaction of the change, read as a feed that never skips.
//!
//! On SQLite the id order is the commit order. On PostgreSQL ids are handed out before the commit,
//! so the feed is ordered by the writing transaction and stops below the oldest one that still runs;
//! a transaction takes its room's lock before its first write, so the order within a room is `seq`'s.

use tertulia_domain::actor::{Actor, ActorKind};
use tertulia_domain::event::{Audience, EventKind};
use tertulia_domain::{AccountId, ConversationId, EventId, InboxId, RoomId, Timestamp};

use crate::db::Engine;
use crate::{Json, ReadTx, Result, Row, Wake, WriteTx, params};

/// What is appended.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvent<'a> {
    pub kind: EventKind,
    pub audience: Audience,
    pub room_id: Option<RoomId>,
    pub conversation_id: Option<ConversationId>,
    pub inbox_id: Option<InboxId>,
    pub subject_id: Option<i64>,
    pub actor: &'a Actor,
    pub reason: Option<&'a str>,
    pub request_id: Option<&'a str>,
    pub data: &'a Json,
    pub at: Timestamp,
}

/// A row of the journal.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub id: EventId,
    pub account_id: AccountId,
    pub cursor: Cursor,
    pub kind: EventKind,
    pub audience: Audience,
    pub room_id: Option<RoomId>,
    pub conversation_id: Option<ConversationId>,
    pub inbox_id: Option<InboxId>,
    pub subject_id: Option<i64>,
    pub actor: Actor,
    pub reason: Option<String>,
    pub request_id: Option<String>,
    pub data: Json,
    pub at: Timestamp,
}

/// A place in the feed, after which reading goes on. Opaque to clients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Cursor {
    xid: i64,
    id: i64,
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.xid, self.id)
    }
}

impl std::str::FromStr for Cursor {
    type Err = std::num::ParseIntError;

    fn from_str(text: &str) -> std::result::Result<Self, Self::Err> {
        let (xid, id) = text.split_once('.').unwrap_or((text, ""));
        Ok(Self { xid: xid.parse()?, id: id.parse()? })
    }
}

const COLUMNS: &str = "id, account_id, xid, kind, audience, room_id, conversation_id, inbox_id, \
     subject_id, actor_kind, actor_id, actor_name, reason, request_id, data, at";

/// Appends to the journal and wakes its readers once the transaction has committed.
pub fn append(tx: &mut WriteTx<'_>, account: AccountId, event: &NewEvent<'_>) -> Result<EventId> {
    tx.wake(Wake::Events);
    tx.one(
        "INSERT INTO events (account_id, kind, audience, room_id, conversation_id, inbox_id, \
         subject_id, actor_kind, actor_id, actor_name, reason, request_id, data, at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id",
        params![
            account,
            event.kind.as_str(),
            event.audience,
            event.room_id,
            event.conversation_id,
            event.inbox_id,
            event.subject_id,
            event.actor.kind,
            event.actor.id,
            event.actor.name,
            event.reason,
            event.request_id,
            event.data,
            event.at,
        ],
        |row| row.take(),
    )
}

/// The feed of all accounts after `cursor`, oldest first, at most `limit` rows.
pub fn after(tx: &mut ReadTx<'_>, cursor: Cursor, limit: i64) -> Result<Vec<Event>> {
    let sql = format!("/* system */ SELECT {COLUMNS} FROM events WHERE {} LIMIT $3", behind(tx));
    tx.all(&sql, params![cursor.xid, cursor.id, limit], read)
}

/// One account's feed after `cursor`, oldest first, at most `limit` rows.
pub fn after_in_account(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    cursor: Cursor,
    limit: i64,
) -> Result<Vec<Event>> {
    let sql =
        format!("SELECT {COLUMNS} FROM events WHERE account_id = $4 AND {} LIMIT $3", behind(tx));
    tx.all(&sql, params![cursor.xid, cursor.id, limit, account], read)
}

/// What the customer of a room may see of the feed after `cursor`, oldest first.
pub fn after_in_room(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    room: RoomId,
    cursor: Cursor,
    limit: i64,
) -> Result<Vec<Event>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM events WHERE account_id = $4 AND room_id = $5 \
         AND audience = 'everyone' AND {} LIMIT $3",
        behind(tx)
    );
    tx.all(&sql, params![cursor.xid, cursor.id, limit, account, room], read)
}

/// One event.
pub fn get(tx: &mut ReadTx<'_>, account: AccountId, id: EventId) -> Result<Option<Event>> {
    let sql = format!("SELECT {COLUMNS} FROM events WHERE account_id = $1 AND id = $2");
    tx.optional(&sql, params![account, id], read)
}

/// Whether something behind `cursor` has committed, settled or not: on PostgreSQL [`after`] holds it
/// back while an older transaction runs, in whatever database of the server.
pub fn any_after(tx: &mut ReadTx<'_>, cursor: Cursor) -> Result<bool> {
    let place = match tx.engine() {
        Engine::Sqlite => "$1 = xid AND id > $2",
        Engine::Postgres => "(xid, id) > ($1, $2)",
    };
    let sql = format!("/* system */ SELECT EXISTS (SELECT 1 FROM events WHERE {place})");
    tx.one(&sql, params![cursor.xid, cursor.id], |row| row.take())
}

/// The place behind everything that has committed.
pub fn latest(tx: &mut ReadTx<'_>) -> Result<Cursor> {
    let sql = match tx.engine() {
        Engine::Sqlite => "/* system */ SELECT xid, id FROM events ORDER BY id DESC LIMIT 1",
        Engine::Postgres => {
            "/* system */ SELECT xid, id FROM events \
             WHERE xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint \
             ORDER BY xid DESC, id DESC LIMIT 1"
        }
    };
    let found = tx.optional(sql, &[], |row| Ok(Cursor { xid: row.take()?, id: row.take()? }))?;
    Ok(found.unwrap_or_default())
}

/// The newest row, also while a transaction that the feed waits for is still running.
pub fn newest(tx: &mut ReadTx<'_>) -> Result<EventId> {
    tx.one("/* system */ SELECT coalesce(max(id), 0) FROM events", &[], |row| row.take())
}

/// The newest events of a conversation, oldest first, at most `limit` rows.
///
/// Found by its room, which never changes: an index on conversations would cost every message.
pub fn of_conversation(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    conversation: ConversationId,
    limit: i64,
) -> Result<Vec<Event>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM events WHERE account_id = $1 AND conversation_id = $2 AND room_id = \
         (SELECT room_id FROM conversations WHERE account_id = $1 AND id = $2) \
         ORDER BY id DESC LIMIT $3"
    );
    let mut events = tx.all(&sql, params![account, conversation, limit], read)?;
    events.reverse();
    Ok(events)
}

/// Predicate and order of the feed behind the place `($1, $2)`.
fn behind(tx: &ReadTx<'_>) -> &'static str {
    match tx.engine() {
        Engine::Sqlite => "$1 = xid AND id > $2 ORDER BY id",
        // Only what no running transaction can still slip in before.
        Engine::Postgres => {
            "(xid, id) > ($1, $2) AND xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint \
             ORDER BY xid, id"
        }
    }
}

fn read(row: &mut Row<'_>) -> Result<Event> {
    let (id, account_id, xid) = (row.take::<EventId>()?, row.take()?, row.take()?);
    Ok(Event {
        id,
        account_id,
        cursor: Cursor { xid, id: id.0 },
        kind: row.take()?,
        audience: row.take()?,
        room_id: row.take()?,
        conversation_id: row.take()?,
        inbox_id: row.take()?,
        subject_id: row.take()?,
        actor: Actor { kind: row.take::<ActorKind>()?, id: row.take()?, name: row.take()? },
        reason: row.take()?,
        request_id: row.take()?,
        data: row.take()?,
        at: row.take()?,
    })
}
