//! What reports are computed from: conversations with what happened in them, read a few at a time.

use std::collections::HashMap;

use serde_json::Value;
use tertulia_domain::message::{Direction, SenderKind, Visibility};
use tertulia_domain::report::{Fact, Span, Step, Story};
use tertulia_domain::{AccountId, ConversationId, InboxId, LabelId, TeamId, Timestamp, UserId};

use crate::dialect::rows::any_of;
use crate::{Param, ReadTx, Result, Row, params};

/// Conversations that are in memory at once.
const PAGE: i64 = 500;

/// Which conversations a report is about.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct About {
    pub inbox: Option<InboxId>,
    pub team: Option<TeamId>,
    pub label: Option<LabelId>,
}

/// How many conversations are in which state at this moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Present {
    pub open: i64,
    /// Open, and the customer waits for an answer.
    pub unattended: i64,
    /// Open, and nobody's.
    pub unassigned: i64,
    pub pending: i64,
}

/// Tells every conversation in which something can have happened in the span, with all that happened
/// before its end.
pub fn walk(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    about: About,
    span: Span,
    mut tell: impl FnMut(&Story),
) -> Result<()> {
    let mut after = ConversationId(0);
    loop {
        let mut stories = page(tx, account, about, span, after)?;
        let Some(last) = stories.last() else { return Ok(()) };
        after = last.conversation;
        fill(tx, account, span, &mut stories)?;
        stories.iter().for_each(&mut tell);
    }
}

/// What is open now, of all conversations.
pub fn present(tx: &mut ReadTx<'_>, account: AccountId) -> Result<Present> {
    let sql = format!("SELECT {PRESENT} FROM conversations WHERE account_id = $1");
    tx.one(&sql, params![account], read_present)
}

/// The same for each person who has any.
pub fn present_by_assignee(
    tx: &mut ReadTx<'_>,
    account: AccountId,
) -> Result<HashMap<UserId, Present>> {
    let sql = format!(
        "SELECT assignee_id, {PRESENT} FROM conversations \
         WHERE account_id = $1 AND assignee_id IS NOT NULL GROUP BY assignee_id"
    );
    let rows = tx.all(&sql, params![account], |row| Ok((row.take()?, read_present(row)?)))?;
    Ok(rows.into_iter().collect())
}

const PRESENT: &str = "count(*) FILTER (WHERE status = 'open'), \
     count(*) FILTER (WHERE status = 'open' AND waiting_since IS NOT NULL), \
     count(*) FILTER (WHERE status = 'open' AND assignee_id IS NULL), \
     count(*) FILTER (WHERE status = 'pending')";

fn read_present(row: &mut Row<'_>) -> Result<Present> {
    Ok(Present {
        open: row.take()?,
        unattended: row.take()?,
        unassigned: row.take()?,
        pending: row.take()?,
    })
}

/// The next conversations, without what happened. One that was not touched since the span began has
/// nothing to tell about it.
fn page(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    about: About,
    span: Span,
    after: ConversationId,
) -> Result<Vec<Story>> {
    let mut values: Vec<Param<'_>> = params![account, after, span.since, span.until].to_vec();
    let mut conditions = String::new();
    let mut and = |condition: &str, value: i64| {
        values.push(Param::Int(value));
        let place = values.len();
        conditions.push_str(&format!(" AND {}", condition.replace("{}", &format!("${place}"))));
    };
    if let Some(inbox) = about.inbox {
        and("c.inbox_id = {}", inbox.0);
    }
    if let Some(team) = about.team {
        and("c.team_id = {}", team.0);
    }
    if let Some(label) = about.label {
        and(
            "EXISTS (SELECT 1 FROM conversation_labels l WHERE l.account_id = c.account_id \
             AND l.conversation_id = c.id AND l.label_id = {})",
            label.0,
        );
    }
    let sql = format!(
        "SELECT c.id, c.inbox_id, c.team_id, c.assignee_id, c.created_at FROM conversations c \
         WHERE c.account_id = $1 AND c.id > $2 AND c.updated_at >= $3 AND c.created_at < $4\
         {conditions} ORDER BY c.id LIMIT {PAGE}"
    );
    tx.all(&sql, &values, |row| {
        Ok(Story {
            conversation: row.take()?,
            inbox: row.take()?,
            team: row.take()?,
            assignee: row.take()?,
            created_at: row.take()?,
            labels: Vec::new(),
            facts: Vec::new(),
        })
    })
}

