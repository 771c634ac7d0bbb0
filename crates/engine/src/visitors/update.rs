//! A visitor, or the page it is on, says something about it.

use super::enter::describe;
use super::{Profile, Visitor};
use crate::views::VisitorView;
use crate::{Engine, Error, Result};

/// Adds to what is known of a visitor. Whatever is typed, the visitor stays who it is.
pub async fn update(engine: &Engine, visitor: &Visitor, profile: Profile) -> Result<VisitorView> {
    if visitor.is_blocked {
        let detail = "the contact is blocked".to_owned();
        return Err(Error::Conflict { code: "contact_blocked", detail });
    }
    let profile = profile.tidy("")?;
    let (contact, verified) = (visitor.contact_id, visitor.view.verified);
    engine
        .commit(&visitor.ctx, move |change| {
            let contact = describe(change, contact, &profile)?;
            Ok(VisitorView { id: contact.id, name: contact.name, email: contact.email, verified })
        })
        .await
}
