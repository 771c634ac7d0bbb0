//! A contact becomes reachable on an inbox: it gets an address there.

use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_domain::inbox::Channel;
use tertulia_domain::user::Role;
use tertulia_domain::{ContactId, InboxId};
use tertulia_store::apps;
use tertulia_store::identities::{self, Known};
use tertulia_store::inboxes::{self, Door};

use crate::views::ContactView;
use crate::visitors::customers::uuid;
use crate::{Change, Ctx, Engine, Error, Result, check, secret};

/// Longest address, in Unicode scalar values.
const ADDRESS_CHARS_MAX: usize = 255;

/// An address to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    pub contact: ContactId,
    pub inbox: InboxId,
    /// `None`: the one that it has, or a random one where an address may be anything.
    pub address: Option<String>,
}

/// Gives the contact an address on an inbox; one that it has already stays.
pub async fn reach(engine: &Engine, ctx: &Ctx, command: Reach) -> Result<ContactView> {
    ctx.require(Permission::ContactsWrite)?;
    let fresh = fresh_address(engine);
    engine
        .commit(ctx, move |change| {
            let contact = change.contact(command.contact)?;
            let door = visible_door(change, command.inbox)?;
            let address = command.address.as_deref();
            give_address(change, &door, contact.id, address, &fresh)?;
            let found =
                tertulia_store::contacts::shown(change.tx, change.ctx.account_id, contact.id)?;
            let (contact, identities) = found.ok_or(Error::NotFound("contact"))?;
            Ok(ContactView::new(&contact, &identities))
        })
        .await
}

/// An address that nobody has, and by which the customer can come itself. Made outside of the transaction, which may run again.
pub(crate) fn fresh_address(engine: &Engine) -> String {
    uuid(engine.entropy.as_ref())
}

/// An inbox that is on and that the principal may see.
pub(crate) fn visible_door(change: &mut Change<'_, '_>, inbox: InboxId) -> Result<Door> {
    let account = change.ctx.account_id;
    let door = inboxes::door(change.tx, account, inbox)?.filter(|door| door.inbox.enabled);
    let missing = || Error::invalid("/inbox_id", "is not an inbox that is on");
    let sees = match (change.ctx.user(), change.ctx.app()) {
        _ if change.ctx.may(Permission::InboxesAll) => true,
        (Some(user), _) => inboxes::is_visible(change.tx, account, inbox, user, Role::Agent)?,
        (None, Some(app)) => {
            let found = apps::get(change.tx, account, app)?;
            found.is_some_and(|app| app.places.iter().any(|place| place.inbox_id == inbox))
        }
        (None, None) => false,
    };
    door.filter(|_| sees).ok_or_else(missing)
}

/// The contact as a sender on the inbox, with an address made if need be.
pub(crate) fn give_address(
    change: &mut Change<'_, '_>,
    door: &Door,
    contact: ContactId,
    address: Option<&str>,
    fresh: &str,
) -> Result<Known> {
    let (account, inbox) = (door.account_id, door.inbox.id);
    let address = match address {
        Some(address) => check::line("/source_id", address, ADDRESS_CHARS_MAX)?,
        None => {
            if let Some(known) = identities::of_contact(change.tx, account, contact, inbox)? {
                return Ok(known);
            }
            if !takes_any_address(door.inbox.channel) {
                return Err(Error::invalid("/source_id", "is needed on this inbox"));
            }
            fresh.to_owned()
        }
    };
    identities::take_turns(change.tx, account, inbox, &address)?;
    if let Some(known) = identities::resolve(change.tx, account, inbox, &address)? {
        if known.contact_id == contact {
            return Ok(known);
        }
        return Err(Error::invalid("/source_id", "has already been taken"));
    }
    if identities::is_erased(change.tx, account, inbox, &secret::hash(&address))? {
        return Err(Error::invalid("/source_id", "belonged to somebody who was erased"));
    }
    change.ctx.require(Permission::ContactsWrite)?;
    identities::insert(change.tx, account, inbox, contact, &address, false, change.now)?;
    change.tell_contact(EventKind::ContactUpdated, contact)?;
    let known = identities::resolve(change.tx, account, inbox, &address)?;
    known.ok_or_else(|| Error::Internal("an address is gone at once".to_owned()))
}

/// Whether the address on such an inbox is ours to choose.
fn takes_any_address(channel: Channel) -> bool {
    match channel {
        Channel::Widget | Channel::Api => true,
        // The number of a chat is Telegram's.
        Channel::Telegram => false,
    }
}
