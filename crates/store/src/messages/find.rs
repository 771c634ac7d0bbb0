//! Reading messages: the row with its quote in one statement, files of a whole page in a second one.

use serde_json::Value;
use tertulia_domain::delivery::DeliveryStatus;
use tertulia_domain::message::{Delivery, Message, Quote, Sender, SenderKind};
use tertulia_domain::{
    AccountId, AppId, ConversationId, IdentityId, InboxId, MessageId, RoomId, Timestamp,
};

use super::from_json;
use crate::{Param, ReadTx, Result, Row, attachments, params};

/// The message and, when it is a reply, what it quotes.
pub(super) const SELECT: &str = "SELECT m.id, m.room_id, m.conversation_id, m.inbox_id, m.session_id, m.seq, \
     m.direction, m.visibility, m.sender_kind, m.sender_id, m.sender_name, m.content, m.text, \
     m.client_id, m.external_id, m.attachment_count, m.reactions, m.delivery_status, \
     m.delivery_code, m.delivery_detail, m.delivery_at, m.edited_at, m.deleted_at, m.created_at, m.spans, \
     q.id, q.seq, q.sender_name, q.text \
     FROM messages m LEFT JOIN messages q ON q.id = m.reply_to_id";

/// Which messages of a log are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    /// The newest ones.
    Newest,
    /// The newest ones before a number.
    Before(i64),
    /// The oldest ones after a number.
    After(i64),
}

/// The message.
pub fn find(tx: &mut ReadTx<'_>, account: AccountId, id: MessageId) -> Result<Option<Message>> {
    first(tx, account, "m.account_id = $1 AND m.id = $2", params![account, id])
}

/// The message that a client wrote under this id of its own.
pub fn by_client_id(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    room: RoomId,
    client_id: &str,
) -> Result<Option<Message>> {
    let condition = "m.account_id = $1 AND m.room_id = $2 AND m.client_id = $3";
    first(tx, account, condition, params![account, room, client_id])
}

/// The message that the provider knows under this id.
pub fn by_external_id(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    inbox: InboxId,
    external_id: &str,
) -> Result<Option<Message>> {
    let condition = "m.account_id = $1 AND m.inbox_id = $2 AND m.external_id = $3";
    first(tx, account, condition, params![account, inbox, external_id])
}

/// What a reply to the message would quote, if the message is in this room and no activity.
pub fn quote(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    room: RoomId,
    id: MessageId,
    public_only: bool,
) -> Result<Option<Quote>> {
    let only = if public_only { "= 'public'" } else { "<> 'activity'" };
    let sql = format!(
        "SELECT id, seq, sender_name, text FROM messages \
         WHERE account_id = $1 AND room_id = $2 AND id = $3 AND visibility {only}"
    );
    tx.optional(&sql, params![account, room, id], |row| {
        Ok(Quote { id: row.take()?, seq: row.take()?, sender_name: row.take()?, text: row.take()? })
    })
}

/// Which log is read, and how much of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Log {
    pub room: RoomId,
    /// `None`: the whole life of the room.
    pub conversation: Option<ConversationId>,
    /// Only what the customer sees.
    pub public_only: bool,
}

/// One page of a log, ascending, and whether there is more behind it.
pub fn page(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    log: Log,
    span: Span,
    limit: usize,
) -> Result<(Vec<Message>, bool)> {
    let mut values = params![account, log.room].to_vec();
    let mut conditions = vec!["m.account_id = $1 AND m.room_id = $2".to_owned()];
    let mut wanted = |values: &mut Vec<Param<'_>>, text: &str, value: i64| {
        values.push(Param::Int(value));
        conditions.push(format!("{text} ${}", values.len()));
    };
    if let Some(conversation) = log.conversation {
        wanted(&mut values, "m.conversation_id =", conversation.0);
    }
    let descending = match span {
        Span::Newest => true,
        Span::Before(seq) => {
            wanted(&mut values, "m.seq <", seq);
            true
        }
        Span::After(seq) => {
            wanted(&mut values, "m.seq >", seq);
            false
        }
    };
    if log.public_only {
        conditions.push("m.visibility = 'public'".to_owned());
    }
    // One more than asked for tells whether there is more.
    values.push(Param::Int(i64::try_from(limit).unwrap_or(i64::MAX).saturating_add(1)));
    let sql = format!(
        "{SELECT} WHERE {} ORDER BY m.seq {} LIMIT ${}",
        conditions.join(" AND "),
        if descending { "DESC" } else { "ASC" },
        values.len()
    );
    let mut found = tx.all(&sql, &values, read)?;
    let has_more = found.len() > limit;
    found.truncate(limit);
    if descending {
        found.reverse();
    }
    Ok((with_files(tx, account, found)?, has_more))
}

