//! Contacts: the business's customers.

mod question;

use serde_json::{Map, Value};
use tertulia_domain::contact::{Contact, Identity};
use tertulia_domain::{AccountId, ContactId, Timestamp};

pub use question::{By, Order, Subject, ask, tally};

use crate::dialect::rows;
use crate::{ReadTx, Result, Row, WriteTx, identities, params};

/// Columns of a contact, in the order of [`read`].
pub(crate) const COLUMNS: &str = "id, name, email, phone, locale, avatar_token, verified, blocked_at, \
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

/// A contact with its labels and identities, as it is shown.
pub fn shown(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    id: ContactId,
) -> Result<Option<(Contact, Vec<Identity>)>> {
    let Some(mut contact) = find(tx, account, id)? else { return Ok(None) };
    contact.labels = tx.all(
        "SELECT l.name FROM contact_labels cl JOIN labels l ON l.id = cl.label_id \
         WHERE cl.account_id = $1 AND cl.contact_id = $2 ORDER BY l.name",
        params![account, id],
        |row| row.take(),
    )?;
    Ok(Some((contact, identities::list(tx, account, id)?)))
}

/// These contacts, without their labels, in no order.
pub fn of_ids(tx: &mut ReadTx<'_>, account: AccountId, ids: &[ContactId]) -> Result<Vec<Contact>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT {COLUMNS} FROM contacts WHERE account_id = $1 AND id {}",
        rows::any_of(tx, "$2")
    );
    let ids = Value::from(ids.iter().map(|id| id.0).collect::<Vec<_>>());
    tx.all(&sql, params![account, ids], read)
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

/// Somebody has proven who this contact is.
pub fn verify(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    contact: ContactId,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        "UPDATE contacts SET verified = TRUE, updated_at = $3 WHERE account_id = $1 AND id = $2",
        params![account, contact, now],
    )?;
    Ok(())
}

/// Ids of contacts below `before` that carry `label`, or any, newest first, at most `limit`.
pub fn page(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    label: Option<&str>,
    before: ContactId,
    limit: i64,
) -> Result<Vec<ContactId>> {
    tx.all(
        "SELECT c.id FROM contacts c WHERE c.account_id = $1 AND c.id < $2 \
         AND c.erased_at IS NULL AND c.merged_into IS NULL \
         AND (CAST($3 AS TEXT) IS NULL OR EXISTS (SELECT 1 FROM contact_labels cl \
         JOIN labels l ON l.id = cl.label_id WHERE cl.contact_id = c.id AND l.name = $3)) \
         ORDER BY c.id DESC LIMIT $4",
        params![account, before, label.map(str::to_owned), limit],
        |row| row.take(),
    )
}

/// The contact, locked until the commit.
pub fn lock(tx: &mut WriteTx<'_>, account: AccountId, id: ContactId) -> Result<Option<Contact>> {
    let sql = format!(
        "SELECT {COLUMNS} FROM contacts c WHERE account_id = $1 AND id = $2{}",
        rows::for_update_of(tx, "c")
    );
    tx.optional(&sql, params![account, id], read)
}

/// Contacts that have this e-mail address or telephone number, oldest first.
pub fn by_address(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    email: Option<&str>,
    phone: Option<&str>,
) -> Result<Vec<Contact>> {
    let (column, value) = match (email, phone) {
        (Some(email), _) => ("email", email),
        (None, Some(phone)) => ("phone", phone),
        (None, None) => return Ok(Vec::new()),
    };
    let sql = format!(
        "SELECT {COLUMNS} FROM contacts WHERE account_id = $1 AND {column} = $2 \
         AND erased_at IS NULL AND merged_into IS NULL ORDER BY id LIMIT 2"
    );
    tx.all(&sql, params![account, value], read)
}

/// Overwrites everything of a contact but its labels.
pub fn save(tx: &mut WriteTx<'_>, account: AccountId, contact: &Contact) -> Result<()> {
    tx.execute(
        "UPDATE contacts SET name = $3, email = $4, phone = $5, locale = $6, verified = $7, \
         attributes = $8, blocked_at = $9, merged_into = $10, erased_at = $11, \
         last_seen_at = $12, updated_at = $13, avatar_token = $14 WHERE account_id = $1 AND id = $2",
        params![
            account,
            contact.id,
            contact.name,
            contact.email,
            contact.phone,
            contact.locale,
            contact.verified,
            contact.attributes,
            contact.blocked_at,
            contact.merged_into,
            contact.erased_at,
            contact.last_seen_at,
            contact.updated_at,
            contact.avatar_token,
        ],
    )?;
    Ok(())
}

/// Makes `names` the labels of the contact. Answers the first name that the account does not have;
/// then the labels may be half set, and the caller undoes the transaction.
pub fn set_labels(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    contact: ContactId,
    names: &[String],
) -> Result<Option<usize>> {
    tx.execute(
        "DELETE FROM contact_labels WHERE account_id = $1 AND contact_id = $2",
        params![account, contact],
    )?;
    for (index, name) in names.iter().enumerate() {
        let inserted = tx.execute(
            "INSERT INTO contact_labels (account_id, contact_id, label_id) \
             SELECT $1, $2, l.id FROM labels l WHERE l.account_id = $1 AND l.name = $3",
            params![account, contact, name],
        )?;
        if inserted == 0 {
            return Ok(Some(index));
        }
    }
    Ok(None)
}

pub(crate) fn read(row: &mut Row<'_>) -> Result<Contact> {
    Ok(Contact {
        id: row.take()?,
        name: row.take()?,
        email: row.take()?,
        phone: row.take()?,
        locale: row.take()?,
        avatar_token: row.take()?,
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