/// Adds what happened, and the labels.
fn fill(tx: &mut ReadTx<'_>, account: AccountId, span: Span, stories: &mut [Story]) -> Result<()> {
    let ids: Value = stories.iter().map(|story| story.conversation.0).collect();
    let mut facts = facts(tx, account, span, &ids)?;
    let sql = format!(
        "SELECT conversation_id, label_id FROM conversation_labels \
         WHERE account_id = $1 AND conversation_id {} ORDER BY label_id",
        any_of(tx, "$2")
    );
    let rows: Vec<(ConversationId, LabelId)> =
        tx.all(&sql, params![account, ids], |row| Ok((row.take()?, row.take()?)))?;
    let mut labels: HashMap<ConversationId, Vec<LabelId>> = HashMap::new();
    for (conversation, label) in rows {
        labels.entry(conversation).or_default().push(label);
    }
    for story in stories {
        story.facts = facts.remove(&story.conversation).unwrap_or_default();
        story.labels = labels.remove(&story.conversation).unwrap_or_default();
    }
    Ok(())
}

/// The messages by way of their rooms, whose numbers are an index.
fn facts(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    span: Span,
    ids: &Value,
) -> Result<HashMap<ConversationId, Vec<Fact>>> {
    let sql = format!(
        "SELECT m.conversation_id, m.created_at, m.direction, m.visibility, m.sender_kind, \
         m.sender_id, CASE WHEN m.visibility = 'activity' THEN m.content ->> 'action' END \
         FROM conversations c JOIN messages m ON m.account_id = c.account_id \
           AND m.room_id = c.room_id AND m.seq BETWEEN c.first_seq AND c.last_seq \
           AND m.conversation_id = c.id \
         WHERE c.account_id = $1 AND c.id {} AND m.visibility <> 'note' AND m.created_at < $3 \
         ORDER BY m.conversation_id, m.seq",
        any_of(tx, "$2")
    );
    let rows = tx.all(&sql, params![account, ids, span.until], |row| {
        Ok((row.take::<ConversationId>()?, row.take::<Timestamp>()?, read_step(row)?))
    })?;
    let mut facts: HashMap<ConversationId, Vec<Fact>> = HashMap::new();
    for (conversation, at, step) in rows {
        if let Some(step) = step {
            facts.entry(conversation).or_default().push(Fact { at, step });
        }
    }
    Ok(facts)
}

fn read_step(row: &mut Row<'_>) -> Result<Option<Step>> {
    let direction: Direction = row.take()?;
    let visibility: Visibility = row.take()?;
    let sender: SenderKind = row.take()?;
    let sender_id: Option<i64> = row.take()?;
    let action: Option<String> = row.take()?;
    Ok(match (visibility, direction) {
        (Visibility::Note, _) => None,
        (Visibility::Activity, _) => match action.as_deref() {
            Some("resolved") => Some(Step::Resolved),
            Some("handed_over" | "app_failed") => Some(Step::HandedOver),
            _ => None,
        },
        (Visibility::Public, Direction::In) => Some(Step::Customer),
        (Visibility::Public, Direction::Out) => match sender {
            SenderKind::Agent => sender_id.map(|id| Step::Agent(UserId(id))),
            SenderKind::App | SenderKind::Bot => Some(Step::App),
            SenderKind::Customer | SenderKind::System => None,
        },
    })
}
