//! A contact in the four forms that Chatwoot has of one.
//!
//! `identifier` and `additional_attributes` are attributes of those names here; every other attribute is
//! one of `custom_attributes`.

use serde_json::{Map, Value, json};
use tertulia_domain::contact::{Contact, Identity};

use super::{Cast, inbox, secs, secs_or_zero};

/// The attribute that holds the id of the contact in the business's own books.
pub(crate) const IDENTIFIER: &str = "identifier";
/// The attribute that holds what Chatwoot keeps besides the custom attributes: company, city, links.
pub(crate) const ADDITIONAL: &str = "additional_attributes";

/// In real time, and as the sender of a message in REST.
pub(crate) fn push(contact: &Contact) -> Value {
    let mut shape = known(contact);
    shape.insert("type".to_owned(), "contact".into());
    shape.into()
}

/// In webhooks, and as the sender of a message there.
pub(crate) fn webhook(cast: &Cast, contact: &Contact) -> Value {
    let mut shape = known(contact);
    shape.insert("account".to_owned(), super::account::brief(cast));
    shape.insert("avatar".to_owned(), "".into());
    shape.into()
}

/// As the sender of a conversation in REST.
pub(crate) fn sender(contact: &Contact) -> Value {
    Value::Object(rest(contact))
}

/// In REST, with the contact's addresses.
pub(crate) fn with_inboxes(cast: &Cast, contact: &Contact) -> Value {
    let mut shape = rest(contact);
    let identities = cast.identities.get(&contact.id).map(Vec::as_slice).unwrap_or_default();
    let inboxes: Vec<Value> = identities.iter().filter_map(|i| contact_inbox(cast, i)).collect();
    shape.insert("contact_inboxes".to_owned(), inboxes.into());
    shape.into()
}

/// One address of a contact: `{source_id, inbox}`.
pub(crate) fn contact_inbox(cast: &Cast, identity: &Identity) -> Option<Value> {
    let inbox = cast.inboxes.get(&identity.inbox_id)?;
    Some(json!({"source_id": identity.address, "inbox": inbox::slim(inbox)}))
}

fn rest(contact: &Contact) -> Map<String, Value> {
    let mut shape = known(contact);
    // Contacts have no presence that outlives a socket, so nobody is claimed to be there.
    shape.insert("availability_status".to_owned(), "offline".into());
    shape.insert("last_activity_at".to_owned(), secs_or_zero(contact.last_seen_at).into());
    shape.insert("created_at".to_owned(), secs(contact.created_at).into());
    shape
}

/// What every form has.
fn known(contact: &Contact) -> Map<String, Value> {
    let mut custom = contact.attributes.clone();
    let additional = custom.shift_remove(ADDITIONAL).filter(Value::is_object);
    let identifier = custom.shift_remove(IDENTIFIER).filter(Value::is_string);
    let shape = json!({
        "additional_attributes": additional.unwrap_or_else(|| json!({})),
        "custom_attributes": custom,
        "email": contact.email,
        "id": contact.id,
        "identifier": identifier,
        "name": contact.name,
        "phone_number": contact.phone,
        "thumbnail": "",
        "blocked": contact.blocked_at.is_some(),
    });
    match shape {
        Value::Object(shape) => shape,
        _ => Map::new(),
    }
}
