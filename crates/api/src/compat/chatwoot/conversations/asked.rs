//! Which conversations a list, a count or a filter is about, as questions to the store.

use tertulia_domain::Timestamp;
use tertulia_domain::attribute_definition::{AttributeDefinition, AttributeKind};
use tertulia_domain::status::Status;
use tertulia_engine::Ctx;
use tertulia_store::conversations::{By, Order, Subject};
use tertulia_store::matching::{Joined, Operand, Operator, Test};

use crate::compat::chatwoot::filter::{Clause, Kind};
use crate::compat::chatwoot::{Fields, Refusal};

/// Conversations of a page.
pub(super) const PAGE: i64 = 25;
/// The last page that can be asked for.
const PAGES_MAX: i64 = 100_000;
/// Conversations of an answer without pages.
pub(super) const UNPAGED_MAX: i64 = 500;

pub(super) type Question = Vec<Test<Subject>>;

/// What the parameters of the list ask for, without who is to answer them.
pub(super) fn questions(
    fields: &Fields,
    ctx: &Ctx,
    now: Timestamp,
) -> Result<Vec<Question>, Refusal> {
    let mut all = Vec::new();
    let mut one = |test: Test<Subject>| all.push(vec![test]);
    match fields.filled("status")?.as_deref() {
        None => one(equal(Subject::Status, text(Status::Open.as_str()))),
        Some("all") => {}
        Some(word) => {
            let status = word.parse::<Status>().map_err(|_| {
                Refusal::wrong("status", "must be open, pending, snoozed, resolved or all")
            })?;
            one(equal(Subject::Status, text(status.as_str())));
        }
    }
    for (name, subject) in [("inbox_id", Subject::Inbox), ("team_id", Subject::Team)] {
        if let Some(id) = fields.integer(name)? {
            one(equal(subject, vec![Operand::Int(id)]));
        }
    }
    let labels = fields.texts("labels")?.unwrap_or_default();
    if !labels.is_empty() {
        one(equal(Subject::Label, labels.into_iter().map(Operand::Text).collect()));
    }
    if let Some(words) = fields.filled("q")? {
        one(test(Subject::Words, Operator::Contains, text(words.trim())));
    }
    if let Some(address) = fields.filled("source_id")? {
        one(equal(Subject::Address, text(&address)));
    }
    if let Some(secs) = fields.integer("updated_within")? {
        let since = now.0.saturating_sub(secs.saturating_mul(1_000_000));
        one(test(Subject::UpdatedAt, Operator::Greater, vec![Operand::Int(since)]));
    }
    match fields.filled("conversation_type")?.as_deref() {
        None => {}
        // Nobody is mentioned here, so nothing is found.
        Some("mention") => one(equal(Subject::Nothing, text(""))),
        Some("participating") => one(equal(Subject::Participant, vec![me(ctx)])),
        Some("unattended") => one(test(Subject::WaitingSince, Operator::Present, Vec::new())),
        Some(_) => {
            let detail = "must be mention, participating or unattended";
            return Err(Refusal::wrong("conversation_type", detail));
        }
    }
    Ok(all)
}

/// What the list asks about who is to answer.
pub(super) fn assignee(fields: &Fields, ctx: &Ctx) -> Result<Option<Question>, Refusal> {
    let question = match fields.filled("assignee_type")?.as_deref() {
        None | Some("all") => return Ok(None),
        Some("me") => equal(Subject::Assignee, vec![me(ctx)]),
        Some("unassigned") => test(Subject::Assignee, Operator::Absent, Vec::new()),
        Some("assigned") => test(Subject::Assignee, Operator::Present, Vec::new()),
        Some(_) => {
            let detail = "must be me, unassigned, assigned or all";
            return Err(Refusal::wrong("assignee_type", detail));
        }
    };
    Ok(Some(vec![question]))
}

