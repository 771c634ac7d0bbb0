//! What is known about a contact, corrected.

use serde_json::{Map, Value};
use tertulia_domain::ContactId;
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::contacts;

use super::check;
use crate::views::ContactView;
use crate::{Ctx, Engine, Result};

/// What to change; `None` stays, an empty text clears.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Update {
    pub name: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub locale: Option<String>,
    /// Merged into what is there; `null` removes an attribute.
    pub attributes: Option<Map<String, Value>>,
}

/// Corrects a contact. What was typed proves nothing: it opens nobody's history.
pub async fn update(
    engine: &Engine,
    ctx: &Ctx,
    contact: ContactId,
    command: Update,
) -> Result<ContactView> {
    ctx.require(Permission::ContactsWrite)?;
    let name = command.name.as_deref().map(|text| check::name("/name", text)).transpose()?;
    let email = command.email.as_deref().map(|text| check::email("/email", text)).transpose()?;
    let phone = command.phone.as_deref().map(|text| check::phone("/phone", text)).transpose()?;
    let locale =
        command.locale.as_deref().map(|text| check::locale("/locale", text)).transpose()?;
    engine
        .commit(ctx, move |change| {
            let mut found = change.contact(contact)?;
            found.name = name.clone().unwrap_or(found.name);
            found.email = email.clone().unwrap_or(found.email);
            found.phone = phone.clone().unwrap_or(found.phone);
            found.locale = locale.clone().unwrap_or(found.locale);
            for (key, value) in command.attributes.iter().flatten() {
                if value.is_null() {
                    found.attributes.shift_remove(key);
                } else {
                    found.attributes.insert(key.clone(), value.clone());
                }
            }
            check::attributes("/attributes", &found.attributes)?;
            found.updated_at = change.now;
            contacts::save(change.tx, change.ctx.account_id, &found)?;
            change.tell_contact(EventKind::ContactUpdated, contact)
        })
        .await
}
