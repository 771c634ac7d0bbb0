//! Who writes: a known identity, or a new contact with one.

use serde_json::{Value, json};
use tertulia_channels::InboundContact;
use tertulia_domain::RoomId;
use tertulia_domain::contact::{Identity, tidy_name};
use tertulia_domain::event::EventKind;
use tertulia_store::contacts::{self, NewContact};
use tertulia_store::identities::{self, Known};
use tertulia_store::inboxes::Door;
use tertulia_store::rooms;

use crate::attachments::order_picture;
use crate::secret;
use crate::views::ContactView;
use crate::{Change, Fact, Result};

/// What a contact is called of whom nothing may be known.
const ANONYMOUS: &str = "Anonymous";

/// The page where a conversation began, as `{url, title, referrer}`.
pub(crate) type Origin = Option<Value>;

/// The sender of an address, made known if it is new.
pub(super) fn resolve(
    change: &mut Change<'_, '_>,
    door: &Door,
    contact: &InboundContact,
) -> Result<Known> {
    let (account, inbox) = (door.account_id, door.inbox.id);
    if let Some(known) = identities::resolve(change.tx, account, inbox, &contact.address)? {
        return Ok(known);
    }
    // Two first messages of one person wait here for each other; the second one finds the first.
    identities::take_turns(change.tx, account, inbox, &contact.address)?;
    if let Some(known) = identities::resolve(change.tx, account, inbox, &contact.address)? {
        return Ok(known);
    }
    introduce(change, door, contact)
}

/// Locks the room of a sender, made if it has none yet, before anything else is written.
pub(crate) fn enter(change: &mut Change<'_, '_>, known: &Known) -> Result<RoomId> {
    let account = change.ctx.account_id;
    let Some(room) = known.room_id else {
        return Ok(rooms::lock_of_contact(change.tx, account, known.contact_id, change.now)?);
    };
    rooms::lock(change.tx, account, room)?;
    Ok(room)
}

/// A new contact with its first identity. Of an erased person nothing is taken over.
fn introduce(change: &mut Change<'_, '_>, door: &Door, contact: &InboundContact) -> Result<Known> {
    let (account, inbox, address) = (door.account_id, door.inbox.id, contact.address.as_str());
    let erased = identities::is_erased(change.tx, account, inbox, &secret::hash(address))?;
    let new = if erased {
        NewContact { name: ANONYMOUS.to_owned(), ..NewContact::default() }
    } else {
        NewContact {
            name: tidy_name(contact.name.as_deref().unwrap_or_default())
                .or_else(|| tidy_name(address))
                .unwrap_or_else(|| ANONYMOUS.to_owned()),
            email: contact.email.clone(),
            phone: contact.phone.clone(),
            locale: contact.locale.clone(),
            verified: false,
            attributes: contact.attributes.clone(),
        }
    };
    let picture = contact.picture.as_deref().filter(|_| !erased);
    let contact = contacts::insert(change.tx, account, &new, change.now)?;
    if let Some(reference) = picture {
        order_picture(change, inbox, contact.id, reference)?;
    }
    let identity_id =
        identities::insert(change.tx, account, inbox, contact.id, address, false, change.now)?;
    let identity = Identity {
        id: identity_id,
        inbox_id: inbox,
        contact_id: contact.id,
        address: address.to_owned(),
        verified: false,
        unreachable_at: None,
        created_at: change.now,
    };
    let view = ContactView::new(&contact, &[identity]);
    let fact = Fact::new(EventKind::ContactCreated, json!({ "contact": view }));
    change.record(&fact.about(contact.id.0))?;
    Ok(Known {
        identity_id,
        inbox_id: inbox,
        contact_id: contact.id,
        contact_name: contact.name,
        blocked: false,
        last_seen_at: None,
        room_id: None,
    })
}
