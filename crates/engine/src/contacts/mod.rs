//! Contacts: the business's customers, as people and programs of the account change them.
//!
//! What a visitor or a channel says about a contact comes in by `visitors` and `inbound`.

mod block;
pub(crate) mod check;
mod create;
mod csv;
mod erase;
mod export;
mod export_csv;
mod import;
mod labels;
mod merge;
mod reach;
mod update;

pub use block::{block, unblock};
pub use create::{Create, create};
pub use csv::{Form as ImportForm, Rejection as ImportRejection};
pub use erase::{ERASE_KIND, ERASE_POLICY, erase, finish as finish_erasure};
pub use export::{ContactExport, export};
pub use export_csv::export_csv;
pub use import::{Import, ImportReport, import};
pub use labels::set_labels;
pub(crate) use merge::join_into;
pub use merge::merge;
pub use reach::{Reach, reach};
pub(crate) use reach::{fresh_address, give_address, visible_door};
pub use update::{Update, update};

use serde_json::json;
use tertulia_domain::ContactId;
use tertulia_domain::contact::Contact;
use tertulia_domain::event::EventKind;
use tertulia_store::contacts;

use crate::views::ContactView;
use crate::{Change, Error, Fact, Result};

impl Change<'_, '_> {
    /// The contact, locked until the commit, unless it was erased or merged into another.
    pub(crate) fn contact(&mut self, id: ContactId) -> Result<Contact> {
        let found = contacts::lock(self.tx, self.ctx.account_id, id)?;
        let present = found.filter(Contact::is_present);
        present.ok_or(Error::NotFound("contact"))
    }

    /// Records the contact as it is now, and shows it.
    pub(crate) fn tell_contact(&mut self, kind: EventKind, id: ContactId) -> Result<ContactView> {
        let found = contacts::shown(self.tx, self.ctx.account_id, id)?;
        let (contact, identities) = found.ok_or(Error::NotFound("contact"))?;
        let view = ContactView::new(&contact, &identities);
        self.record(&Fact::new(kind, json!({"contact": view})).about(id.0))?;
        Ok(view)
    }
}
