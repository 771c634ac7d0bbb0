//! The parts of a transaction that let a visitor in: contact, identity, room, token, journal.

use tertulia_domain::contact::Contact;
use tertulia_domain::event::EventKind;
use tertulia_domain::{ContactId, IdentityId, InboxId};
use tertulia_store::contacts::{self, NewContact};
use tertulia_store::identities::{self, Known};
use tertulia_store::rooms;

use super::{Admitted, Profile};
use crate::views::VisitorView;
use crate::{Change, Result};

/// A person that comes in.
pub(super) struct Entry<'a> {
    pub inbox: InboxId,
    pub address: &'a str,
    pub is_verified: bool,
    /// What the contact is called when nobody says otherwise.
    pub name: &'a str,
    pub locale: Option<&'a str>,
    pub profile: &'a Profile,
}

/// The identity of an address, made with a new contact when it is new here.
pub(super) fn enter(
    change: &mut Change<'_, '_>,
    entry: &Entry<'_>,
) -> Result<(IdentityId, Contact)> {
    let account = change.ctx.account_id;
    identities::take_turns(change.tx, account, entry.inbox, entry.address)?;
    match identities::resolve(change.tx, account, entry.inbox, entry.address)? {
        Some(known) => {
            let contact = describe(change, known.contact_id, entry.profile)?;
            Ok((known.identity_id, contact))
        }
        None => introduce(change, entry),
    }
}

/// The identity of an address, if there is one.
pub(super) fn known(
    change: &mut Change<'_, '_>,
    inbox: InboxId,
    address: &str,
) -> Result<Option<Known>> {
    let account = change.ctx.account_id;
    identities::take_turns(change.tx, account, inbox, address)?;
    Ok(identities::resolve(change.tx, account, inbox, address)?)
}

fn introduce(change: &mut Change<'_, '_>, entry: &Entry<'_>) -> Result<(IdentityId, Contact)> {
    let account = change.ctx.account_id;
    let profile = entry.profile.clone();
    let new = NewContact {
        name: profile.name.unwrap_or_else(|| entry.name.to_owned()),
        email: profile.email,
        phone: profile.phone,
        locale: entry.locale.map(str::to_owned),
        verified: entry.is_verified,
        attributes: profile.attributes.unwrap_or_default(),
    };
    let contact = contacts::insert(change.tx, account, &new, change.now)?;
    // Sockets wait in the room, so it is there before the first message.
    rooms::lock_of_contact(change.tx, account, contact.id, change.now)?;
    let (inbox, verified) = (entry.inbox, entry.is_verified);
    let identity = identities::insert(
        change.tx,
        account,
        inbox,
        contact.id,
        entry.address,
        verified,
        change.now,
    )?;
    change.tell_contact(EventKind::ContactCreated, contact.id)?;
    Ok((identity, contact))
}

/// Adds what is told about a contact to what is known; silent when nothing is different.
pub(super) fn describe(
    change: &mut Change<'_, '_>,
    id: ContactId,
    profile: &Profile,
) -> Result<Contact> {
    let account = change.ctx.account_id;
    let mut contact = change.contact(id)?;
    if profile.apply(&mut contact)? {
        contact.updated_at = change.now;
        contacts::save(change.tx, account, &contact)?;
        change.tell_contact(EventKind::ContactUpdated, id)?;
    }
    Ok(contact)
}

/// The answer to somebody who was let in.
pub(super) fn admitted(token: String, contact: &Contact, is_verified: bool) -> Admitted {
    let visitor = VisitorView {
        id: contact.id,
        name: contact.name.clone(),
        email: contact.email.clone(),
        verified: is_verified,
    };
    Admitted { token, visitor }
}
