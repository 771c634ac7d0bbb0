//! How a contact is shown.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tertulia_domain::contact::{Contact, Identity};
use tertulia_domain::{ContactId, IdentityId, InboxId, Timestamp};
use utoipa::ToSchema;

/// A contact inside another thing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct ContactBrief {
    pub id: ContactId,
    pub name: String,
    pub avatar_url: Option<String>,
    pub email: Option<String>,
    pub phone: Option<String>,
    /// An identity was proven, not merely typed.
    pub verified: bool,
    pub blocked: bool,
}

/// A contact with everything known of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = Contact)]
pub struct ContactView {
    #[serde(flatten)]
    pub brief: ContactBrief,
    pub locale: Option<String>,
    pub attributes: Map<String, Value>,
    pub labels: Vec<String>,
    pub identities: Vec<IdentityView>,
    pub last_seen_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

/// An address of a contact in one inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[schema(as = Identity)]
pub struct IdentityView {
    pub id: IdentityId,
    pub inbox_id: InboxId,
    pub address: String,
    pub verified: bool,
    /// Since when nothing reaches the customer there: they have turned the channel off, for example.
    pub unreachable_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

impl From<&Contact> for ContactBrief {
    fn from(contact: &Contact) -> Self {
        Self {
            id: contact.id,
            name: contact.name.clone(),
            avatar_url: avatar_url(contact.avatar_token.as_deref()),
            email: contact.email.clone(),
            phone: contact.phone.clone(),
            verified: contact.verified,
            blocked: contact.blocked_at.is_some(),
        }
    }
}

/// Where the picture of a contact is.
pub(crate) fn avatar_url(token: Option<&str>) -> Option<String> {
    token.map(|token| format!("/files/{token}/picture?thumbnail=1"))
}

impl ContactView {
    /// The contact with its identities.
    #[must_use]
    pub fn new(contact: &Contact, identities: &[Identity]) -> Self {
        Self {
            brief: ContactBrief::from(contact),
            locale: contact.locale.clone(),
            attributes: contact.attributes.clone(),
            labels: contact.labels.clone(),
            identities: identities.iter().map(IdentityView::from).collect(),
            last_seen_at: contact.last_seen_at,
            created_at: contact.created_at,
            updated_at: contact.updated_at,
        }
    }
}

impl From<&Identity> for IdentityView {
    fn from(identity: &Identity) -> Self {
        Self {
            id: identity.id,
            inbox_id: identity.inbox_id,
            address: identity.address.clone(),
            verified: identity.verified,
            unreachable_at: identity.unreachable_at,
            created_at: identity.created_at,
        }
    }
}