/// What an app has written into a room and no channel has begun to send.
pub fn queued_by_app(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    room: RoomId,
    app: AppId,
) -> Result<Vec<Message>> {
    let sql = format!(
        "{SELECT} WHERE m.account_id = $1 AND m.room_id = $2 AND m.sender_kind = $3 \
         AND m.sender_id = $4 AND m.delivery_status = $5 ORDER BY m.seq"
    );
    let status = DeliveryStatus::Queued;
    let found = tx.all(&sql, params![account, room, SenderKind::App, app, status], read)?;
    with_files(tx, account, found)
}

/// Whether an app has written into a conversation since then.
pub fn has_app_written(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    conversation: ConversationId,
    app: AppId,
    since: Timestamp,
) -> Result<bool> {
    let found = tx.optional(
        "SELECT m.id FROM conversations c JOIN messages m ON m.room_id = c.room_id \
         AND m.seq >= c.first_seq AND m.seq <= c.last_seq \
         WHERE c.account_id = $1 AND c.id = $2 AND m.sender_kind = $3 AND m.sender_id = $4 \
         AND m.created_at >= $5 LIMIT 1",
        params![account, conversation, SenderKind::App, app, since],
        |row| row.take::<MessageId>(),
    )?;
    Ok(found.is_some())
}

/// Public outgoing messages with `seq` in `(from, to]` that were sent or delivered but not read.
pub fn delivered(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    (room, conversation): (RoomId, ConversationId),
    (from, to): (i64, i64),
    limit: i64,
) -> Result<Vec<Message>> {
    let sql = format!(
        "{SELECT} WHERE m.account_id = $1 AND m.room_id = $2 AND m.conversation_id = $3 \
         AND m.seq > $4 AND m.seq <= $5 AND m.delivery_status IN ('sent', 'delivered') \
         ORDER BY m.seq DESC LIMIT $6"
    );
    let found = tx.all(&sql, params![account, room, conversation, from, to, limit], read)?;
    with_files(tx, account, found)
}

/// Messages of a room that still wait to go to an identity, oldest first.
pub fn queued_to(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    room: RoomId,
    identity: IdentityId,
) -> Result<Vec<MessageId>> {
    tx.all(
        "SELECT m.id FROM messages m JOIN channel_sessions s ON s.id = m.session_id \
         WHERE m.account_id = $1 AND m.room_id = $2 AND s.identity_id = $3 \
         AND m.delivery_status = 'queued' ORDER BY m.seq",
        params![account, room, identity],
        |row| row.take(),
    )
}

fn first(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    condition: &str,
    values: &[Param<'_>],
) -> Result<Option<Message>> {
    let found = tx.optional(&format!("{SELECT} WHERE {condition}"), values, read)?;
    Ok(with_files(tx, account, found.into_iter().collect())?.into_iter().next())
}

/// Adds the files of all messages that have some, in one statement.
pub(super) fn with_files(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    found: Vec<(Message, i64)>,
) -> Result<Vec<Message>> {
    let with: Vec<MessageId> =
        found.iter().filter(|(_, count)| *count > 0).map(|(message, _)| message.id).collect();
    let files = attachments::of_messages(tx, account, &with)?;
    let mut messages: Vec<Message> = found.into_iter().map(|(message, _)| message).collect();
    for file in files {
        if let Some(message) = messages.iter_mut().find(|m| Some(m.id) == file.message_id) {
            message.attachments.push(file);
        }
    }
    Ok(messages)
}

/// The message, and how many files it has.
pub(super) fn read(row: &mut Row<'_>) -> Result<(Message, i64)> {
    let mut message = Message {
        id: row.take()?,
        room_id: row.take()?,
        conversation_id: row.take()?,
        inbox_id: row.take()?,
        session_id: row.take()?,
        seq: row.take()?,
        direction: row.take()?,
        visibility: row.take()?,
        sender: Sender { kind: row.take()?, id: row.take()?, name: row.take()? },
        content: from_json(row.take::<Value>()?)?,
        text: row.take()?,
        spans: Vec::new(),
        client_id: row.take()?,
        external_id: row.take()?,
        reply_to: None,
        attachments: Vec::new(),
        reactions: Vec::new(),
        delivery: None,
        edited_at: None,
        deleted_at: None,
        created_at: Timestamp::default(),
    };
    let attachment_count = row.take()?;
    if let Some(reactions) = row.take::<Option<Value>>()? {
        message.reactions = from_json(reactions)?;
    }
    let status = row.take::<Option<_>>()?;
    let (code, detail, at) = (row.take()?, row.take()?, row.take::<Option<Timestamp>>()?);
    message.delivery =
        status.map(|status| Delivery { status, code, detail, at: at.unwrap_or_default() });
    message.edited_at = row.take()?;
    message.deleted_at = row.take()?;
    message.created_at = row.take()?;
    if let Some(spans) = row.take::<Option<Value>>()? {
        message.spans = from_json(spans)?;
    }
    if let Some(id) = row.take::<Option<MessageId>>()? {
        let (seq, sender_name, text) = (row.take()?, row.take()?, row.take()?);
        message.reply_to = Some(Quote { id, seq, sender_name, text });
    }
    Ok((message, attachment_count))
}
