//! The account's contacts as a CSV file that a spreadsheet can open and an import can take back.

use std::collections::BTreeSet;

use ::csv::Writer;
use serde_json::{Value, json};
use tertulia_domain::access::Permission;
use tertulia_domain::contact::Contact;
use tertulia_domain::event::EventKind;
use tertulia_domain::{AccountId, ContactId};
use tertulia_store::{ReadTx, Scope, contacts};

use super::csv::{ATTRIBUTE_PREFIX, NAMES, guarded};
use crate::{Ctx, Engine, Error, Fact, Result};

/// Contacts in one file.
const CONTACTS_MAX: usize = 100_000;
/// Contacts that are read at a time.
const PAGE_ROWS: i64 = 500;

/// All contacts, newest first. The journal says who asked for them.
pub async fn export_csv(engine: &Engine, ctx: &Ctx) -> Result<Vec<u8>> {
    ctx.require(Permission::ContactsManage)?;
    let account = ctx.account_id;
    let all = engine.store.read(Scope::Account(account), move |tx| read(tx, account)).await?;
    let fact = Fact::new(EventKind::ContactsExported, json!({"contacts": all.len()}));
    engine.transact(ctx, move |change| change.record(&fact).map(|_| ())).await?;
    write(&all).map_err(|error| Error::Internal(format!("contacts do not fit into CSV: {error}")))
}

fn read(tx: &mut ReadTx<'_>, account: AccountId) -> Result<Vec<Contact>> {
    let (mut all, mut before) = (Vec::new(), ContactId(i64::MAX));
    loop {
        let ids = contacts::page(tx, account, None, before, PAGE_ROWS)?;
        let Some(last) = ids.last() else { return Ok(all) };
        before = *last;
        for id in ids {
            all.extend(contacts::shown(tx, account, id)?.map(|(contact, _)| contact));
        }
        if all.len() > CONTACTS_MAX {
            let detail = format!("The account has more than {CONTACTS_MAX} contacts.");
            return Err(Error::conflict("too_many_contacts", detail));
        }
    }
}

fn write(all: &[Contact]) -> Result<Vec<u8>, ::csv::Error> {
    let keys: BTreeSet<&String> =
        all.iter().flat_map(|contact| contact.attributes.keys()).collect();
    let mut writer = Writer::from_writer(Vec::new());
    let attributes = keys.iter().map(|key| format!("{ATTRIBUTE_PREFIX}{key}"));
    writer.write_record(NAMES.into_iter().map(str::to_owned).chain(attributes))?;
    for contact in all {
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        let known = [
            contact.name.clone(),
            text(&contact.email),
            text(&contact.phone),
            text(&contact.locale),
            contact.labels.join("; "),
        ];
        let attributes =
            keys.iter().map(|key| contact.attributes.get(*key).map_or(String::new(), cell_text));
        writer.write_record(known.into_iter().chain(attributes).map(|cell| guarded(&cell)))?;
    }
    writer.into_inner().map_err(|error| ::csv::Error::from(error.into_error()))
}

/// An attribute in a cell: text as it is, anything else as JSON.
pub(super) fn cell_text(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}
