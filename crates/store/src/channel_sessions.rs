//! Channel sessions: the customer's presence on an inbox inside a conversation, which replies go to.

use std::time::Duration;

use serde_json::Value;
use tertulia_domain::conversation::{ChannelSession, SessionState};
use tertulia_domain::inbox::Channel;
use tertulia_domain::{
    AccountId, ChannelSessionId, ConversationId, IdentityId, InboxId, Timestamp,
};

use crate::dialect::rows;
use crate::{ReadTx, Result, Row, WriteTx, params};

/// How old a `last_seen_at` may be, in seconds, before a message writes it again: so coarse it costs
/// nothing while somebody writes.
pub const SEEN_SECS: u64 = 60;

const COLUMNS: &str =
    "id, conversation_id, inbox_id, channel, identity_id, state, started_at, last_seen_at";

/// Where a reply goes: a session with the customer's address on its inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub session_id: ChannelSessionId,
    pub inbox_id: InboxId,
    pub channel: Channel,
    pub address: String,
}

/// The customer was here: starts the session, or notes that it goes on.
///
/// Replies go where the customer was seen last, so a session is written when another one was seen
/// after it; otherwise its time is as coarse as [`SEEN_SECS`].
pub fn touch(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    conversation: ConversationId,
    inbox: (InboxId, Channel),
    identity: IdentityId,
    now: Timestamp,
) -> Result<ChannelSessionId> {
    if let Some(session) = fresh(tx, account, conversation, identity, now)? {
        return Ok(session);
    }
    tx.one(
        "INSERT INTO channel_sessions (account_id, conversation_id, inbox_id, channel, identity_id, \
         state, started_at, last_seen_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $7) \
         ON CONFLICT (conversation_id, identity_id) \
         DO UPDATE SET last_seen_at = excluded.last_seen_at, state = excluded.state \
         WHERE channel_sessions.account_id = excluded.account_id \
         RETURNING id",
        params![account, conversation, inbox.0, inbox.1, identity, SessionState::Started, now],
        |row| row.take(),
    )
}

/// The identity's session, if it is running, was just seen, and is the one that replies go to.
fn fresh(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    conversation: ConversationId,
    identity: IdentityId,
    now: Timestamp,
) -> Result<Option<ChannelSessionId>> {
    let newest = tx.optional(
        "SELECT id, identity_id, last_seen_at FROM channel_sessions \
         WHERE account_id = $1 AND conversation_id = $2 AND state = 'started' \
         ORDER BY last_seen_at DESC, id DESC LIMIT 1",
        params![account, conversation],
        |row| Ok((row.take()?, row.take::<IdentityId>()?, row.take::<Timestamp>()?)),
    )?;
    Ok(newest.and_then(|(session, seen, at)| {
        let is_recent = now.since(at) < Duration::from_secs(SEEN_SECS);
        (seen == identity && is_recent).then_some(session)
    }))
}

/// The sessions of conversations, given as a JSON list of ids; last seen first.
pub fn of_conversations(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    conversations: &Value,
) -> Result<Vec<ChannelSession>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM channel_sessions WHERE account_id = $1 AND conversation_id {} \
         ORDER BY last_seen_at DESC, id DESC",
        rows::any_of(tx, "$2")
    );
    tx.all(&sql, params![account, conversations], read)
}

/// Where a reply in the conversation goes: the session where the customer was last seen.
pub fn target(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    conversation: ConversationId,
) -> Result<Option<Target>> {
    tx.optional(
        "SELECT s.id, s.inbox_id, s.channel, i.address FROM channel_sessions s \
         JOIN identities i ON i.id = s.identity_id \
         WHERE s.account_id = $1 AND s.conversation_id = $2 AND s.state = 'started' \
         ORDER BY s.last_seen_at DESC, s.id DESC LIMIT 1",
        params![account, conversation],
        read_target,
    )
}

/// The address behind a session.
pub fn target_of(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    session: ChannelSessionId,
) -> Result<Option<Target>> {
    tx.optional(
        "SELECT s.id, s.inbox_id, s.channel, i.address FROM channel_sessions s \
         JOIN identities i ON i.id = s.identity_id WHERE s.account_id = $1 AND s.id = $2",
        params![account, session],
        read_target,
    )
}

/// Ends every session of a conversation that closes.
pub fn end_all(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    conversation: ConversationId,
) -> Result<()> {
    tx.execute(
        "UPDATE channel_sessions SET state = $3 WHERE account_id = $1 AND conversation_id = $2",
        params![account, conversation, SessionState::Ended],
    )?;
    Ok(())
}

/// Starts the sessions of a conversation that opens again.
pub fn restart_all(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    conversation: ConversationId,
) -> Result<()> {
    tx.execute(
        "UPDATE channel_sessions SET state = $3 WHERE account_id = $1 AND conversation_id = $2",
        params![account, conversation, SessionState::Started],
    )?;
    Ok(())
}

fn read_target(row: &mut Row<'_>) -> Result<Target> {
    Ok(Target {
        session_id: row.take()?,
        inbox_id: row.take()?,
        channel: row.take()?,
        address: row.take()?,
    })
}

fn read(row: &mut Row<'_>) -> Result<ChannelSession> {
    Ok(ChannelSession {
        id: row.take()?,
        conversation_id: row.take()?,
        inbox_id: row.take()?,
        channel: row.take()?,
        identity_id: row.take()?,
        state: row.take()?,
        started_at: row.take()?,
        last_seen_at: row.take()?,
    })
}
