//! Identities: whose address on an inbox this is. Resolving a sender is one statement.

use serde_json::Value;
use tertulia_domain::contact::Identity;
use tertulia_domain::{AccountId, ContactId, IdentityId, InboxId, RoomId, Timestamp};

use crate::dialect::rows;
use crate::{ReadTx, Result, Row, WriteTx, params};

/// A sender that is known: the identity with what the message path needs of its contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub identity_id: IdentityId,
    pub inbox_id: InboxId,
    pub contact_id: ContactId,
    pub contact_name: String,
    pub blocked: bool,
    pub last_seen_at: Option<Timestamp>,
    pub room_id: Option<RoomId>,
}

const KNOWN: &str = "SELECT i.id, i.inbox_id, c.id, c.name, c.blocked_at, c.last_seen_at, r.id \
     FROM identities i \
     JOIN contacts c ON c.id = i.contact_id \
     LEFT JOIN rooms r ON r.account_id = i.account_id AND r.contact_id = c.id";

/// The sender behind an address.
pub fn resolve(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    inbox: InboxId,
    address: &str,
) -> Result<Option<Known>> {
    let sql = format!("{KNOWN} WHERE i.account_id = $1 AND i.inbox_id = $2 AND i.address = $3");
    tx.optional(&sql, params![account, inbox, address], read)
}

/// The sender of an identity.
pub fn known(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    identity: IdentityId,
) -> Result<Option<Known>> {
    let sql = format!("{KNOWN} WHERE i.account_id = $1 AND i.id = $2");
    tx.optional(&sql, params![account, identity], read)
}

/// The sender by which a contact can be reached on an inbox.
pub fn of_contact(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    contact: ContactId,
    inbox: InboxId,
) -> Result<Option<Known>> {
    let sql = format!(
        "{KNOWN} WHERE i.account_id = $1 AND i.contact_id = $2 AND i.inbox_id = $3 \
         ORDER BY i.id DESC LIMIT 1"
    );
    tx.optional(&sql, params![account, contact, inbox], read)
}

/// Every address of a contact, oldest first.
pub fn list(tx: &mut ReadTx<'_>, account: AccountId, contact: ContactId) -> Result<Vec<Identity>> {
    of_contacts(tx, account, &[contact])
}

/// Every address of these contacts, oldest first.
pub fn of_contacts(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    contacts: &[ContactId],
) -> Result<Vec<Identity>> {
    if contacts.is_empty() {
        return Ok(Vec::new());
    }
    let sql = format!(
        "SELECT id, inbox_id, contact_id, address, verified, unreachable_at, created_at \
         FROM identities WHERE account_id = $1 AND contact_id {} ORDER BY id",
        rows::any_of(tx, "$2")
    );
    let ids = Value::from(contacts.iter().map(|id| id.0).collect::<Vec<_>>());
    tx.all(&sql, params![account, ids], |row| {
        Ok(Identity {
            id: row.take()?,
            inbox_id: row.take()?,
            contact_id: row.take()?,
            address: row.take()?,
            verified: row.take()?,
            unreachable_at: row.take()?,
            created_at: row.take()?,
        })
    })
}

/// Notes that nothing reaches an address any more, or that something does again; false when that was
/// known.
pub fn set_reachable(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    identity: IdentityId,
    unreachable_at: Option<Timestamp>,
) -> Result<bool> {
    let sql = "UPDATE identities SET unreachable_at = $3 WHERE account_id = $1 AND id = $2 \
               AND (unreachable_at IS NULL) <> (CAST($3 AS BIGINT) IS NULL)";
    Ok(tx.execute(sql, params![account, identity, unreachable_at])? == 1)
}

/// Gives an identity another address; the caller knows that nobody has it.
pub fn readdress(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    identity: IdentityId,
    address: &str,
) -> Result<()> {
    let sql = "UPDATE identities SET address = $3 WHERE account_id = $1 AND id = $2";
    tx.execute(sql, params![account, identity, address])?;
    Ok(())
}

/// Makes first messages of one address wait for each other, before there is a row to lock.
pub fn take_turns(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    inbox: InboxId,
    address: &str,
) -> Result<()> {
    rows::take_turns(tx, account, &format!("identity:{inbox}:{address}"))
}

/// Gives a contact an address on an inbox. The caller knows that nobody has it.
#[expect(clippy::too_many_arguments, reason = "one row, column by column")]
pub fn insert(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    inbox: InboxId,
    contact: ContactId,
    address: &str,
    verified: bool,
    now: Timestamp,
) -> Result<IdentityId> {
    tx.one(
        "INSERT INTO identities (account_id, inbox_id, contact_id, address, verified, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6) RETURNING id",
        params![account, inbox, contact, address, verified, now],
        |row| row.take(),
    )
}

/// Remembers that the address belonged to somebody who was erased, without remembering the address.
pub fn bury(
    tx: &mut WriteTx<'_>,
    account: AccountId,
    inbox: InboxId,
    address_hash: &str,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        "INSERT INTO tombstones (account_id, inbox_id, address_hash, erased_at) \
         VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        params![account, inbox, address_hash, now],
    )?;
    Ok(())
}

/// Whether the address belonged to somebody who was erased.
pub fn is_erased(
    tx: &mut ReadTx<'_>,
    account: AccountId,
    inbox: InboxId,
    address_hash: &str,
) -> Result<bool> {
    let found = tx.optional(
        "SELECT 1 FROM tombstones WHERE account_id = $1 AND inbox_id = $2 AND address_hash = $3",
        params![account, inbox, address_hash],
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}

fn read(row: &mut Row<'_>) -> Result<Known> {
    Ok(Known {
        identity_id: row.take()?,
        inbox_id: row.take()?,
        contact_id: row.take()?,
        contact_name: row.take()?,
        blocked: row.take::<Option<Timestamp>>()?.is_some(),
        last_seen_at: row.take()?,
        room_id: row.take()?,
    })
}
