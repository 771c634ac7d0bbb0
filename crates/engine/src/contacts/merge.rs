//! Two contacts turn out to be one person.
//!
//! Identities and conversations move to the target. Each conversation stays in the room where its
//! messages have their order; the target's room goes on, and the other one ends with its last word.

use serde_json::json;
use tertulia_domain::ContactId;
use tertulia_domain::access::Permission;
use tertulia_domain::contact::Contact;
use tertulia_domain::event::EventKind;
use tertulia_store::{contacts, conversations, erasure, rooms};

use super::labels;
use crate::conversations::close;
use crate::views::ContactView;
use crate::{Change, Ctx, Engine, Error, Fact, Result};

/// Merges `from` into `into`; where both say something, the target wins.
pub async fn merge(
    engine: &Engine,
    ctx: &Ctx,
    from: ContactId,
    into: ContactId,
) -> Result<ContactView> {
    ctx.require(Permission::ContactsManage)?;
    if from == into {
        return Err(Error::invalid("/into", "is the contact itself"));
    }
    engine.commit_in_contact(ctx, into, move |change| join_into(change, from, into)).await
}

/// Merges two contacts; the target's room is locked.
pub(crate) fn join_into(
    change: &mut Change<'_, '_>,
    from: ContactId,
    into: ContactId,
) -> Result<ContactView> {
    let account = change.ctx.account_id;
    let source = change.contact(from)?;
    let target = change.contact(into).map_err(|error| match error {
        Error::NotFound(_) => Error::invalid("/into", "is not a contact"),
        other => other,
    })?;
    end_open_conversations(change, from)?;
    erasure::hand_over(change.tx, account, from, into)?;
    let mut names = labels_of(change, into)?;
    names.extend(labels_of(change, from)?);
    names.sort();
    names.dedup();
    labels::replace(change, into, &names)?;
    labels::replace(change, from, &[])?;
    let mut joined = join(target, &source);
    joined.updated_at = change.now;
    contacts::save(change.tx, account, &joined)?;
    let merged = Contact { merged_into: Some(into), updated_at: change.now, ..source };
    contacts::save(change.tx, account, &merged)?;
    let data = json!({"contact_id": from, "into": into});
    change.record(&Fact::new(EventKind::ContactMerged, data).about(from.0))?;
    change.tell_contact(EventKind::ContactUpdated, into)
}

/// What is said next belongs into the target's room, so nothing stays open in this one.
fn end_open_conversations(change: &mut Change<'_, '_>, contact: ContactId) -> Result<()> {
    let account = change.ctx.account_id;
    for mut conversation in conversations::open_of_contact(change.tx, account, contact)? {
        rooms::lock(change.tx, account, conversation.room_id)?;
        close(change, &mut conversation)?;
        change.changed(&mut conversation)?;
    }
    Ok(())
}

fn labels_of(change: &mut Change<'_, '_>, contact: ContactId) -> Result<Vec<String>> {
    let shown = contacts::shown(change.tx, change.ctx.account_id, contact)?;
    Ok(shown.map(|(contact, _)| contact.labels).unwrap_or_default())
}

fn join(mut target: Contact, source: &Contact) -> Contact {
    target.email = target.email.or_else(|| source.email.clone());
    target.phone = target.phone.or_else(|| source.phone.clone());
    target.locale = target.locale.or_else(|| source.locale.clone());
    target.verified |= source.verified;
    target.last_seen_at = target.last_seen_at.max(source.last_seen_at);
    for (key, value) in &source.attributes {
        target.attributes.entry(key.clone()).or_insert_with(|| value.clone());
    }
    target
}
