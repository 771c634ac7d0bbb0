//! The conversation list: filters, orders and seek cursors over the indexes, and the three counts.

use tertulia_domain::conversation::{Conversation, Priority};
use tertulia_domain::status::Status;
use tertulia_domain::{AccountId, ContactId, ConversationId, InboxId, TeamId, Timestamp, UserId};

use super::shown::{Shown, Viewer, shown, visible};
use crate::{Param, ReadTx, Result, ToParam, params};

/// Which conversations are asked for; `None` everywhere means all that the viewer may see.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    pub view: Option<View>,
    pub status: Option<Status>,
    pub inbox: Option<InboxId>,
    pub team: Option<TeamId>,
    pub assignee: Option<UserId>,
    pub label: Option<String>,
    pub priority: Option<Priority>,
    pub contact: Option<ContactId>,
    /// Only those with customer messages above the viewer's watermark.
    pub unread: bool,
}

/// The tabs of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Assigned to the viewer.
    Mine,
    /// Assigned to nobody.
    Unassigned,
}

/// The order of the list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Sort {
    /// Last active first.
    #[default]
    Newest,
    /// Longest inactive first.
    Oldest,
    /// Those whose customer waits for an answer, longest first; others are left out.
    Waiting,
}

/// A place in the order, after which the next page starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    pub at: Timestamp,
    pub id: ConversationId,
}

/// How much of the list, and from where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Page {
    pub sort: Sort,
    pub after: Option<Place>,
    pub limit: i64,
}

/// How many open and pending conversations there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub mine: i64,
    pub unassigned: i64,
    pub pending: i64,
    pub all: i64,
}

impl Sort {
    fn column(self) -> &'static str {
        match self {
            Sort::Newest | Sort::Oldest => "c.last_activity_at",
            Sort::Waiting => "c.waiting_since",
        }
    }

    /// The conversation's place in this order.
    #[must_use]
    pub fn place(self, conversation: &Conversation) -> Place {
        let at = match self {
            Sort::Newest | Sort::Oldest => conversation.last_activity_at,
            Sort::Waiting => conversation.waiting_since.unwrap_or_default(),
        };
        Place { at, id: conversation.id }
    }
}

/// One page of the list, at most `page.limit` conversations.
pub fn list(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    viewer: Viewer,
    filter: &Filter,
    page: Page,
) -> Result<Vec<Shown>> {
    let mut wanted = Wanted::default();
    wanted.filter(filter);
    let column = page.sort.column();
    let (direction, comparison) = match page.sort {
        Sort::Newest => ("DESC", "<"),
        Sort::Oldest | Sort::Waiting => ("ASC", ">"),
    };
    if page.sort == Sort::Waiting {
        wanted.conditions.push("c.waiting_since IS NOT NULL".to_owned());
    }
    if let Some(place) = &page.after {
        let (at, id) = (wanted.value(&place.at), wanted.value(&place.id));
        wanted.conditions.push(format!("({column}, c.id) {comparison} ({at}, {id})"));
    }
    let limit = wanted.value(&page.limit);
    let order = format!("{column} {direction}, c.id {direction} LIMIT {limit}");
    shown(tx, account, viewer, &wanted.condition(), &order, &wanted.values)
}

/// Counts the open and pending conversations that the viewer may see. What an app is answering waits for
/// nobody, so it does not count as unassigned.
pub fn counts(tx: &mut ReadTx<'_>, account: AccountId, viewer: Viewer) -> Result<Counts> {
    let sql = format!(
        "SELECT count(*) FILTER (WHERE c.assignee_id = $2), \
         count(*) FILTER (WHERE c.assignee_id IS NULL AND c.status = 'open'), \
         count(*) FILTER (WHERE c.status = 'pending'), count(*) \
         FROM conversations c \
         WHERE c.account_id = $1 AND c.status IN ('open', 'pending') AND {}",
        visible(viewer)
    );
    tx.one(&sql, params![account, viewer.id()], |row| {
        let (mine, unassigned) = (row.take()?, row.take()?);
        Ok(Counts { mine, unassigned, pending: row.take()?, all: row.take()? })
    })
}

/// Conditions and their values.
#[derive(Default)]
struct Wanted<'a> {
    conditions: Vec<String>,
    values: Vec<Param<'a>>,
}

impl<'a> Wanted<'a> {
    fn value<T: ToParam + ?Sized>(&mut self, value: &'a T) -> String {
        self.values.push(value.to_param());
        // `$1` and `$2` are the account and the viewer.
        format!("${}", self.values.len() + 2)
    }

    fn equal<T: ToParam>(&mut self, column: &str, value: Option<&'a T>) {
        if let Some(value) = value {
            let placeholder = self.value(value);
            self.conditions.push(format!("c.{column} = {placeholder}"));
        }
    }

    fn filter(&mut self, filter: &'a Filter) {
        match filter.view {
            Some(View::Mine) => self.conditions.push("c.assignee_id = $2".to_owned()),
            // The plus keeps the index of assignees out: most conversations may have none, and the
            // indexes by activity give them in order.
            Some(View::Unassigned) => self.conditions.push("+c.assignee_id IS NULL".to_owned()),
            None => {}
        }
        self.equal("status", filter.status.as_ref());
        self.equal("inbox_id", filter.inbox.as_ref());
        self.equal("team_id", filter.team.as_ref());
        self.equal("assignee_id", filter.assignee.as_ref());
        self.equal("priority", filter.priority.as_ref());
        self.equal("contact_id", filter.contact.as_ref());
        if filter.unread {
            self.conditions
                .push("c.customer_messages > coalesce(r.customer_messages, 0)".to_owned());
        }
        if let Some(label) = &filter.label {
            let name = self.value(label);
            self.conditions.push(format!(
                "EXISTS (SELECT 1 FROM conversation_labels cl JOIN labels l ON l.id = cl.label_id \
                 WHERE cl.account_id = $1 AND cl.conversation_id = c.id AND l.name = {name})"
            ));
        }
    }

    fn condition(&self) -> String {
        if self.conditions.is_empty() { "TRUE".to_owned() } else { self.conditions.join(" AND ") }
    }
}
