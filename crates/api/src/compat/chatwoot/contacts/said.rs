//! What a client says about a contact, in our words; and whether somebody else is known by the same.

use serde_json::{Map, Value};
use tertulia_domain::{AccountId, ContactId};
use tertulia_store::contacts::{self, By, Order, Subject};
use tertulia_store::{Error as StoreError, Scope};

use super::asked;
use crate::app::App;
use crate::compat::chatwoot::shapes::contact::{ADDITIONAL, IDENTIFIER};
use crate::compat::chatwoot::{Fields, Refusal};

/// What may be said; an empty text clears, what was not said stays.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    pub(super) name: Option<String>,
    pub(super) email: Option<String>,
    pub(super) phone: Option<String>,
    pub(super) identifier: Option<String>,
    pub(super) blocked: Option<bool>,
    pub(super) custom: Map<String, Value>,
    pub(super) additional: Option<Map<String, Value>>,
}

impl Said {
    pub(super) fn read(fields: &Fields) -> Result<Self, Refusal> {
        let text = |name: &str| {
            let text = fields.text(name)?.map(|text| text.trim().to_owned());
            Ok::<_, Refusal>(text.or_else(|| fields.has(name).then(String::new)))
        };
        Ok(Self {
            name: fields.filled("name")?,
            email: text("email")?,
            phone: text("phone_number")?,
            identifier: text("identifier")?,
            blocked: fields.flag("blocked")?,
            custom: fields.object("custom_attributes")?.unwrap_or_default(),
            additional: fields.object("additional_attributes")?,
        })
    }

    /// The attributes to merge into those of the contact, whose present ones are `before`.
    pub(super) fn attributes(&self, before: &Map<String, Value>) -> Map<String, Value> {
        let mut attributes = self.custom.clone();
        // These two names are Chatwoot's own, and not for custom attributes.
        attributes.shift_remove(IDENTIFIER);
        attributes.shift_remove(ADDITIONAL);
        if let Some(identifier) = &self.identifier {
            let value =
                if identifier.is_empty() { Value::Null } else { identifier.as_str().into() };
            attributes.insert(IDENTIFIER.to_owned(), value);
        }
        if let Some(additional) = &self.additional {
            let mut merged = match before.get(ADDITIONAL) {
                Some(Value::Object(before)) => before.clone(),
                _ => Map::new(),
            };
            merged.extend(additional.clone());
            attributes.insert(ADDITIONAL.to_owned(), merged.into());
        }
        attributes
    }

    /// Refuses what tells somebody else apart already, as clients expect who look for that one then.
    pub(super) async fn require_unique(
        &self,
        app: &App,
        account: AccountId,
        me: Option<ContactId>,
    ) -> Result<(), Refusal> {
        let marks = [
            ("email", "Email", Subject::Email, &self.email),
            ("phone_number", "Phone number", Subject::Phone, &self.phone),
            ("identifier", "Identifier", asked::identifier(), &self.identifier),
        ];
        for (name, title, subject, value) in marks {
            let Some(value) = value.clone().filter(|value| !value.is_empty()) else { continue };
            // Addresses are stored in lower case.
            let value = if name == "email" { value.to_lowercase() } else { value };
            let question = vec![asked::exactly(subject, &value)];
            let order = Order { by: By::Created, descending: false };
            let read =
                app.engine.store.read::<_, StoreError, _>(Scope::Account(account), move |tx| {
                    contacts::ask(tx, account, &question, order, (0, 2))
                });
            if read.await?.iter().any(|found| Some(found.id) != me) {
                let message = format!("{title} has already been taken");
                return Err(Refusal::invalid(&message, &[name]));
            }
        }
        Ok(())
    }
}
