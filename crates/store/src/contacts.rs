//! Contacts: the business's customers.

use serde_json::{Map, Value};
use tertulia_domain::contact::Contact;
use tertulia_domain::{AccountId, ContactId, Timestamp};

use crate::{ReadTx, Result, Row, WriteTx, params};

/// Columns of a contact, in the order of [`read`].
pub(crate) const COLUMNS: &str = "id, name, email, phone, locale, verified, blocked_at, \
     merged_into, erased_at, attributes, last_seen_at, created_at, updated_at";

/// What a new contact is known by.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NewContact {
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub locale: Option<String>,
    pub verified: bool,
    pub attributes: Map<String, Value>,
}

/// Adds a contact.
pub fn insert(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    new: &NewContact,
    now: Timestamp,
) -> Result<Contact> {
    let sql = format!(
        "INSERT INTO contacts (account_id, name, email, phone, locale, verified, attributes, \
         created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8) RETURNING {COLUMNS}"
    );
    tx.one(
        &sql,
        params![
            account,
            new.name,
            new.email,
            new.phone,
            new.locale,
            new.verified,
            new.attributes,
            now
        ],
        read,
    )
}

/// The contact, without its labels.
pub fn find(tx: &mut ReadTx<'_>, account: AccountId, id: ContactId) -> Result<Option<Contact>> {
    let sql = format!("SELECT {COLUMNS} FROM contacts WHERE account_id = $1 AND id = $2");
    tx.optional(&sql, params![account, id], read)
}

/// The contact was active now.
pub fn seen(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    contact: ContactId,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        "UPDATE contacts SET last_seen_at = $3 WHERE account_id = $1 AND id = $2",
        params![account, contact, now],
    )?;
    Ok(())
}

pub(crate) fn read(row: &mut Row<'_>) -> Result<Contact> {
    Ok(Contact {
        id: row.take()?,
        name: row.take()?,
        email: row.take()?,
        phone: row.take()?,
        locale: row.take()?,
        verified: row.take()?,
        blocked_at: row.take()?,
        merged_into: row.take()?,
        erased_at: row.take()?,
        attributes: row.take()?,
        labels: Vec::new(),
        last_seen_at: row.take()?,
        created_at: row.take()?,
        updated_at: row.take()?,
    })
}