/// The order of the list. Chatwoot ignores what it does not know.
pub(super) fn order(fields: &Fields) -> Result<Order, Refusal> {
    let by = |by, descending| Order { by, descending };
    Ok(match fields.filled("sort_by")?.as_deref().unwrap_or_default() {
        "last_activity_at_asc" => by(By::LastActivity, false),
        "created_at_desc" => by(By::Created, true),
        "created_at_asc" => by(By::Created, false),
        "priority_desc" => by(By::Priority, true),
        "priority_asc" => by(By::Priority, false),
        "waiting_since_desc" => by(By::WaitingSince, true),
        "waiting_since_asc" => by(By::WaitingSince, false),
        "unread" => by(By::Unread, true),
        _ => by(By::LastActivity, true),
    })
}

/// Rows to leave out, and rows of the page.
pub(in super::super) fn page(fields: &Fields, rows: i64) -> Result<(i64, i64), Refusal> {
    let page = fields.integer("page")?.unwrap_or(1).max(1);
    if page > PAGES_MAX {
        return Err(Refusal::wrong("page", &format!("must be at most {PAGES_MAX}")));
    }
    Ok(((page - 1) * rows, rows))
}

/// The conditions of a filter as one question.
pub(super) fn filter(
    clauses: &[Clause],
    defined: &[AttributeDefinition],
    now: Timestamp,
) -> Result<Question, Refusal> {
    let tests = clauses.iter().map(|clause| {
        let (subject, kind) = subject(&clause.key, defined)?;
        if subject == Subject::Status && clause.is_any("all") {
            return Ok(test(Subject::Status, Operator::Present, Vec::new()));
        }
        clause.test(subject, kind, now)
    });
    let tests: Vec<_> = tests.collect::<Result<_, _>>()?;
    Ok(tests)
}

const KEYS: &str = "status,assignee_id,inbox_id,team_id,contact_id,priority,display_id,campaign_id,\
    labels,browser_language,conversation_language,referer,created_at,last_activity_at,mail_subject";

fn subject(key: &str, defined: &[AttributeDefinition]) -> Result<(Subject, Kind), Refusal> {
    Ok(match key {
        "status" => (Subject::Status, Kind::Word),
        "assignee_id" => (Subject::Assignee, Kind::Id),
        "inbox_id" => (Subject::Inbox, Kind::Id),
        "team_id" => (Subject::Team, Kind::Id),
        "contact_id" => (Subject::Contact, Kind::Id),
        "priority" => (Subject::Priority, Kind::Word),
        "display_id" => (Subject::Number, Kind::Id),
        "labels" => (Subject::Label, Kind::Text),
        "browser_language" | "conversation_language" => (Subject::Locale, Kind::Text),
        "referer" => (Subject::Page, Kind::Text),
        "created_at" => (Subject::CreatedAt, Kind::Moment),
        "last_activity_at" => (Subject::LastActivityAt, Kind::Moment),
        // There are no campaigns and no e-mail here, so no conversation has either.
        "campaign_id" | "mail_subject" => (Subject::Nothing, Kind::Text),
        _ => match defined.iter().find(|definition| definition.key == key) {
            Some(definition) if definition.kind == AttributeKind::Date => {
                (Subject::Attribute(key.to_owned()), Kind::Date)
            }
            Some(_) => (Subject::Attribute(key.to_owned()), Kind::Text),
            None => return Err(unknown(key, KEYS)),
        },
    })
}

/// A key that is neither ours nor defined in the account.
pub(in super::super) fn unknown(key: &str, keys: &str) -> Refusal {
    Refusal::unprocessable(&format!(
        "Invalid attribute key - [{key}]. The key should be one of [{keys}] or a custom attribute \
         defined in the account."
    ))
}

fn me(ctx: &Ctx) -> Operand {
    // Nobody has the id 0.
    Operand::Int(ctx.user().map_or(0, |user| user.0))
}

fn text(word: &str) -> Vec<Operand> {
    vec![Operand::Text(word.to_owned())]
}

fn equal(subject: Subject, values: Vec<Operand>) -> Test<Subject> {
    test(subject, Operator::Equal, values)
}

fn test(subject: Subject, operator: Operator, values: Vec<Operand>) -> Test<Subject> {
    Test { subject, operator, values, joined: Joined::And }
}
