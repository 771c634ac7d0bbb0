//! What it takes to show conversations: the row with the names around it, in three statements for any
//! number of them.

use std::collections::HashMap;

use serde_json::Value;
use tertulia_domain::conversation::{ChannelSession, Conversation};
use tertulia_domain::message::{Direction, Visibility};
use tertulia_domain::{AccountId, AppId, ConversationId, Timestamp, UserId};

use super::{COLUMNS, read};
use crate::dialect::rows;
use crate::{Param, ReadTx, Result, Row, ToParam, channel_sessions, params};

/// Whose eyes: decides which conversations exist and what is unread.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewer {
    /// Whose watermark counts; `None` reads nothing as unread.
    pub user: Option<UserId>,
    /// The app that looks, when it is one.
    pub app: Option<AppId>,
    /// Sees every inbox, not only those it is a member of, or works on.
    pub all_inboxes: bool,
}

impl Viewer {
    /// Tertulia itself: sees everything, has read nothing.
    pub const SYSTEM: Viewer = Viewer { user: None, app: None, all_inboxes: true };

    /// A person, with what its role shows it.
    #[must_use]
    pub const fn person(user: UserId, all_inboxes: bool) -> Self {
        Self { user: Some(user), app: None, all_inboxes }
    }

    /// The viewer as a value to compare with; nobody has the id 0.
    pub(crate) fn id(&self) -> i64 {
        self.user.map(|user| user.0).or(self.app.map(|app| app.0)).unwrap_or(0)
    }
}

/// A conversation with everything around it that a list shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    pub conversation: Conversation,
    pub contact_name: String,
    pub contact_email: Option<String>,
    pub contact_phone: Option<String>,
    pub contact_verified: bool,
    pub contact_blocked: bool,
    pub assignee_name: Option<String>,
    pub team_name: Option<String>,
    /// The name of the person or app in control.
    pub holder_name: Option<String>,
    pub preview: Option<Preview>,
    /// Customer messages above the viewer's watermark.
    pub unread_count: i64,
    pub labels: Vec<String>,
    pub sessions: Vec<ChannelSession>,
}

/// The newest message that is not an activity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    pub seq: i64,
    pub text: String,
    pub direction: Direction,
    pub visibility: Visibility,
    pub sender_name: String,
    pub at: Timestamp,
}

/// The condition that the viewer may see conversation `c`; `$1` is the account, `$2` the viewer.
pub fn visible(viewer: Viewer) -> &'static str {
    if viewer.all_inboxes {
        return "TRUE";
    }
    if viewer.app.is_some() {
        return "c.inbox_id IN (SELECT ai.inbox_id FROM app_inboxes ai \
         WHERE ai.account_id = $1 AND ai.app_id = $2)";
    }
    "c.inbox_id IN (SELECT im.inbox_id FROM inbox_members im \
     WHERE im.account_id = $1 AND im.user_id = $2)"
}

/// One conversation, if the viewer may see it.
pub fn shown_one(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    viewer: Viewer,
    id: ConversationId,
) -> Result<Option<Shown>> {
    let found = shown(tx, account, viewer, "c.id = $3", "c.id", &[id.to_param()])?;
    Ok(found.into_iter().next())
}

/// The conversations for which `condition` holds; its placeholders start at `$3`.
pub fn shown(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    viewer: Viewer,
    condition: &str,
    order: &str,
    values: &[Param<'_>],
) -> Result<Vec<Shown>> {
    let visible = visible(viewer);
    let sql = format!(
        "SELECT {COLUMNS}, p.name, p.email, p.phone, p.verified, p.blocked_at, a.name, t.name, \
         coalesce(h.name, x.name), coalesce(r.customer_messages, 0), \
         m.seq, m.text, m.direction, m.visibility, m.sender_name, m.created_at \
         FROM conversations c \
         JOIN contacts p ON p.id = c.contact_id \
         LEFT JOIN users a ON a.id = c.assignee_id \
         LEFT JOIN teams t ON t.id = c.team_id \
         LEFT JOIN users h ON h.id = c.holder_id AND c.holder = 'agent' \
         LEFT JOIN apps x ON x.id = c.holder_id AND c.holder = 'app' \
         LEFT JOIN reads r ON r.conversation_id = c.id AND r.user_id = $2 \
         LEFT JOIN messages m ON m.room_id = c.room_id AND m.seq = c.preview_seq \
         WHERE c.account_id = $1 AND {visible} AND {condition} ORDER BY {order}"
    );
    let viewer_id = viewer.id();
    let mut all = vec![account.to_param(), viewer_id.to_param()];
    all.extend_from_slice(values);
    let counts_unread = viewer.user.is_some();
    let mut found = tx.all(&sql, &all, |row| read_shown(row, counts_unread))?;
    add_labels_and_sessions(tx, account, &mut found)?;
    Ok(found)
}

fn add_labels_and_sessions(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    found: &mut [Shown],
) -> Result<()> {
    if found.is_empty() {
        return Ok(());
    }
    let ids = Value::from(found.iter().map(|s| s.conversation.id.0).collect::<Vec<_>>());
    let mut by_id: HashMap<ConversationId, &mut Shown> =
        found.iter_mut().map(|shown| (shown.conversation.id, shown)).collect();
    let sql = format!(
        "SELECT cl.conversation_id, l.name FROM conversation_labels cl \
         JOIN labels l ON l.id = cl.label_id \
         WHERE cl.account_id = $1 AND cl.conversation_id {} ORDER BY l.name",
        rows::any_of(tx, "$2")
    );
    let labels = tx.all(&sql, params![account, ids], |row| {
        Ok((row.take::<ConversationId>()?, row.take::<String>()?))
    })?;
    for (id, name) in labels {
        if let Some(shown) = by_id.get_mut(&id) {
            shown.labels.push(name);
        }
    }
    for session in channel_sessions::of_conversations(tx, account, &ids)? {
        if let Some(shown) = by_id.get_mut(&session.conversation_id) {
            shown.sessions.push(session);
        }
    }
    Ok(())
}

fn read_shown(row: &mut Row<'_>, counts_unread: bool) -> Result<Shown> {
    let conversation = read(row)?;
    let mut shown = Shown {
        contact_name: row.take()?,
        contact_email: row.take()?,
        contact_phone: row.take()?,
        contact_verified: row.take()?,
        contact_blocked: row.take::<Option<Timestamp>>()?.is_some(),
        assignee_name: row.take()?,
        team_name: row.take()?,
        holder_name: row.take()?,
        preview: None,
        unread_count: 0,
        labels: Vec::new(),
        sessions: Vec::new(),
        conversation,
    };
    let read_messages: i64 = row.take()?;
    if counts_unread {
        shown.unread_count = (shown.conversation.customer_messages - read_messages).max(0);
    }
    if let Some(seq) = row.take::<Option<i64>>()? {
        shown.preview = Some(Preview {
            seq,
            text: row.take()?,
            direction: row.take()?,
            visibility: row.take()?,
            sender_name: row.take()?,
            at: row.take()?,
        });
    }
    Ok(shown)
}
