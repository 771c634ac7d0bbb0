//! Conversations by questions that people put together, in pages by number, with their counts.

use tertulia_domain::AccountId;

use super::shown::{Shown, Viewer, shown, visible};
use crate::matching::{Column, Conditions, Test, attribute};
use crate::{Param, ReadTx, Result, ToParam};

/// What a test is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    Status,
    Assignee,
    Inbox,
    Team,
    Contact,
    Priority,
    Number,
    /// The name of a label.
    Label,
    /// The contact's language.
    Locale,
    /// The page on which the conversation began.
    Page,
    CreatedAt,
    LastActivityAt,
    UpdatedAt,
    WaitingSince,
    /// An attribute of the conversation.
    Attribute(String),
    /// The address by which the customer came.
    Address,
    /// A person who takes part.
    Participant,
    /// Words of a public message or a note.
    Words,
    /// Something that no conversation has.
    Nothing,
}

/// The order of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    pub by: By,
    pub descending: bool,
}

/// What the answer is ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    LastActivity,
    Created,
    Priority,
    WaitingSince,
    /// Those with unread messages first.
    Unread,
}

/// How many there are: of mine, of anybody's, of nobody's, of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    pub mine: i64,
    pub assigned: i64,
    pub unassigned: i64,
    pub all: i64,
}

/// Conversations that every one of `questions` is true of; `skip` rows of the answer are left out.
pub fn ask(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    viewer: Viewer,
    questions: &[Vec<Test<Subject>>],
    order: Order,
    (skip, limit): (i64, i64),
) -> Result<Vec<Shown>> {
    let (condition, mut values) = conditions(questions);
    values.push(Param::Int(limit));
    let limit = format!("${}", values.len() + 2);
    values.push(Param::Int(skip));
    let skip = format!("${}", values.len() + 2);
    let order = format!("{} LIMIT {limit} OFFSET {skip}", order.text());
    shown(tx, account, viewer, &condition, &order, &values)
}

/// How many conversations every one of `questions` is true of.
pub fn tally(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    viewer: Viewer,
    questions: &[Vec<Test<Subject>>],
) -> Result<Tally> {
    let (condition, values) = conditions(questions);
    let sql = format!(
        "SELECT count(*) FILTER (WHERE c.assignee_id = $2), count(c.assignee_id), \
         count(*) FILTER (WHERE c.assignee_id IS NULL), count(*) \
         FROM conversations c WHERE c.account_id = $1 AND {} AND {condition}",
        visible(viewer)
    );
    let me = viewer.id();
    let mut all = vec![account.to_param(), me.to_param()];
    all.extend(values);
    tx.one(&sql, &all, |row| {
        Ok(Tally {
            mine: row.take()?,
            assigned: row.take()?,
            unassigned: row.take()?,
            all: row.take()?,
        })
    })
}

impl Order {
    fn text(self) -> String {
        let (direction, opposite) = if self.descending { ("DESC", "ASC") } else { ("ASC", "DESC") };
        let by = match self.by {
            By::LastActivity => "c.last_activity_at".to_owned(),
            By::Created => "c.created_at".to_owned(),
            By::Priority => "CASE c.priority WHEN 'urgent' THEN 4 WHEN 'high' THEN 3 \
                WHEN 'medium' THEN 2 WHEN 'low' THEN 1 ELSE 0 END"
                .to_owned(),
            // Whoever waits comes before those who do not.
            By::WaitingSince => {
                let nobody = if self.descending { 0 } else { i64::MAX };
                format!("coalesce(c.waiting_since, {nobody})")
            }
            By::Unread => {
                return format!(
                    "CASE WHEN c.customer_messages > coalesce((SELECT max(u.customer_messages) \
                     FROM reads u WHERE u.account_id = $1 AND u.conversation_id = c.id), 0) \
                     THEN 0 ELSE 1 END {opposite}, c.last_activity_at DESC, c.id DESC"
                );
            }
        };
        format!("{by} {direction}, c.id {direction}")
    }
}

/// `$1` and `$2` are the account and the viewer.
fn conditions(questions: &[Vec<Test<Subject>>]) -> (String, Vec<Param<'static>>) {
    let mut texts = Vec::new();
    let mut values: Vec<Param<'static>> = Vec::new();
    for question in questions.iter().filter(|question| !question.is_empty()) {
        let mut conditions = Conditions::after(values.len() + 2);
        for test in question {
            let column = column(&mut conditions, &test.subject);
            conditions.test(test, &column);
        }
        texts.push(conditions.text());
        values.extend(conditions.values);
    }
    let text = if texts.is_empty() { "TRUE".to_owned() } else { texts.join(" AND ") };
    (text, values)
}

fn column(conditions: &mut Conditions, subject: &Subject) -> Column {
    let value = |text: &str| Column::Value(text.to_owned());
    let any = |before: &str, value: &str| Column::Any {
        before: before.to_owned(),
        value: value.to_owned(),
        after: ")".to_owned(),
    };
    match subject {
        Subject::Status => value("c.status"),
        Subject::Assignee => value("c.assignee_id"),
        Subject::Inbox => value("c.inbox_id"),
        Subject::Team => value("c.team_id"),
        Subject::Contact => value("c.contact_id"),
        Subject::Priority => value("nullif(c.priority, 'none')"),
        Subject::Number => value("c.number"),
        Subject::CreatedAt => value("c.created_at"),
        Subject::LastActivityAt => value("c.last_activity_at"),
        Subject::UpdatedAt => value("c.updated_at"),
        Subject::WaitingSince => value("c.waiting_since"),
        Subject::Label => any(
            "EXISTS (SELECT 1 FROM conversation_labels cl JOIN labels l ON l.id = cl.label_id \
             WHERE cl.account_id = $1 AND cl.conversation_id = c.id AND ",
            "l.name",
        ),
        Subject::Locale => value(
            "(SELECT q.locale FROM contacts q WHERE q.account_id = $1 AND q.id = c.contact_id)",
        ),
        Subject::Page => {
            let name = conditions.value(Param::Text("url".into()));
            Column::Value(format!("nullif({}, 'null')", attribute("c.origin", &name)))
        }
        Subject::Attribute(key) => {
            let name = conditions.value(Param::Text(key.clone().into()));
            Column::Value(attribute("c.attributes", &name))
        }
        Subject::Address => any(
            "EXISTS (SELECT 1 FROM channel_sessions s JOIN identities i ON i.id = s.identity_id \
             WHERE s.account_id = $1 AND s.conversation_id = c.id AND ",
            "i.address",
        ),
        Subject::Participant => any(
            "EXISTS (SELECT 1 FROM participants p WHERE p.account_id = $1 \
             AND p.conversation_id = c.id AND p.kind = 'agent' AND p.left_at IS NULL AND ",
            "p.principal_id",
        ),
        Subject::Nothing => value("CAST(NULL AS TEXT)"),
        Subject::Words => any(
            "EXISTS (SELECT 1 FROM messages w WHERE w.account_id = $1 AND w.room_id = c.room_id \
             AND w.conversation_id = c.id AND w.visibility <> 'activity' AND ",
            "w.text",
        ),
    }
}
