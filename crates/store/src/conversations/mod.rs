//! Conversations: one row, one episode of service.
//!
//! **Invariant:** `status` is written here only, from `domain::status::derive`, at every change.

mod around;
mod labels;
mod list;
mod number;
mod question;
mod shown;

use serde_json::Value;
use tertulia_domain::account::ConversationPolicy;
use tertulia_domain::control::{Control, Holder};
use tertulia_domain::conversation::Conversation;
use tertulia_domain::status::{self, Facts, Status};
use tertulia_domain::threading::open_key;
use tertulia_domain::{AccountId, AppId, ContactId, ConversationId, InboxId, RoomId, Timestamp};

pub use around::{Address, Around, around};
pub use labels::{labels_of, set_labels};
pub use list::{Counts, Filter, Page, Place, Sort, View, counts, list};
pub use number::{by_number, of_ids};
pub use question::{By, Order, Subject, Tally, ask, tally};
pub use shown::{Preview, Shown, Viewer, shown, shown_one, visible};

use crate::{ReadTx, Result, Row, ToParam, WriteTx, params};

/// Columns of a conversation `c`, in the order of [`read`].
pub(crate) const COLUMNS: &str = "c.id, c.number, c.room_id, c.contact_id, c.inbox_id, c.channel, \
     c.holder, c.holder_id, c.epoch, c.offered_at, c.status, c.priority, c.assignee_id, c.team_id, \
     c.snoozed_until, c.resolved_at, c.waiting_since, c.first_seq, c.last_seq, \
     c.customer_messages, c.last_customer_seq, c.agent_read_seq, c.contact_read_seq, \
     c.preview_seq, c.attributes, c.origin, c.last_activity_at, c.created_at, c.updated_at";

/// What a new conversation starts with.
#[derive(Debug, Clone, PartialEq)]
pub struct NewConversation<'a> {
    pub room_id: RoomId,
    pub contact_id: ContactId,
    pub inbox_id: InboxId,
    pub channel: tertulia_domain::inbox::Channel,
    pub policy: ConversationPolicy,
    pub control: Control,
    pub origin: Option<&'a Value>,
    pub now: Timestamp,
}

/// Opens a conversation with the account's next number. The caller holds the room's lock.
pub fn insert(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    new: &NewConversation<'_>,
) -> Result<Conversation> {
    let number: i64 = tx.one(
        "UPDATE accounts SET last_conversation_number = last_conversation_number + 1 \
         WHERE id = $1 RETURNING last_conversation_number",
        params![account],
        |row| row.take(),
    )?;
    let facts = Facts { control: new.control, snoozed_until: None, resolved_at: None };
    let (holder, holder_id) = new.control.holder.parts();
    let columns = COLUMNS.replace("c.", "");
    let last_seq = "(SELECT r.last_seq FROM rooms r WHERE r.account_id = $1 AND r.id = $3)";
    let sql = format!(
        "INSERT INTO conversations (account_id, number, room_id, contact_id, inbox_id, channel, \
         open_key, holder, status, priority, first_seq, last_seq, origin, last_activity_at, \
         created_at, updated_at, holder_id, epoch) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'none', {last_seq} + 1, {last_seq}, $10, \
         $11, $11, $11, $12, $13) RETURNING {columns}"
    );
    tx.one(
        &sql,
        params![
            account,
            number,
            new.room_id,
            new.contact_id,
            new.inbox_id,
            new.channel,
            open_key(new.policy, new.inbox_id),
            holder,
            status::derive(facts),
            new.origin,
            new.now,
            holder_id,
            new.control.epoch,
        ],
        read,
    )
}

/// The conversation, if the viewer may see it.
pub fn find(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    viewer: Viewer,
    id: ConversationId,
) -> Result<Option<Conversation>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM conversations c \
         WHERE c.account_id = $1 AND CAST($2 AS BIGINT) >= 0 AND c.id = $3 AND {}",
        visible(viewer)
    );
    tx.optional(&sql, params![account, viewer.id(), id], read)
}

/// All open conversations of a contact, newest first: at most one, or one per inbox.
pub fn open_of_contact(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    contact: ContactId,
) -> Result<Vec<Conversation>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM conversations c \
         WHERE c.account_id = $1 AND c.contact_id = $2 AND c.open_key IS NOT NULL ORDER BY c.id DESC"
    );
    tx.all(&sql, params![account, contact], read)
}

/// The contact's newest conversation, of one inbox or of any.
pub fn newest_of_contact(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    contact: ContactId,
    inbox: Option<InboxId>,
) -> Result<Option<Conversation>> {
    let only = if inbox.is_some() { " AND c.inbox_id = $3" } else { "" };
    let sql = format!(
        "SELECT {COLUMNS} FROM conversations c WHERE c.account_id = $1 AND c.contact_id = $2{only} \
         ORDER BY c.id DESC LIMIT 1"
    );
    match inbox {
        Some(inbox) => tx.optional(&sql, params![account, contact, inbox], read),
        None => tx.optional(&sql, params![account, contact], read),
    }
}

/// Conversations that an app holds, oldest first, at most `limit`.
pub fn held_by_app(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    app: AppId,
    limit: i64,
) -> Result<Vec<ConversationId>> {
    let sql = "SELECT id FROM conversations WHERE account_id = $1 AND holder_id = $2 \
               AND holder = 'app' ORDER BY id LIMIT $3";
    tx.all(sql, params![account, app, limit], |row| row.take())
}

