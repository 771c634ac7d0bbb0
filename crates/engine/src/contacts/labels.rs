//! Labels of a contact, from the account's vocabulary.

use tertulia_domain::ContactId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::contacts;

use super::check;
use crate::views::ContactView;
use crate::{Change, Ctx, Engine, Error, Result};

/// Replaces the labels of a contact.
pub async fn set_labels(
    engine: &Engine,
    ctx: &Ctx,
    contact: ContactId,
    names: Vec<String>,
) -> Result<ContactView> {
    ctx.require(Permission::ContactsWrite)?;
    let names = check::labels("/labels", &names)?;
    engine
        .commit(ctx, move |change| {
            let mut found = change.contact(contact)?;
            replace(change, contact, &names)?;
            found.updated_at = change.now;
            contacts::save(change.tx, change.ctx.account_id, &found)?;
            change.tell_contact(EventKind::ContactUpdated, contact)
        })
        .await
}

pub(super) fn replace(
    change: &mut Change<'_, '_>,
    contact: ContactId,
    names: &[String],
) -> Result<()> {
    let missing = contacts::set_labels(change.tx, change.ctx.account_id, contact, names)?;
    match missing.and_then(|index| names.get(index)) {
        Some(name) => {
            let detail = format!("{name:?} is not a label of the account");
            Err(Error::invalid("/labels", detail))
        }
        None => Ok(()),
    }
}
