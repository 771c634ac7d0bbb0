//! What a row would do: make a contact, change one, or nothing.

use tertulia_domain::AccountId;
use tertulia_domain::contact::Contact;
use tertulia_store::{ReadTx, contacts, labels};

use super::entry::{Entry, rejection};
use super::seen::Seen;
use crate::Result;
use crate::contacts::check;
use crate::contacts::csv::Rejection;
use crate::contacts::export_csv::cell_text;

/// What a row comes to.
#[derive(Debug)]
pub(super) enum Step {
    Create,
    /// The contact as it will be, with its labels.
    Update(Box<Contact>),
    Nothing,
}

/// Looks whom a row is about. A refusal is about the row; an error is the database's.
pub(super) fn step(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    entry: &Entry,
    seen: &mut Seen,
) -> Result<Result<Step, Rejection>> {
    for name in entry.labels.iter().flatten() {
        if labels::by_name(tx, account, name)?.is_none() {
            let detail = format!("{name:.100?} is not a label of the account");
            return Ok(Err(Rejection::new(entry.row, Some("labels"), "unknown_label", detail)));
        }
    }
    let mut found = known(tx, account, entry, seen)?;
    let Some(contact) = found.pop() else { return Ok(Ok(Step::Create)) };
    if !found.is_empty() {
        let column = if entry.email.is_some() { "email" } else { "phone" };
        let detail = "several contacts have this address; merge them first";
        return Ok(Err(Rejection::new(entry.row, Some(column), "ambiguous", detail)));
    }
    if let Err(rejection) = seen.claim(contact.id, entry) {
        return Ok(Err(rejection));
    }
    let Some((before, _)) = contacts::shown(tx, account, contact.id)? else {
        return Ok(Ok(Step::Create));
    };
    let after = changed(&before, entry);
    if let Err(error) = check::attributes("/attributes", &after.attributes) {
        return Ok(Err(rejection(entry.row, &error)));
    }
    Ok(Ok(if after == before { Step::Nothing } else { Step::Update(Box::new(after)) }))
}

/// Contacts with the e-mail address, else with the telephone number. Who has another e-mail address
/// is another person, though they share a telephone.
fn known(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    entry: &Entry,
    seen: &Seen,
) -> Result<Vec<Contact>> {
    let (email, phone) = (entry.email.as_deref(), entry.phone.as_deref());
    let mut found = contacts::by_address(tx, account, email, phone)?;
    if email.is_some() && found.is_empty() {
        found = contacts::by_address(tx, account, None, phone)?;
        found.retain(|contact| contact.email.is_none() && !seen.has(contact.id));
    }
    Ok(found)
}

fn changed(before: &Contact, entry: &Entry) -> Contact {
    let mut after = before.clone();
    after.name.clone_from(&entry.name);
    after.email = entry.email.clone().or(after.email);
    after.phone = entry.phone.clone().or(after.phone);
    after.locale = entry.locale.clone().or(after.locale);
    for (key, value) in &entry.attributes {
        // A number that was exported comes back as text: that is no change.
        let is_same =
            before.attributes.get(key).is_some_and(|it| cell_text(it) == cell_text(value));
        if !is_same {
            after.attributes.insert(key.clone(), value.clone());
        }
    }
    if let Some(names) = &entry.labels {
        after.labels.sort();
        if after.labels == *names {
            after.labels.clone_from(&before.labels);
        } else {
            after.labels.clone_from(names);
        }
    }
    after
}