/// Who holds control of a conversation, whoever asks.
pub fn holder(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    id: ConversationId,
) -> Result<Option<Holder>> {
    let sql = "SELECT holder, holder_id FROM conversations WHERE account_id = $1 AND id = $2";
    tx.optional(sql, params![account, id], |row| Ok(Holder::from_parts(row.take()?, row.take()?)))
}

/// Writes everything about a conversation that can change; its status is derived, never taken over.
///
/// A closed conversation gives up its place as the open one; see [`claim_open`] for the way back.
pub fn save(tx: &mut WriteTx<'_>, account: AccountId, conversation: &Conversation) -> Result<()> {
    let c = conversation;
    let (holder, holder_id) = c.control.holder.parts();
    tx.execute(
        "UPDATE conversations SET holder = $3, holder_id = $4, epoch = $5, status = $6, \
         priority = $7, assignee_id = $8, team_id = $9, snoozed_until = $10, resolved_at = $11, \
         open_key = CASE WHEN $6 = 'resolved' THEN NULL ELSE open_key END, \
         waiting_since = $12, last_seq = $13, customer_messages = $14, last_customer_seq = $15, \
         agent_read_seq = $16, contact_read_seq = $17, preview_seq = $18, attributes = $19, \
         last_activity_at = $20, updated_at = $21, offered_at = $22 \
         WHERE account_id = $1 AND id = $2",
        params![
            account,
            c.id,
            holder,
            holder_id,
            c.control.epoch,
            derived_status(c),
            c.priority,
            c.assignee_id,
            c.team_id,
            c.snoozed_until,
            c.resolved_at,
            c.waiting_since,
            c.last_seq,
            c.customer_messages,
            c.last_customer_seq,
            c.agent_read_seq,
            c.contact_read_seq,
            c.preview_seq,
            c.attributes,
            c.last_activity_at,
            c.updated_at,
            c.control.offered_at,
        ],
    )?;
    Ok(())
}

/// Writes what one more message moves: watermarks, counters and times.
///
/// Apart from [`save`] because of its cost: SQLite rewrites the indexes of every column that an UPDATE
/// names, and a message changes nothing of who serves the conversation. `waited` is `waiting_since`
/// as it was before; it is written only when it moved, for the same reason.
pub fn advance(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    conversation: &Conversation,
    waited: Option<Timestamp>,
) -> Result<()> {
    let c = conversation;
    let mut values = params![
        account,
        c.id,
        c.last_seq,
        c.customer_messages,
        c.last_customer_seq,
        c.preview_seq,
        c.last_activity_at,
        c.updated_at,
    ]
    .to_vec();
    let wait = if c.waiting_since == waited {
        ""
    } else {
        values.push(c.waiting_since.to_param());
        ", waiting_since = $9"
    };
    let sql = format!(
        "UPDATE conversations SET last_seq = $3, customer_messages = $4, last_customer_seq = $5, \
         preview_seq = $6, last_activity_at = $7, updated_at = $8{wait} \
         WHERE account_id = $1 AND id = $2"
    );
    tx.execute(&sql, &values).map(drop)
}

/// Takes the place of the contact's open conversation again; false when another one has it.
pub fn claim_open(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    conversation: &Conversation,
    policy: ConversationPolicy,
) -> Result<bool> {
    let changed = tx.execute(
        "UPDATE conversations SET open_key = $4 WHERE account_id = $1 AND id = $2 \
         AND NOT EXISTS (SELECT 1 FROM conversations o WHERE o.account_id = $1 \
             AND o.contact_id = $3 AND o.open_key = $4 AND o.id <> $2)",
        params![
            account,
            conversation.id,
            conversation.contact_id,
            open_key(policy, conversation.inbox_id)
        ],
    )?;
    Ok(changed == 1)
}

/// The status that the facts of the conversation give.
fn derived_status(conversation: &Conversation) -> Status {
    status::derive(Facts {
        control: conversation.control,
        snoozed_until: conversation.snoozed_until,
        resolved_at: conversation.resolved_at,
    })
}

pub(crate) fn read(row: &mut Row<'_>) -> Result<Conversation> {
    Ok(Conversation {
        id: row.take()?,
        number: row.take()?,
        room_id: row.take()?,
        contact_id: row.take()?,
        inbox_id: row.take()?,
        channel: row.take()?,
        control: Control {
            holder: Holder::from_parts(row.take()?, row.take()?),
            epoch: row.take()?,
            offered_at: row.take()?,
        },
        status: row.take()?,
        priority: row.take()?,
        assignee_id: row.take()?,
        team_id: row.take()?,
        snoozed_until: row.take()?,
        resolved_at: row.take()?,
        waiting_since: row.take()?,
        first_seq: row.take()?,
        last_seq: row.take()?,
        customer_messages: row.take()?,
        last_customer_seq: row.take()?,
        agent_read_seq: row.take()?,
        contact_read_seq: row.take()?,
        preview_seq: row.take()?,
        attributes: row.take()?,
        origin: row.take()?,
        last_activity_at: row.take()?,
        created_at: row.take()?,
        updated_at: row.take()?,
    })
}
