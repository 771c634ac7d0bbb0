//! Which contacts a list or a filter is about, as questions to the store.

use tertulia_domain::Timestamp;
use tertulia_domain::attribute_definition::{AttributeDefinition, AttributeKind};
use tertulia_store::contacts::{By, Order, Subject};
use tertulia_store::matching::{Joined, Operand, Operator, Test};

use crate::compat::chatwoot::filter::{Clause, Kind};
use crate::compat::chatwoot::shapes::contact::{ADDITIONAL, IDENTIFIER};
use crate::compat::chatwoot::{Fields, Refusal, conversations};

/// Contacts of a page.
pub(super) const PAGE: i64 = 15;

pub(super) type Question = Vec<Test<Subject>>;

/// The attribute in which the contact's id in the business's own books is.
pub(super) fn identifier() -> Subject {
    Subject::Attribute(IDENTIFIER.to_owned())
}

/// Chatwoot lists whom one can tell apart: with an e-mail address, a number or an identifier.
pub(super) fn known() -> Question {
    let subjects = [Subject::Email, Subject::Phone, identifier()];
    let present = |subject| or(subject, Operator::Present, Vec::new());
    subjects.into_iter().map(present).collect()
}

/// Contacts whose name or one of whose addresses contains the words.
pub(super) fn words(words: &str) -> Question {
    let subjects = [Subject::Name, Subject::Email, Subject::Phone, identifier()];
    let value = vec![Operand::Text(words.trim().to_owned())];
    subjects.into_iter().map(|subject| or(subject, Operator::Contains, value.clone())).collect()
}

/// Contacts with one of these labels.
pub(super) fn labelled(names: Vec<String>) -> Question {
    let values = names.into_iter().map(Operand::Text).collect();
    vec![or(Subject::Label, Operator::Equal, values)]
}

/// Contacts of which this is exactly so.
pub(super) fn exactly(subject: Subject, value: &str) -> Question {
    vec![or(subject, Operator::Equal, vec![Operand::Text(value.to_owned())])]
}

/// The order of the list; a minus turns it around. Chatwoot ignores what it does not know.
pub(super) fn order(fields: &Fields) -> Result<Order, Refusal> {
    let wanted = fields.filled("sort")?.unwrap_or_else(|| "-last_activity_at".to_owned());
    let by = match wanted.trim_start_matches('-') {
        "name" => By::Name,
        "email" => By::Email,
        "phone_number" => By::Phone,
        "created_at" => By::Created,
        _ => By::LastSeen,
    };
    Ok(Order { by, descending: wanted.starts_with('-') })
}

const KEYS: &str = "name,phone_number,email,identifier,country_code,city,company,created_at,\
    last_activity_at,referer,blocked,labels";

/// The conditions of a filter as one question.
pub(super) fn filter(
    clauses: &[Clause],
    defined: &[AttributeDefinition],
    now: Timestamp,
) -> Result<Question, Refusal> {
    let test = |clause: &Clause| {
        let (subject, kind) = subject(&clause.key, defined)?;
        clause.test(subject, kind, now)
    };
    clauses.iter().map(test).collect()
}

fn subject(key: &str, defined: &[AttributeDefinition]) -> Result<(Subject, Kind), Refusal> {
    let member = |name: &str| Subject::Member(ADDITIONAL.to_owned(), name.to_owned());
    Ok(match key {
        "name" => (Subject::Name, Kind::Text),
        "phone_number" => (Subject::Phone, Kind::Text),
        "email" => (Subject::Email, Kind::Text),
        "identifier" => (identifier(), Kind::Text),
        "country_code" => (member("country_code"), Kind::Text),
        "city" => (member("city"), Kind::Text),
        "company" => (member("company_name"), Kind::Text),
        "blocked" => (Subject::Blocked, Kind::Word),
        "labels" => (Subject::Label, Kind::Text),
        "created_at" => (Subject::CreatedAt, Kind::Moment),
        "last_activity_at" => (Subject::LastSeenAt, Kind::Moment),
        // A page belongs to a conversation here, not to a contact.
        "referer" => (Subject::Nothing, Kind::Text),
        _ => match defined.iter().find(|definition| definition.key == key) {
            Some(definition) if definition.kind == AttributeKind::Date => {
                (Subject::Attribute(key.to_owned()), Kind::Date)
            }
            Some(_) => (Subject::Attribute(key.to_owned()), Kind::Text),
            None => return Err(conversations::unknown(key, KEYS)),
        },
    })
}

fn or(subject: Subject, operator: Operator, values: Vec<Operand>) -> Test<Subject> {
    Test { subject, operator, values, joined: Joined::Or }
}
