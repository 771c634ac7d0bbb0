//! A contact is the business's customer; an identity is its address in one inbox.

use serde_json::{Map, Value};

use crate::{ContactId, IdentityId, InboxId, Timestamp};

/// A customer. `verified` says that an identity of theirs was proven, not merely typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Contact {
    pub id: ContactId,
    pub name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub locale: Option<String>,
    pub verified: bool,
    pub blocked_at: Option<Timestamp>,
    pub merged_into: Option<ContactId>,
    pub erased_at: Option<Timestamp>,
    pub attributes: Map<String, Value>,
    pub labels: Vec<String>,
    pub last_seen_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// An address of a contact in one inbox; unique per inbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub id: IdentityId,
    pub inbox_id: InboxId,
    pub contact_id: ContactId,
    pub address: String,
    pub verified: bool,
    pub created_at: Timestamp,
}
