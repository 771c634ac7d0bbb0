//! Contacts by questions that people put together, in pages by number, and how many there are.

use tertulia_domain::AccountId;
use tertulia_domain::contact::Contact;

use super::{COLUMNS, read};
use crate::matching::{Column, Conditions, Test, attribute};
use crate::{Param, ReadTx, Result, ToParam};

/// What a test is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    Name,
    Email,
    Phone,
    Locale,
    /// The name of a label.
    Label,
    /// `true` or `false`.
    Blocked,
    CreatedAt,
    LastSeenAt,
    /// An attribute.
    Attribute(String),
    /// A member of an attribute that is an object.
    Member(String, String),
    /// Something that no contact has.
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
    Name,
    Email,
    Phone,
    LastSeen,
    Created,
}

/// Contacts that every one of `questions` is true of, without their labels; `skip` rows of the answer
/// are left out.
pub fn ask(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    questions: &[Vec<Test<Subject>>],
    order: Order,
    (skip, limit): (i64, i64),
) -> Result<Vec<Contact>> {
    let (condition, mut values) = conditions(questions);
    values.push(Param::Int(limit));
    let limit = format!("${}", values.len() + 1);
    values.push(Param::Int(skip));
    let skip = format!("${}", values.len() + 1);
    let sql = format!(
        "SELECT {COLUMNS} FROM contacts c WHERE c.account_id = $1 AND c.erased_at IS NULL \
         AND c.merged_into IS NULL AND {condition} ORDER BY {} LIMIT {limit} OFFSET {skip}",
        order.text()
    );
    let mut all = vec![account.to_param()];
    all.extend(values);
    tx.all(&sql, &all, read)
}

/// How many contacts every one of `questions` is true of.
pub fn tally(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    questions: &[Vec<Test<Subject>>],
) -> Result<i64> {
    let (condition, values) = conditions(questions);
    let sql = format!(
        "SELECT count(*) FROM contacts c WHERE c.account_id = $1 AND c.erased_at IS NULL \
         AND c.merged_into IS NULL AND {condition}"
    );
    let mut all = vec![account.to_param()];
    all.extend(values);
    tx.one(&sql, &all, |row| row.take())
}

impl Order {
    fn text(self) -> String {
        let direction = if self.descending { "DESC" } else { "ASC" };
        let by = match self.by {
            By::Name => "lower(c.name)",
            By::Email => "coalesce(c.email, '')",
            By::Phone => "coalesce(c.phone, '')",
            By::LastSeen => "coalesce(c.last_seen_at, 0)",
            By::Created => "c.created_at",
        };
        format!("{by} {direction}, c.id {direction}")
    }
}

/// `$1` is the account.
fn conditions(questions: &[Vec<Test<Subject>>]) -> (String, Vec<Param<'static>>) {
    let mut texts = vec!["TRUE".to_owned()];
    let mut values: Vec<Param<'static>> = Vec::new();
    for question in questions.iter().filter(|question| !question.is_empty()) {
        let mut conditions = Conditions::after(values.len() + 1);
        for test in question {
            let column = column(&mut conditions, &test.subject);
            conditions.test(test, &column);
        }
        texts.push(conditions.text());
        values.extend(conditions.values);
    }
    (texts.join(" AND "), values)
}

fn column(conditions: &mut Conditions, subject: &Subject) -> Column {
    let value = |text: &str| Column::Value(text.to_owned());
    match subject {
        Subject::Name => value("c.name"),
        Subject::Email => value("c.email"),
        Subject::Phone => value("c.phone"),
        Subject::Locale => value("c.locale"),
        Subject::Blocked => value("CASE WHEN c.blocked_at IS NULL THEN 'false' ELSE 'true' END"),
        Subject::CreatedAt => value("c.created_at"),
        Subject::LastSeenAt => value("c.last_seen_at"),
        Subject::Label => Column::Any {
            before: "EXISTS (SELECT 1 FROM contact_labels cl JOIN labels l ON l.id = cl.label_id \
                WHERE cl.account_id = $1 AND cl.contact_id = c.id AND "
                .to_owned(),
            value: "l.name".to_owned(),
            after: ")".to_owned(),
        },
        Subject::Attribute(key) => {
            let name = conditions.value(Param::Text(key.clone().into()));
            Column::Value(attribute("c.attributes", &name))
        }
        Subject::Member(key, member) => {
            let key = conditions.value(Param::Text(key.clone().into()));
            let member = conditions.value(Param::Text(member.clone().into()));
            let object = format!("(c.attributes -> CAST({key} AS TEXT))");
            Column::Value(attribute(&object, &member))
        }
        Subject::Nothing => value("CAST(NULL AS TEXT)"),
    }
}
