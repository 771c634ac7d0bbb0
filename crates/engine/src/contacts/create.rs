//! A contact that an agent or a program enters.

use serde_json::{Map, Value};
use tertulia_domain::access::Permission;
use tertulia_domain::event::EventKind;
use tertulia_store::contacts::{self, NewContact};

use super::{check, labels};
use crate::views::ContactView;
use crate::{Ctx, Engine, Result};

/// A contact to make.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Create {
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub locale: Option<String>,
    pub attributes: Map<String, Value>,
    pub labels: Vec<String>,
}

/// Makes a contact without an address on any inbox: nobody has proven anything.
pub async fn create(engine: &Engine, ctx: &Ctx, command: Create) -> Result<ContactView> {
    ctx.require(Permission::ContactsWrite)?;
    check::attributes("/attributes", &command.attributes)?;
    let new = NewContact {
        name: check::name("/name", &command.name)?,
        email: check::email("/email", command.email.as_deref().unwrap_or_default())?,
        phone: check::phone("/phone", command.phone.as_deref().unwrap_or_default())?,
        locale: check::locale("/locale", command.locale.as_deref().unwrap_or_default())?,
        verified: false,
        attributes: command.attributes,
    };
    let names = check::labels("/labels", &command.labels)?;
    engine
        .commit(ctx, move |change| {
            let contact = contacts::insert(change.tx, change.ctx.account_id, &new, change.now)?;
            labels::replace(change, contact.id, &names)?;
            change.tell_contact(EventKind::ContactCreated, contact.id)
        })
        .await
}
